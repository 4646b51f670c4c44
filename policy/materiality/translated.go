package materiality

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	languages "github.com/codicil/codicil/policy/materiality/lexicon"
)

// translatedFrom is how much of each side must have gone and come, in bytes, for
// its language to be told beyond doubt.
const translatedFrom = 200

// translated returns the languages of a text that stands in another one now, nil
// where it does not: more than half of it went and came, and what went is in
// another language than what came.
func (t *texts) translated() (from, to *languages.Language) {
	if 2*len(t.rows) < len(t.blocks) {
		return nil, nil
	}
	var went, came sample
	for _, row := range t.rows {
		went.add(t.blocks[row.index].old)
		came.add(t.blocks[row.index].new)
	}
	if went.size < translatedFrom || came.size < translatedFrom {
		return nil, nil
	}
	from, to = went.Tell(stated(t.redline.Old)), came.Tell(stated(t.redline.New))
	if from.Code == to.Code || from.Code == "und" || to.Code == "und" {
		return nil, nil
	}
	return from, to
}

// sample is the heads of some blocks, of which the language is to be told.
type sample struct {
	languages.Evidence
	size int
}

// add adds the head of a block, and reports whether there is enough to tell a language by.
func (s *sample) add(b *block) (enough bool) {
	if b != nil && s.size <= sampled*sampledBytes {
		s.Add(b.language())
		s.size += b.head + 1
	}
	return s.size > sampled*sampledBytes
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
