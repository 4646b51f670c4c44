package materiality

import (
	"strings"
)

// detect finds the shifts of all passages.
func (j *judge) detect(list []*passage) []*found {
	for i, p := range list {
		p.order = i
		j.compare(p)
	}
	names := j.renames(list)
	var out []*found
	for _, p := range list {
		out = append(out, j.passage(p, names)...)
	}
	return out
}

// compare finds which words of a passage changed. Words that only moved within
// the sentence, or in from elsewhere, did not.
func (j *judge) compare(p *passage) {
	if p.old == nil || p.new == nil {
		return
	}
	var whole bool
	p.hunks, whole = align(p.old.words, p.new.words)
	j.limited = j.limited || !whole
	for _, h := range p.hunks {
		if sameLetters(p.old.words[h.oldFrom:h.oldTo], p.new.words[h.newFrom:h.newTo]) {
			continue
		}
		if h.oldTo-h.oldFrom < longRun || !j.texts.stays(p.old.words[h.oldFrom:h.oldTo]) {
			p.gone = appendChanges(p.gone, p.old, h.oldFrom, h.oldTo)
		}
		if h.newTo-h.newFrom < longRun || !j.texts.stood(p.new.words[h.newFrom:h.newTo]) {
			p.come = appendChanges(p.come, p.new, h.newFrom, h.newTo)
		}
	}
	p.gone, p.come = cancel(p.gone, p.come)
}

// sameLetters reports whether two runs differ only in the spaces between
// words.
func sameLetters(a, b []word) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	return joined(a) == joined(b)
}

func joined(list []word) string {
	var s strings.Builder
	for i := range list {
		s.WriteString(list[i].norm)
	}
	return s.String()
}

// longRun is the length from which words that also stand elsewhere on the
// other side count as moved.
const longRun = 5

func appendChanges(list []change, s *sentence, from, to int) []change {
	for i := from; i < to; i++ {
		list = append(list, change{i, &s.words[i]})
	}
	return list
}

// cancel takes out of both lists the words that have their like in the other.
func cancel(gone, come []change) (restGone, restCome []change) {
	count := make(map[string]int, len(gone))
	for _, c := range gone {
		count[c.word.stem]++
	}
	both := make(map[string]int)
	for _, c := range come {
		if count[c.word.stem] > 0 {
			count[c.word.stem]--
			both[c.word.stem]++
			continue
		}
		restCome = append(restCome, c)
	}
	for _, c := range gone {
		if both[c.word.stem] > 0 {
			both[c.word.stem]--
			continue
		}
		restGone = append(restGone, c)
	}
	return restGone, restCome
}

// passage finds the shifts of one passage.
func (j *judge) passage(p *passage, names map[string]string) []*found {
	if p.old == nil || p.new == nil {
		return j.whole(p)
	}
	if len(p.gone) == 0 && len(p.come) == 0 {
		return []*found{j.reordered(p)}
	}
	for _, kind := range kinds {
		if kind.is(p.old) && kind.is(p.new) {
			return []*found{j.found(p, kind.shift, p.gone, p.come)}
		}
	}
	d := &detector{judge: j, passage: p, names: names}
	return d.run()
}

// kinds are the sentences whose words need no closer look, whatever changed in
// them.
var kinds = []struct {
	shift Shift
	is    func(*sentence) bool
}{{Dating, isDateline}, {Title, isHeading}, {Furniture, isFurniture}, {Pointer, isPointer}, {Entry, isRegister}, {Steps, isStep}}

// reordered is a passage whose words only moved or changed their form.
func (j *judge) reordered(p *passage) *found {
	h := p.hunks[0]
	return &found{shift: Synonym, passage: p,
		before: p.old.around(h.oldFrom, h.oldTo), after: p.new.around(h.newFrom, h.newTo)}
}

// found makes a shift of changed words.
func (j *judge) found(p *passage, s Shift, gone, come []change) *found {
	f := &found{shift: s, passage: p}
	for _, c := range gone {
		f.subject = append(f.subject, *c.word)
	}
	for _, c := range come {
		f.subject = append(f.subject, *c.word)
	}
	f.before, f.after = p.old.quoteChanges(gone), p.new.quoteChanges(come)
	if f.before == "" && f.after != "" && p.old != nil {
		f.before = p.oldContext(come)
	}
	if f.after == "" && f.before != "" && p.new != nil {
		f.after = p.newContext(gone)
	}
	return f
}

// quoteChanges returns the stretch from the first of the changed words to the
// last.
func (s *sentence) quoteChanges(list []change) string {
	if s == nil || len(list) == 0 {
		return ""
	}
	return s.around(list[0].at, list[len(list)-1].at+1)
}

// A quotation shows at least quoteLeast words and at most quoteMost.
const (
	quoteLeast = 4
	quoteMost  = 40
)

// around returns the words from i up to j, with neighbours when they are few.
func (s *sentence) around(i, j int) string {
	for j-i < quoteLeast && (i > 0 || j < len(s.words)) {
		if i > 0 {
			i--
		}
		if j < len(s.words) && j-i < quoteLeast {
			j++
		}
	}
	if j-i > quoteMost {
		return s.quote(i, i+quoteMost) + " …"
	}
	return s.quote(i, j)
}

// oldContext returns the words of the old sentence around the place where
// words came.
func (p *passage) oldContext(come []change) string {
	for _, h := range p.hunks {
		if come[0].at >= h.newFrom && come[0].at < h.newTo {
			return p.old.around(h.oldFrom, h.oldTo)
		}
	}
	return ""
}

// newContext returns the words of the new sentence around the place where
// words went.
func (p *passage) newContext(gone []change) string {
	for _, h := range p.hunks {
		if gone[0].at >= h.oldFrom && gone[0].at < h.oldTo {
			return p.new.around(h.newFrom, h.newTo)
		}
	}
	return ""
}

// isDateline reports whether a sentence only tells when the text was changed.
func isDateline(s *sentence) bool {
	date, told := false, false
	for i := range s.words {
		date = date || s.words[i].kind == dated
		told = told || s.words[i].norm == "effective" || s.words[i].norm == "updated" || s.words[i].norm == "modified"
	}
	if date && told && len(s.words) <= 10 && !operative(s) {
		return true
	}
	date = false
	for i := range s.words {
		w := &s.words[i]
		switch {
		case w.kind == dated, months[w.norm], isYear(s.words, i):
			date = true
		case stopWords[w.stem], datelineWords[w.stem], w.kind == numeric, len(s.words) < 9 && strings.ContainsAny(w.norm, "年月日"):
		default:
			return false
		}
	}
	return date
}

var datelineWords = stems(`last updated modified revised effective date version published since posted dated previous past current archive
	mise jour dernière mis entrée vigueur du le stand aktualisiert letzte aktualisierung última actualización fecha 更新 日期 生效 pdf terms policy privacy service page changed`)

func stems(lists ...string) map[string]bool {
	m := make(map[string]bool)
	for _, list := range lists {
		for _, w := range words(list) {
			m[w.stem] = true
		}
	}
	return m
}
