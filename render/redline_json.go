package render

import (
	"bytes"
	"encoding/json"

	"github.com/codicil/codicil/policy/redline"
)

type jsonRedline struct {
	Old     string       `json:"old"`
	New     string       `json:"new"`
	Stat    jsonStat     `json:"stat"`
	Limited bool         `json:"limited"`
	Changes []jsonChange `json:"changes"`
}

type jsonStat struct {
	Changes    int `json:"changes"`
	Clauses    int `json:"clauses"`
	Insertions int `json:"insertions"`
	Deletions  int `json:"deletions"`
	Moves      int `json:"moves"`
}

type jsonChange struct {
	Number int         `json:"number"`
	Kind   string      `json:"kind"`
	Clause *jsonClause `json:"clause"`
	Before string      `json:"before"`
	After  string      `json:"after"`
	Edits  []jsonEdit  `json:"edits"`
	Move   int         `json:"move"`
}

type jsonClause struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
}

type jsonEdit struct {
	Op   string `json:"op"`
	Text string `json:"text"`

	Restyled bool `json:"restyled,omitempty"`
}

// RedlineJSON writes every change as JSON: the same names and meanings as
// redline.Change, in snake_case.
func RedlineJSON(b *bytes.Buffer, r *redline.Redline) {
	out := jsonRedline{Old: r.Old.Name, New: r.New.Name, Stat: jsonStat(r.Stat()), Limited: r.Limited, Changes: []jsonChange{}}
	for _, c := range r.Changes() {
		out.Changes = append(out.Changes, newJSONChange(c))
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(out) // a buffer takes everything, and there is nothing in it that JSON could not hold
}

func newJSONChange(c redline.Change) jsonChange {
	before, after := c.Texts()
	j := jsonChange{Number: c.Number, Kind: string(c.Kind), Before: before, After: after, Edits: []jsonEdit{}, Move: c.Move}
	if c.Clause != nil {
		j.Clause = &jsonClause{ID: c.Clause.ID, Number: c.Clause.Number, Title: c.Clause.Title}
	}
	for _, e := range c.Edits {
		j.Edits = append(j.Edits, jsonEdit{Op: e.Op.String(), Text: e.Text(), Restyled: e.Restyled})
	}
	return j
}
