package render

import (
	"bytes"
	_ "embed" // for the schema
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

type jsonRedline struct {
	Old     string       `json:"old"`
	New     string       `json:"new"`
	Stat    redline.Stat `json:"stat"`
	Limited bool         `json:"limited"`
	Omitted int          `json:"omitted,omitempty"`
	Changes []jsonChange `json:"changes"`
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
	Old  [2]int `json:"old"` // from and to, in the characters of Before
	New  [2]int `json:"new"` // from and to, in the characters of After

	Restyled bool       `json:"restyled,omitempty"`
	Links    []jsonLink `json:"links,omitempty"`
}

type jsonLink struct {
	Text    string `json:"text"`
	Target  string `json:"target,omitempty"`
	Picture string `json:"picture,omitempty"`
}

// RedlineSchema returns the JSON Schema (draft 2020-12) of what RedlineJSON
// writes.
func RedlineSchema() string { return redlineSchema }

//go:embed redline.schema.json
var redlineSchema string

// RedlineJSON writes every change as JSON: the same names and meanings as
// redline.Change, in snake_case. Offsets count characters (Unicode code
// points) from 0.
func RedlineJSON(w io.Writer, r *redline.Redline) error {
	return into(w, func(b *bytes.Buffer) { redlineJSON(b, r) })
}

func redlineJSON(b *bytes.Buffer, r *redline.Redline) {
	out := jsonRedline{Old: r.Old.Name, New: r.New.Name, Stat: r.Stat(), Limited: r.Limited, Omitted: r.Omitted, Changes: []jsonChange{}}
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
	old, now := 0, 0
	for _, e := range c.Edits {
		edit := jsonEdit{Op: e.Op.String(), Text: e.Text(), Old: [2]int{old, old}, New: [2]int{now, now}, Restyled: e.Restyled}
		if e.Op != redline.Insert {
			edit.Old[1] += utf8.RuneCountInString(e.OldText())
		}
		if e.Op != redline.Delete {
			edit.New[1] += utf8.RuneCountInString(edit.Text)
		}
		if e.Op != redline.Keep {
			edit.Links = links(e.Spans)
		}
		old, now = edit.Old[1], edit.New[1]
		j.Edits = append(j.Edits, edit)
	}
	return j
}

// links lists where words lead, for a change can be in nothing else.
func links(spans []policy.Span) []jsonLink {
	var out []jsonLink
	for _, s := range spans {
		if s.Link != "" || s.Image != "" {
			out = append(out, jsonLink{s.Text, s.Link, s.Image})
		}
	}
	return out
}
