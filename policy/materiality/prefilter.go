package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// prefilter is what is on both sides of a redline, in small letters and not
// taken apart: enough to be sure that words are not there, which is most
// often the answer, at a small part of the cost of the index.
type prefilter struct {
	blocks []*policy.Block
	lower  []string
	memory *Memory
}

// fewSentences is how many changed sentences may look at the prefilter; more of
// them are cheaper to look up in the index.
const fewSentences = 24

// fewWords is how many words these sentences may have together.
const fewWords = 4_000

// prefilter returns the prefilter, nil when the index serves better.
func (t *texts) prefilter() *prefilter {
	if t.known != nil || t.sentences > fewSentences || t.words > fewWords {
		return nil
	}
	if t.quick == nil {
		t.quick = &prefilter{memory: t.memory}
		for i := range t.redline.Rows {
			if row := &t.redline.Rows[i]; row.Kind == redline.Equal {
				t.quick.blocks = append(t.quick.blocks, row.New)
				t.quick.lower = append(t.quick.lower, strings.ToLower(textOf(row.New)))
			}
		}
	}
	return t.quick
}

// witnessLetters is how many letters of a word are looked for. British and
// American spelling, and endings, part later than that.
const witnessLetters = 5

// witness returns the beginning of a word that any text with this word must
// have too; empty for words that may be written otherwise.
func witness(w *word) string {
	if w.kind != plain || len(w.norm) < witnessLetters+1 || phrasingShorts[w.norm] {
		return ""
	}
	for i := 0; i < len(w.norm); i++ {
		if w.norm[i] < 'a' || w.norm[i] > 'z' {
			return ""
		}
	}
	return w.norm[:witnessLetters]
}

// phrasingShorts are the words that stand for phrasings.
var phrasingShorts = func() map[string]bool {
	m := make(map[string]bool)
	for _, p := range phrasings {
		m[p.short] = true
	}
	return m
}()

// lacks reports whether it is certain that too few runs of the words are in
// the prefilter, or in the given sentences, for the words to count as known.
func (g *prefilter) lacks(s *reading, rows []*sentence) bool {
	if g == nil {
		return false
	}
	marks := make([]string, len(s.words))
	for i := range s.words {
		marks[i] = witness(&s.words[i])
	}
	held := make(map[string][]bool)
	possible := 0
	for i, run := range s.runs() {
		if mayHoldIn(rows, run) || g.mayHold(marks[i:i+runLength], held) {
			possible++
		}
	}
	return possible*10 < len(s.runs())*9
}

// mayHold reports whether one block of the prefilter has all the marks.
func (g *prefilter) mayHold(marks []string, held map[string][]bool) bool {
	for b := range g.lower {
		all := true
		for _, m := range marks {
			if m == "" {
				continue
			}
			if held[m] == nil {
				held[m] = g.holders(m)
			}
			all = all && held[m][b]
		}
		if all {
			return true
		}
	}
	return false
}

// holders tells for each block whether it has the mark.
func (g *prefilter) holders(mark string) []bool {
	list := make([]bool, len(g.lower))
	for i, text := range g.lower {
		list[i] = strings.Contains(text, mark)
	}
	return list
}

func mayHoldIn(rows []*sentence, run uint64) bool {
	return slices.ContainsFunc(rows, func(s *sentence) bool { return slices.Contains(s.runs(), run) })
}

// holds reports whether the prefilter has the sentence: exactly, by taking apart the
// blocks that have all its marks.
func (g *prefilter) holds(s *sentence) bool {
	var marks []string
	for i := range s.words {
		if m := witness(&s.words[i]); m != "" {
			marks = append(marks, m)
		}
	}
	for b, text := range g.lower {
		if !hasAll(text, marks) {
			continue
		}
		_, rest := body(g.blocks[b])
		for _, x := range g.memory.sentences(rest) {
			if x.key == s.key {
				return true
			}
		}
	}
	return false
}

func hasAll(text string, marks []string) bool {
	for _, m := range marks {
		if !strings.Contains(text, m) {
			return false
		}
	}
	return true
}
