package site

import (
	"html/template"
	"slices"
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
)

// record is what the site keeps about a version once its text is written: a few
// hundred bytes, however long the text.
type record struct {
	judgement
	Version  *policy.Version
	Title    string
	Dir      string // of its page
	Status   policy.Status
	First    bool // there is no version before it
	Previous string
	Compare  string // folder of the redline against the version before; empty for the first
	Since    string // folder of what changed between it and the current version
	Minutes  int
	next     *policy.Version   // that has taken its place; nil when none has
	until    []*policy.Version // what applies before it does, of one that is announced
	notice   *notice.Notice    // without its redline and assessment; nil when none is shown
}

// judgement is what changed in a version against the one before it, and how
// much it matters.
type judgement struct {
	Severity      policy.Severity
	Proposed      policy.Severity
	Declared      bool
	Categories    []materiality.Category
	Reasons       []materiality.Reason // the gravest, shortened
	Stat          redline.Stat
	Clauses       []string // names of the changed ones, in reading order; empty for what is before the first
	More          int      // changed clauses beyond those
	Limited       bool
	ClauseChanges []clauseChange // clauses, for their history
}

// How much of a change a history shows.
const (
	maxReasons = 5
	maxClauses = 12
	maxWords   = 160 // characters of a quotation
)

// Downgraded reports whether the editor declared less than was proposed.
func (r *judgement) Downgraded() bool { return r.Declared && r.Severity < r.Proposed }

// Named lists the changed clauses for a reader.
func (r *record) Named(p *page) string {
	list := p.words.clauseNames(r.Clauses)
	if r.More > 0 {
		list = append(list, p.Say("versions.more", r.More))
	}
	return strings.Join(list, "; ")
}

// SilentDays lists the days and commits of changes without a new label.
func (r *record) SilentDays(p *page) template.HTML {
	var list []string
	for _, s := range r.Version.Silent {
		list = append(list, string(p.Day(s.Published))+" (<code>"+template.HTMLEscapeString(short(s.Commit))+"</code>)")
	}
	return template.HTML(strings.Join(list, ", "))
}

// short returns what the change log shows of a judgement.
func (r *judgement) short() judgement {
	best := slices.Clone(r.Reasons[:min(1, len(r.Reasons))])
	return judgement{Severity: r.Severity, Proposed: r.Proposed, Declared: r.Declared, Stat: r.Stat, Limited: r.Limited, Reasons: best}
}

// judge notes what changed and how much it matters.
func (r *judgement) judge(x *redline.Redline, a *materiality.Assessment) {
	r.Severity, r.Proposed = a.Decided(), a.Severity
	r.Declared = a.Declared != nil
	r.Categories = a.Categories
	r.Limited = a.Limited || x.Limited
	r.Stat = x.Stat()
	for _, reason := range a.Reasons[:min(maxReasons, len(a.Reasons))] {
		reason.Before, reason.After = clip(reason.Before, maxWords), clip(reason.After, maxWords)
		r.Reasons = append(r.Reasons, reason)
	}
	changes := x.Changes()
	r.Clauses, r.More = changedClauses(x, changes)
	r.ClauseChanges = clauseChanges(x, changes)
}

// changedClauses names the clauses that a redline touches. The name of what
// is before the first of them is empty: each language has its own. A text
// without clauses has no names at all.
func changedClauses(x *redline.Redline, changes []redline.Change) (names []string, more int) {
	if len(x.New.Clauses) == 0 && len(x.Old.Clauses) == 0 {
		return nil, 0
	}
	seen := make(map[string]bool)
	for _, c := range changes {
		name := strings.Clone(clip(headed(c.Clause), maxWords))
		if seen[name] {
			continue
		}
		seen[name] = true
		if len(names) == maxClauses {
			more++
			continue
		}
		names = append(names, name)
	}
	return names, more
}

// headed names a clause with the heading it is under, where it has none of
// its own: "4 Sharing, 2".
func headed(c *policy.Clause) string {
	if c == nil {
		return ""
	}
	name := c.Name()
	for p := c; p != nil && c.Title == ""; p = p.Parent {
		if p.Title != "" {
			return strings.TrimSuffix(p.Name()+", "+name, ", ")
		}
	}
	return name
}

// clip shortens text to n characters, at the end of a word.
func clip(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	end := n - 1
	for end > n/2 && !unicode.IsSpace(runes[end]) {
		end--
	}
	if end == n/2 {
		end = n - 1
	}
	return strings.TrimRight(string(runes[:end]), " ,;:.") + "…"
}

// wordsPerMinute is the mean silent reading rate of adults for English
// non-fiction: Brysbaert, Journal of Memory and Language 109 (2019).
const wordsPerMinute = 238

// mayBeUnspaced reports whether a character may be of a script without spaces:
// these begin with Thai, and none is among the marks from U+1A00 to U+2E7F.
func mayBeUnspaced(r rune) bool { return r >= 0x0E00 && (r < 0x1A00 || r > 0x2E7F) }

// readingTime returns the minutes it takes to read a document, at least one.
// Two characters of a script without spaces count as a word.
func readingTime(d *policy.Document) int {
	words, characters := 0, 0
	for i := range d.Blocks {
		inWord := false
		for _, span := range d.Blocks[i].Spans {
			for _, r := range span.Text {
				switch {
				case r > ' ' && r < 0x80: // most are; these are no space, and of no script without spaces
					if !inWord {
						words++
						inWord = true
					}
				case unicode.IsSpace(r):
					inWord = false
				case mayBeUnspaced(r) && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer):
					characters++
					inWord = false
				case !inWord:
					words++
					inWord = true
				}
			}
		}
	}
	return max(1, (words+characters/2+wordsPerMinute/2)/wordsPerMinute)
}
