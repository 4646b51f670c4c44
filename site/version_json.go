package site

import (
	"bytes"

	"github.com/codicil/codicil/policy"
)

// versionData is a version for programs.
type versionData struct {
	Policy string `json:"policy"`
	Title  string `json:"title"`
	Lang   string `json:"lang"`
	versionFacts
	Summary string       `json:"summary,omitempty"`
	URL     string       `json:"url"`
	Clauses []clauseData `json:"clauses"`
}

// clauseData is one clause with the words that stand in it but in none of the
// clauses below it. Words before the first clause have an empty id.
type clauseData struct {
	ID     string `json:"id"`
	Number string `json:"number,omitempty"`
	Title  string `json:"title,omitempty"`
	Level  int    `json:"level"`
	Text   string `json:"text"`
}

func newVersionData(b *builder, h *history, r *record, at *text) versionData {
	d := versionData{
		Policy: h.policy.ID, Title: r.Title, Lang: h.lang, versionFacts: factsOf(r.Version),
		Summary: r.Version.Front.Summary, URL: b.address(r.Dir), Clauses: []clauseData{},
	}
	var open *policy.Clause
	var words bytes.Buffer
	flush := func() {
		if open != nil || words.Len() > 0 {
			d.Clauses = append(d.Clauses, newClauseData(open, words.String()))
		}
		words.Reset()
	}
	for i := range at.doc.Blocks {
		block := &at.doc.Blocks[i]
		if block.Clause != open {
			flush()
			open = block.Clause
		}
		if words.Len() > 0 {
			words.WriteString("\n\n")
		}
		words.WriteString(block.Text())
	}
	flush()
	return d
}

func newClauseData(c *policy.Clause, words string) clauseData {
	if c == nil {
		return clauseData{Text: words}
	}
	return clauseData{ID: c.ID, Number: c.Number, Title: c.Title, Level: c.Level, Text: words}
}
