package review

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// nearlyAll is the share of the paragraphs of a new text, in percent, that make it
// a copy of another with the same title.
const nearlyAll = 60

// copied reports a new text that is a copy of a published one under another name:
// what was to be its next version, or was left behind by whoever edited it.
func (r *Reviewer) copied(p *policy.Policy, doc *policy.Document) []*policy.Diagnostic {
	if doc == nil || doc.Front.Draft || doc.Front.TranslationOf != "" || doc.Front.Source != "" || doc.Front.Brand != "" {
		return nil
	}
	for _, other := range r.Published {
		text := r.candidates[other.ID]
		if text == nil || text == doc || other.Path == p.Path || other.Lang != p.Lang || !strings.EqualFold(text.Title(), doc.Title()) {
			continue
		}
		switch share := common(doc, text); {
		case share == 100:
			return []*policy.Diagnostic{fault(p, "copied", fmt.Sprintf("this file has the title and the words of %s, and would be a second policy beside it", other.Path),
				"delete the copy; if it is to be a policy of its own, give it a `title` of its own")}
		case share >= nearlyAll:
			return []*policy.Diagnostic{warning(p, "copied", fmt.Sprintf("this file has the title and most of the words of %s, and would be a second policy beside it", other.Path),
				"a new version goes into the same file, under a new `version`; a policy of its own has a `title` of its own")}
		}
	}
	return nil
}

// common is the share of the blocks of a text that another has too, in percent.
func common(doc, other *policy.Document) int {
	there := make(map[string]int)
	for i := range other.Blocks {
		there[other.Blocks[i].Text()]++
	}
	same := 0
	for i := range doc.Blocks {
		if text := doc.Blocks[i].Text(); there[text] > 0 {
			there[text]--
			same++
		}
	}
	if len(doc.Blocks) == 0 || same == len(doc.Blocks) && same < len(other.Blocks) {
		return same * 100 / max(1, len(other.Blocks))
	}
	return same * 100 / len(doc.Blocks)
}
