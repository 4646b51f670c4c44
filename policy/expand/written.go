package expand

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Written puts an expanded text below the front matter of a policy: what its file
// is to hold, byte for byte.
func (r *Result) Written(src []byte) []byte {
	return slices.Concat(head(src), []byte("\n\n"), bytes.Trim(r.Text, "\n"), []byte("\n"))
}

// head returns the front matter of a text with its marks, without the end of its
// last line, and with the ends of lines that git keeps.
func head(src []byte) []byte {
	src = plain(src)
	_, body, _ := policy.SplitFrontMatter(src)
	return bytes.TrimRight(src[:len(src)-len(body)], "\n")
}

func plain(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) }

// Body returns what stands below the front matter of a text.
func Body(src []byte) []byte {
	_, body, _ := policy.SplitFrontMatter(plain(src))
	return body
}

// Difference says where a text is not what its source makes of it.
type Difference struct {
	First, Last int      // the lines of the text that are others, from 1; Last is before First where lines are missing
	Is, Should  []string // what stands there, and what should, line by line
	From        Place    // where the source has the first of them
}

// Difference holds a text against what its source makes of it; nil where they are
// the same.
func (r *Result) Difference(src []byte) *Difference {
	is, should := lines(plain(src)), lines(r.Written(src))
	if slices.Equal(is, should) {
		return nil
	}
	before := 0
	for before < min(len(is), len(should)) && is[before] == should[before] {
		before++
	}
	after := 0
	for after < min(len(is), len(should))-before && is[len(is)-1-after] == should[len(should)-1-after] {
		after++
	}
	return &Difference{
		First: before + 1, Last: len(is) - after,
		Is: is[before : len(is)-after], Should: should[before : len(should)-after],
		From: r.Origin(src, before+1),
	}
}

func lines(text []byte) []string {
	return slices.Collect(strings.Lines(string(text)))
}

// Origin returns where a line of the written text comes from; the source, where
// it comes from nowhere.
func (r *Result) Origin(src []byte, line int) Place {
	above := bytes.Count(head(src), []byte("\n")) + 2
	blank := len(r.Text) - len(bytes.TrimLeft(r.Text, "\n"))
	at := line - above - 1 + blank
	if at < 0 || at >= len(r.Lines) {
		return Place{File: r.Source, Line: 1, Column: 1}
	}
	return r.Lines[at]
}

// Gaps says where the numbers of the written text of a file do not count on, as they
// do where a condition drops a clause, and what its author can do about it.
func (r *Result) Gaps(file string, src []byte) []*policy.Diagnostic {
	written := r.Written(src)
	doc, err := policy.Parse(file, written)
	if err != nil {
		return nil // a check says so
	}
	var gaps []*policy.Diagnostic
	for _, d := range policy.Check(doc) {
		if d.Rule != "number-gap" {
			continue
		}
		at := r.Origin(written, d.Line)
		d.Hint = fmt.Sprintf("where a condition drops a clause, keep its number before %s:%d: {{else}}2. (Not used.); or give the numbers names, with a value for each brand", at.File, at.Line)
		gaps = append(gaps, d)
	}
	return gaps
}
