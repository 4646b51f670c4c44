package site

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/codicil/codicil/policy"
)

// versionData is a version for programs.
type versionData struct {
	Policy string `json:"policy"`
	Title  string `json:"title"`
	Lang   string `json:"lang"`
	versionFacts
	Summary string `json:"summary,omitempty"`
	URL     string `json:"url"`

	Approvals []policy.Approval `json:"approvals,omitempty"` // of these very bytes
	// clauses follow: versionJSON adds them
}

// clauseData is one clause with the words that are in it but in none of the
// clauses below it. Words before the first clause have an empty id.
type clauseData struct {
	ID     string `json:"id"`
	Number string `json:"number,omitempty"`
	Title  string `json:"title,omitempty"`
	Level  int    `json:"level"`
	Text   string `json:"text"`
}

// versionJSON writes a version for programs. Its clauses are the same for all
// versions that share a text.
func (b *builder) versionJSON(p *versionPage) ([]byte, error) {
	if p.text.words == nil {
		words, err := json.Marshal(clauses(p.text.doc))
		if err != nil {
			return nil, err
		}
		p.text.words = rooted(words, b.address(""))
	}
	head, err := json.Marshal(versionData{
		Policy: p.ID, Title: p.Title, Lang: p.History.lang, versionFacts: factsOf(p.Version), Summary: p.Summary, URL: b.address(p.Dir), Approvals: p.Version.Approvals,
	})
	if err != nil {
		return nil, err
	}
	// The clauses come last, so the closing brace gives way to them.
	return slices.Concat(head[:len(head)-1], []byte(`,"clauses":`), p.text.words, []byte("}\n")), nil
}

// clauses lists the clauses of a document with their words.
func clauses(doc *policy.Document) []clauseData {
	list := []clauseData{}
	var open *policy.Clause
	var words bytes.Buffer
	flush := func() {
		if open != nil || words.Len() > 0 {
			list = append(list, newClauseData(open, words.String()))
		}
		words.Reset()
	}
	for i := range doc.Blocks {
		block := &doc.Blocks[i]
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
	return list
}

func newClauseData(c *policy.Clause, words string) clauseData {
	if c == nil {
		return clauseData{Text: words}
	}
	return clauseData{ID: c.ID, Number: c.Number, Title: c.Title, Level: c.Level, Text: words}
}
