package docx

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// Comment is a remark of a reviewer.
type Comment struct {
	Author string `json:"author"`
	Date   string `json:"date,omitempty"` // day on which it was made, as the file has it: 2026-03-01
	About  string `json:"about"`          // the words it is about
	Text   string `json:"text"`
	Clause string `json:"clause"` // the clause it stands in: its number, else its heading; empty before the first
}

// CommentsText writes comments as a list for people, to be kept beside a text.
func CommentsText(list []Comment) []byte {
	var b bytes.Buffer
	for _, c := range list {
		fmt.Fprint(&b, cmp.Or(c.Author, "Somebody"))
		if c.Date != "" {
			fmt.Fprint(&b, ", "+c.Date)
		}
		fmt.Fprintf(&b, ", at %s, about %q:\n  %s\n\n", c.Place(), c.About, c.Text)
	}
	return b.Bytes()
}

// Place names the clause of a comment for people.
func (c Comment) Place() string { return cmp.Or(c.Clause, "an unnumbered paragraph") }

// comment takes a remark out of the text, once.
func (b *body) comment(id string) {
	c := b.comments[id]
	if c == nil {
		return
	}
	about := ""
	if words := b.about[id]; words != nil {
		about = oneLine(words.String())
	}
	delete(b.comments, id)
	delete(b.about, id)
	day, _, _ := strings.Cut(c.attr("date"), "T")
	b.result.Comments = append(b.result.Comments, Comment{Author: c.attr("author"), Date: day, About: about, Text: oneLine(allText(c))})
}

// writtenNumber is a number that is typed in front of a paragraph.
var writtenNumber = regexp.MustCompile(`^(?:§ ?)?(\d+(?:\.\d+)*|\([0-9a-zA-Z]{1,5}\))[.)]?\s`)

// place names the clause of the remarks and the pictures in a paragraph.
func (b *body) place(remarks []Comment, p *paragraph) {
	clause := b.clauseOf(p)
	for i := range remarks {
		remarks[i].Clause = clause
	}
	b.placePictures(p, clause)
}

// clauseOf returns the number of a paragraph, else the heading it is under, and
// remembers a heading for those below it.
func (b *body) clauseOf(p *paragraph) string {
	said := words(p.spans)
	clause := strings.TrimSuffix(p.number, ".")
	if m := writtenNumber.FindStringSubmatch(said + " "); clause == "" && m != nil {
		clause = m[1]
	}
	if p.heading > 0 {
		b.under = oneLine(strings.TrimSpace(p.number + " " + said))
	}
	return cmp.Or(clause, b.under)
}
