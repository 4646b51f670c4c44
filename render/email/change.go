package email

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// change is one change as an email shows it.
type change struct {
	Clause string // empty when it is that of the change before
	What   string // added, removed, edited or moved; with the number before, when it had another
	Note   string // when no word changed: what did
	Runs   []run
}

// run is a stretch of words of one kind.
type run struct {
	Op   string // "", "del" or "ins"
	Text string
}

// The bounds of an email: readers follow the link for more, and large mail
// programs cut messages off at some 100 kB.
const (
	maxChanges    = 20
	maxOctets     = 24 << 10 // octets of changed clauses
	contextOctets = 90       // octets of unchanged words kept on either side of a change
)

// changesOf returns the changes to show, how many are left out, how many
// there are, and how many more clauses only have another number.
func changesOf(r *redline.Redline, limit int, w *words) (shown []change, left, total, renumbered int) {
	if limit <= 0 {
		limit = maxChanges
	}
	room := maxOctets
	var last *policy.Clause
	for _, c := range r.Changes() {
		if c.Kind == redline.Renumbered {
			renumbered++
			continue
		}
		total++
		e := newChange(c, w)
		if len(shown) == limit || left > 0 || room < e.size() && len(shown) > 0 {
			left++
			continue
		}
		if len(shown) == 0 || c.Clause != last {
			if e.Clause = clean(c.Clause.Name()); e.Clause == "" {
				e.Clause = w.beforeFirst
			}
		}
		last = c.Clause
		room -= e.size()
		shown = append(shown, e)
	}
	return shown, left, total, renumbered
}

func newChange(c redline.Change, w *words) change {
	e := change{What: w.kinds[c.Kind]}
	switch {
	case c.Kind == redline.Added || c.Old == nil:
		e.Runs = runsOf(redline.Edit{Op: redline.Insert, Spans: c.New.Spans})
	case c.Kind == redline.Removed || c.New == nil:
		e.Runs = runsOf(redline.Edit{Op: redline.Delete, Spans: c.Old.Spans})
	case len(c.Edits) > 0:
		e.Runs = runsOf(c.Edits...)
	default:
		e.Runs = runsOf(redline.Edit{Spans: c.New.Spans})
	}
	e.unnumber(c, w)
	if !e.changed() {
		e.Note = w.formOnly
		if c.Kind == redline.Moved {
			e.Note = w.placeOnly
		}
	}
	return e
}

// clauseNumber is the number of a clause at the start of its words.
var clauseNumber = regexp.MustCompile(`^\s*([0-9A-Za-z]{1,4}(?:\.[0-9]{1,3})*[.)]?|\([0-9A-Za-z]{1,4}\))(\s+|$)`)

// unnumber takes the clause's number from its words: the heading above them
// gives it. A number that it had before is told in words.
func (e *change) unnumber(c redline.Change, w *words) {
	if c.Clause == nil || c.Clause.Number == "" {
		return
	}
	var before string
	runs := e.Runs
	for i := range min(len(runs), 2) {
		number, rest := cutNumber(runs[i].Text)
		if number == c.Clause.Number {
			runs[i].Text = rest
			if rest == "" {
				runs = slices.Delete(runs, i, i+1)
			}
			if i == 1 {
				e.What += fmt.Sprintf(w.numberBefore, before)
				runs = slices.Delete(runs, 0, 1)
			}
			if len(runs) > 0 {
				runs[0].Text = strings.TrimLeft(runs[0].Text, " ")
			}
			e.Runs = runs
			return
		}
		if i > 0 || runs[i].Op != "del" || rest != "" || number == "" {
			return
		}
		before = number
	}
}

// cutNumber parts the number at the start of a text from the rest. The number
// comes without the marks around it.
func cutNumber(text string) (number, rest string) {
	at := clauseNumber.FindStringSubmatchIndex(text)
	if at == nil {
		return "", text
	}
	return strings.Trim(text[at[2]:at[3]], ".()"), text[at[1]:]
}

func (e *change) changed() bool {
	for _, run := range e.Runs {
		if run.Op != "" {
			return true
		}
	}
	return false
}

func (e *change) size() int {
	n := 0
	for _, run := range e.Runs {
		n += len(run.Text)
	}
	return n
}

// runsOf writes the words of a change, with long unchanged stretches cut.
func runsOf(edits ...redline.Edit) []run {
	var runs []run
	for i, edit := range edits {
		run := run{Text: runText(edit)}
		switch edit.Op {
		case redline.Delete:
			run.Op = "del"
		case redline.Insert:
			run.Op = "ins"
		default:
			run.Text = shorten(run.Text, i == 0, i == len(edits)-1)
		}
		if run.Text != "" {
			runs = append(runs, run)
		}
	}
	return runs
}

// runText returns the words of a run, on one line. Where a changed run is a
// link, its target may be the change.
func runText(edit redline.Edit) string {
	var b strings.Builder
	for i, s := range edit.Spans {
		b.WriteString(s.Text)
		end := i == len(edit.Spans)-1 || edit.Spans[i+1].Link != s.Link
		if s.Link != "" && edit.Op != redline.Keep && end {
			b.WriteString(" <" + s.Link + ">")
		}
	}
	text := b.String()
	words := clean(text)
	if words == "" && text != "" {
		return " "
	}
	// The spaces at the edges part this run from its neighbours.
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune(" \n\t\u00a0", first) {
		words = " " + words
	}
	if final, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(" \n\t\u00a0", final) {
		words += " "
	}
	return words
}

// shorten cuts the middle out of unchanged words, or the side that has no
// change next to it.
func shorten(s string, first, last bool) string {
	head, tail := contextOctets, contextOctets
	if first {
		head = 0
	}
	if last {
		tail = 0
	}
	if first && last {
		head = contextOctets
	}
	if len(s) <= head+tail+contextOctets {
		return s
	}
	before, after := "", ""
	if head > 0 {
		before = s[:lastSpace(s, head)]
	}
	if tail > 0 {
		after = s[firstSpace(s, len(s)-tail):]
	}
	return strings.TrimRight(before, " ") + " … " + strings.TrimLeft(after, " ")
}

// lastSpace returns the place of the last space of s before n, or a
// character's edge when there is none near.
func lastSpace(s string, n int) int {
	if at := strings.LastIndexByte(s[:n], ' '); at > n/2 {
		return at
	}
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

func firstSpace(s string, n int) int {
	if at := strings.IndexByte(s[n:], ' '); at >= 0 && at < contextOctets/2 {
		return n + at
	}
	for !utf8.RuneStart(s[n]) {
		n++
	}
	return n
}
