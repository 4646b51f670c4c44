package site

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

// reference is a stretch of the words of a block that leads to another place of
// the text.
type reference struct {
	start, end int // byte offsets in the words
	link       string
}

// refer returns the document with links from the numbers by which it cites its
// own clauses to those clauses, and from the terms it defines to their
// definitions. Only pages have these links: no text is compared with them, as
// they follow from its words. What leads somewhere already stays as it is.
func refer(d *policy.Document, known memory) *policy.Document {
	numbers := clauseNumbers(d)
	found := known.blocks(d)
	terms := definitions(d, found)
	if len(numbers) == 0 && len(terms) == 0 {
		return d
	}
	told := make(told)
	linked := *d
	linked.Blocks = slices.Clone(d.Blocks)
	for i := range linked.Blocks {
		b := &linked.Blocks[i]
		if b.Kind == policy.Heading || b.Kind == policy.Code || b.Kind == policy.Rule {
			continue
		}
		words := found[i].words
		taken := leading(b.Spans)
		refs := append(taken, citations(found[i].cited, words, numbers, b)...)
		refs = told.terms(refs, words, terms, b)
		if len(refs) > len(taken) {
			b.Spans = lead(b.Spans, refs[len(taken):])
		}
	}
	return &linked
}

// clauseNumbers maps the numbers by which clauses can be cited to their ids. A
// number that two clauses have leads nowhere: nobody can say which is meant.
func clauseNumbers(d *policy.Document) map[string]string {
	ids := make(map[string]string)
	add := func(number, id string) {
		if _, twice := ids[number]; twice {
			id = ""
		}
		if number != "" && !strings.HasSuffix(number, ".") {
			ids[number] = id
		}
	}
	var walk func([]*policy.Clause)
	walk = func(clauses []*policy.Clause) {
		for _, c := range clauses {
			number := strings.TrimRight(strings.TrimSpace(strings.TrimSuffix(c.Name(), c.Title)), ".)")
			if strings.Contains(number, "(") {
				number += ")"
			}
			add(number, c.ID)
			if c.Parent != nil && c.Parent.Number != "" && !strings.ContainsAny(c.Number, ".(") {
				add(strings.TrimRight(c.Parent.Number, ".)")+"."+number, c.ID) // D.4 is the 4 of D
			}
			walk(c.Children)
		}
	}
	walk(d.Clauses)
	return ids
}

// partNumber follows the letter or numeral of a part: the .4 of D.4.
var partNumber = regexp.MustCompile(`^\.\d{1,3}\b`)

// citations finds the numbers in the words of a block that cite clauses of the
// text: the clause itself, or the one that an item it does not have is in.
func citations(cited []repair.Citation, words string, numbers map[string]string, b *policy.Block) []reference {
	var refs []reference
	for _, c := range cited {
		if part := partNumber.FindString(words[c.End:]); part != "" && numbers[c.Number+part] != "" {
			c.Number, c.End = c.Number+part, c.End+len(part)
		}
		id := numbers[c.Number]
		if base, _, found := strings.Cut(c.Number, "("); id == "" && found {
			id = numbers[base]
		}
		if id != "" && (b.Clause == nil || id != b.Clause.ID) {
			refs = append(refs, reference{c.Start, c.End, "#" + id})
		}
	}
	return refs
}

// leading lists the words of a block that lead somewhere already, or are code.
func leading(spans []policy.Span) []reference {
	var taken []reference
	at := 0
	for _, s := range spans {
		if fixed(s) {
			taken = append(taken, reference{at, at + len(s.Text), s.Link})
		}
		at += len(s.Text)
	}
	return taken
}

func fixed(s policy.Span) bool {
	return s.Link != "" || s.Image != "" || s.Style&policy.Monospace != 0
}

// lead cuts spans where references begin and end, and leads those to their
// place. A reference within words that lead elsewhere is left out.
func lead(spans []policy.Span, refs []reference) []policy.Span {
	slices.SortFunc(refs, func(a, b reference) int { return cmp.Compare(a.start, b.start) })
	out := make([]policy.Span, 0, len(spans)+2*len(refs))
	at := 0
	for _, s := range spans {
		from := at
		at += len(s.Text)
		if fixed(s) {
			out = append(out, s)
			continue
		}
		rest := s
		done := from
		for _, r := range refs {
			if r.start < done || r.end > at {
				continue
			}
			before, inside := rest, rest
			before.Text = rest.Text[:r.start-done]
			inside.Text, inside.Link = rest.Text[r.start-done:r.end-done], r.link
			rest.Text = rest.Text[r.end-done:]
			done = r.end
			if before.Text != "" {
				out = append(out, before)
			}
			out = append(out, inside)
		}
		if rest.Text != "" {
			out = append(out, rest)
		}
	}
	return out
}

// termRoot stands for the page in links to definitions, until markTerms tells
// them from other links.
const termRoot = siteRoot + ".term"

// markTerms makes links to definitions quiet: most terms are read, not followed.
func markTerms(body []byte) []byte {
	if !bytes.Contains(body, []byte(termRoot)) {
		return body
	}
	return bytes.ReplaceAll(body, []byte(`<a href="`+termRoot), []byte(`<a class="term" href="`))
}
