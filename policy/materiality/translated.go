package materiality

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	languages "github.com/codicil/codicil/policy/materiality/lexicon"
	"github.com/codicil/codicil/policy/redline"
)

// translatedFrom is how much of each side must have gone and come, in bytes, for
// its language to be told beyond doubt.
const translatedFrom = 200

// translated returns the languages of a text that stands in another one now, nil
// where it does not: more than half of it went and came, and what went is in
// another language than what came.
func (t *texts) translated() (from, to *languages.Language) {
	var went, came strings.Builder
	equal := 0
	for i := range t.redline.Rows {
		row := &t.redline.Rows[i]
		if row.Kind == redline.Equal {
			equal++
			continue
		}
		sample(&went, row.Old)
		sample(&came, row.New)
	}
	if went.Len() < translatedFrom || came.Len() < translatedFrom || 2*equal > len(t.redline.Rows) {
		return nil, nil
	}
	from, to = languages.Tell(went.String(), stated(t.redline.Old)), languages.Tell(came.String(), stated(t.redline.New))
	if from.Code == to.Code || from.Code == "und" || to.Code == "und" {
		return nil, nil
	}
	return from, to
}

// sample adds the head of a block, until there is enough to tell a language by.
func sample(b *strings.Builder, block *policy.Block) {
	if block == nil || b.Len() > sampled*sampledBytes {
		return
	}
	text := block.Text()
	b.WriteString(text[:min(len(text), sampledBytes)])
	b.WriteByte('\n')
}

func stated(d *policy.Document) string {
	if d == nil {
		return ""
	}
	return d.Front.Lang
}

// translation is the one reason of such a text: whether it says the same, somebody
// who reads both languages must tell.
func (j *judge) translation(book *Book, from, to *languages.Language) []*unit {
	j.translated = true
	j.skip(fmt.Sprintf("The text was in %s and is in %s now: whether it says the same was not judged.", from.Name, to.Name))
	var out []*unit
	for _, r := range book.plain("language-changed", "", from.Name, to.Name) {
		out = append(out, plainUnit(r))
	}
	return out
}
