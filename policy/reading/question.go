package reading

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// Question is what a reader is asked about one redline.
type Question struct {
	Title    string    `json:"title"`          // of the document
	Lang     string    `json:"lang,omitempty"` // BCP 47 tag, where the text states it
	Passages []Passage `json:"changes"`
	Unread   int       `json:"-"` // changes that there was no room for
}

// Passage is one change as a reader sees it: the words before and after, and
// where they are.
type Passage struct {
	Number   int          `json:"number"` // as in the redline
	Kind     redline.Kind `json:"kind"`
	Clause   string       `json:"clause"`              // as a person would call it: "4.2"
	Under    string       `json:"under,omitempty"`     // the headings above it, outermost first
	WasUnder string       `json:"was_under,omitempty"` // of what moved: the headings that it was under
	Table    string       `json:"table,omitempty"`     // of a cell: the heads of its row and column
	Before   string       `json:"before"`
	After    string       `json:"after"`
}

// moved reports whether the same words are in another place.
func (p *Passage) moved() bool {
	return p.Kind == redline.Moved && oneLine(p.Before) == oneLine(p.After)
}

// DefaultRoom is how many bytes of changed text a question holds unless the
// configuration says otherwise: some 30,000 words.
const DefaultRoom = 200_000

// New asks about a redline. Of a redline that needs more than room bytes it
// takes the changes that come first and counts the others as unread.
func New(r *redline.Redline, room int) *Question {
	q := &Question{Title: title(r.New), Passages: []Passage{}}
	if r.New != nil {
		q.Lang = r.New.Front.Lang
	}
	heads := tableHeads(r.Old)
	for b, h := range tableHeads(r.New) {
		heads[b] = h
	}
	for _, c := range r.Changes() {
		p := passage(c, heads)
		room -= len(p.Before) + len(p.After)
		if room < 0 {
			q.Unread++
			continue
		}
		q.Passages = append(q.Passages, p)
	}
	return q
}

func passage(c redline.Change, heads map[*policy.Block]string) Passage {
	p := Passage{Number: c.Number, Kind: c.Kind}
	p.Before, p.After = c.Texts()
	if c.Clause != nil {
		p.Clause, p.Under = c.Clause.Name(), above(c.Clause)
	}
	if c.Kind == redline.Moved && c.Old != nil && c.Old.Clause != nil {
		p.WasUnder = above(c.Old.Clause)
	}
	if p.Table = heads[c.New]; p.Table == "" {
		p.Table = heads[c.Old]
	}
	return p
}

// above names the clauses that one is in, outermost first.
func above(c *policy.Clause) string {
	var names []string
	for ; c != nil; c = c.Parent {
		if c.Title != "" {
			names = append([]string{c.Name()}, names...)
		}
	}
	return strings.Join(names, " › ")
}

// tableHeads names, for each cell of a document, the first cell of its row and
// the head of its column, without which a yes or a no says nothing.
func tableHeads(d *policy.Document) map[*policy.Block]string {
	heads := make(map[*policy.Block]string)
	if d == nil {
		return heads
	}
	var columns map[int]string
	var table, row *policy.Container
	var first string
	column := -1
	var cell *policy.Container
	for i := range d.Blocks {
		b := &d.Blocks[i]
		at := cellOf(b)
		if at.cell == nil {
			continue
		}
		if at.table != table {
			table, columns = at.table, map[int]string{}
		}
		if at.row != row {
			row, column, first = at.row, -1, ""
		}
		if at.cell != cell {
			cell = at.cell
			column++
		}
		switch {
		case at.cell.Kind == policy.HeadCell:
			columns[column] = b.Text()
		case column == 0:
			first = b.Text()
		default:
			heads[b] = oneLine(first + " / " + columns[column])
		}
	}
	return heads
}

type tablePlace struct{ table, row, cell *policy.Container }

func cellOf(b *policy.Block) tablePlace {
	var at tablePlace
	for _, c := range b.Path {
		switch c.Kind {
		case policy.Table:
			at.table = c
		case policy.Row:
			at.row = c
		case policy.HeadCell, policy.Cell:
			at.cell = c
		}
	}
	return at
}

func title(d *policy.Document) string {
	if d == nil {
		return ""
	}
	if d.Front.Title != "" {
		return d.Front.Title
	}
	for i := range d.Blocks {
		if d.Blocks[i].Kind == policy.Heading {
			return d.Blocks[i].Text()
		}
	}
	return ""
}

func (q *Question) passage(number int) *Passage {
	for i := range q.Passages {
		if q.Passages[i].Number == number {
			return &q.Passages[i]
		}
	}
	return nil
}

//go:embed instructions.md
var instructions string

// Instructions tells a reader what to do: the rubric in short, and the form of
// the answer. The texts of a policy are no part of it.
func Instructions() string {
	var names []string
	for _, c := range materiality.Categories() {
		names = append(names, string(c))
	}
	return strings.Replace(instructions, "{{categories}}", strings.Join(names, ", "), 1)
}

// Material returns the changes as the JSON that a reader is given beside the
// instructions.
func (q *Question) Material() []byte {
	text, err := json.MarshalIndent(q, "", " ")
	if err != nil {
		return []byte(fmt.Sprintf("{%q: %q}", "error", err)) // strings and numbers alone cannot fail
	}
	return text
}

// Digest is the SHA-256 of all that a reader is told, in hexadecimal digits.
func (q *Question) Digest() string {
	sum := sha256.Sum256(append([]byte(Instructions()), q.Material()...))
	return hex.EncodeToString(sum[:])
}

// Schema is the JSON Schema of the answer, for servers that hold a model to it.
func Schema() json.RawMessage {
	categories := make([]string, 0, 17)
	for _, c := range materiality.Categories() {
		categories = append(categories, string(c))
	}
	text, err := json.Marshal(categories)
	if err != nil {
		text = []byte("[]") // a list of strings cannot fail
	}
	return json.RawMessage(strings.Replace(schema, `"{{categories}}"`, strings.Trim(string(text), "[]")+`, ""`, 1))
}

//go:embed answer.schema.json
var schema string
