package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// compare finds which words of a passage changed. Words that only moved within
// the sentence, or in from elsewhere, did not.
func (j *judge) compare(p *passage) {
	if p.old == nil || p.new == nil || p.rejoined {
		return
	}
	var whole bool
	p.hunks, whole = align(p.old.words, p.new.words)
	if !whole {
		j.skip("A sentence was too long to be compared word by word: " + p.new.quote(0, 8) + " …")
	}
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
func (j *judge) passage(p *passage, names map[string]Shift) []*found {
	if j.language != nil {
		return j.inLanguage(p)
	}
	if p.old == nil || p.new == nil {
		return j.whole(p)
	}
	if p.rejoined {
		return []*found{{shift: Synonym, passage: p, before: quoteWhole(p.old), after: quoteWhole(p.new)}}
	}
	if p.moved {
		return []*found{{shift: Moved, passage: p, subject: p.new.words, before: quoteWhole(p.old), after: quoteWhole(p.new)}}
	}
	p.held = j.hold(p)
	if len(p.held.unlicensed()) == 0 {
		return []*found{j.licensed(p)}
	}
	if p.held.exchanged {
		return []*found{j.unexplained(p, Exchange)}
	}
	weighty := p.held.weighty(p)
	for _, kind := range kinds {
		if (!weighty || kind.shift == Dating || kind.shift == Furniture || kind.shift == Title && p.held.titled(p)) && kind.is(p.old) && kind.is(p.new) {
			return []*found{j.found(p, kind.shift, p.gone, p.come)}
		}
	}
	d := &detector{judge: j, passage: p, names: names}
	list := d.run()
	if !slices.ContainsFunc(list, func(f *found) bool { return !licensable[f.shift] }) {
		list = append(list, j.unexplained(p, d.unlicensed()))
	}
	return list
}

// titled reports whether a heading got another one that states no rule which
// the other does not.
func (c *comparison) titled(p *passage) bool {
	if p.old.place.kind != policy.Heading || p.new.place.kind != policy.Heading {
		return false
	}
	ruling := func(t token) bool {
		switch t.class {
		case "free":
			return t.key == "free" || t.key == "<free>"
		case "writing", "manner", "effort", "business", "us", "you", "role", "before", "after":
			return false
		}
		return t.num != nil || classGroups[t.class] == "operator" || classGroups[t.class] == "standard"
	}
	return !slices.ContainsFunc(c.unlicensed(), func(s *spanned) bool {
		return slices.ContainsFunc(s.old, ruling) || slices.ContainsFunc(s.new, ruling)
	})
}

// licensable are the shifts that are licences: they explain no word that has
// none.
var licensable = map[Shift]bool{Typo: true, Rename: true, Term: true, Synonym: true, Dating: true}

// harmless are the shifts that leave every rule as it was.
var harmless = map[Shift]bool{Typo: true, Rename: true, Term: true, Synonym: true, Dating: true, Address: true, Pointer: true, Title: true, Furniture: true}

// licensed is a passage whose every difference has a licence.
func (j *judge) licensed(p *passage) *found {
	shift := Synonym
	for _, s := range p.held.spans {
		switch s.licence {
		case LicenceTypo:
			shift = Typo
		case LicenceRename:
			shift = j.renameShift(p, s)
		case LicenceDate:
			shift = Dating
		case LicenceReference:
			shift = Reference
		case LicenceAddress:
			shift = Address
		default:
			continue
		}
		break
	}
	var gone, come []change
	for _, s := range p.held.spans {
		gone, come = appendTokens(gone, p.old, s.old), appendTokens(come, p.new, s.new)
	}
	if len(gone)+len(come) == 0 {
		return j.reordered(p)
	}
	return j.found(p, shift, gone, come)
}

// renameShift says whether a name or a term changed throughout.
func (j *judge) renameShift(p *passage, s *spanned) Shift {
	key, _ := swap(p, hunk{s.old[0].from, s.old[len(s.old)-1].to, s.new[0].from, s.new[len(s.new)-1].to})
	return j.names[key]
}

// unexplained is a passage in which something differs that no licence covers.
func (j *judge) unexplained(p *passage, shift Shift) *found {
	var gone, come []change
	for _, s := range p.held.unlicensed() {
		gone, come = appendTokens(gone, p.old, s.old), appendTokens(come, p.new, s.new)
	}
	return j.found(p, shift, gone, come)
}

// appendTokens adds the words of tokens.
func appendTokens(list []change, s *sentence, run []token) []change {
	for _, t := range run {
		list = appendChanges(list, s, t.from, t.to)
	}
	return list
}

// kinds are the sentences whose words need no closer look, whatever changed in
// them.
var kinds = []struct {
	shift Shift
	is    func(*sentence) bool
}{{Dating, isDateline}, {Title, isHeading}, {Furniture, isFurniture}, {Title, isLabel}, {Pointer, isPointer}, {Entry, isRegister}, {Steps, isStep}}

// reordered is a passage whose words only moved or changed their form.
func (j *judge) reordered(p *passage) *found {
	h := hunk{0, len(p.old.words), 0, len(p.new.words)}
	if len(p.hunks) > 0 {
		h = p.hunks[0]
	}
	return &found{shift: Synonym, passage: p,
		before: quote(p.old, []span{{h.oldFrom, h.oldTo}}), after: quote(p.new, []span{{h.newFrom, h.newTo}})}
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
	if len(gone) > 0 {
		f.before = quote(p.old, runsOf(gone))
	}
	if len(come) > 0 {
		f.after = quote(p.new, runsOf(come))
	}
	switch {
	case len(gone) == 0 && len(come) > 0 && p.old != nil:
		f.before.full = p.old.excerpt(p.where(come, true))
	case len(come) == 0 && len(gone) > 0 && p.new != nil:
		f.after.full = p.new.excerpt(p.where(gone, false))
	}
	return f
}

// isDateline reports whether a sentence only tells when the text was changed.
func isDateline(s *sentence) bool {
	date, told := false, false
	for i := range s.words {
		date = date || s.words[i].kind == dated || s.words[i].norm == "ago"
		told = told || s.words[i].norm == "effective" || s.words[i].norm == "updated" || s.words[i].norm == "modified"
	}
	if date && told && len(s.words) <= 10 && !binds(s) || date && isStart(s) {
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

// isStart reports whether a sentence only tells from when a text holds: "our new
// policy will take effect on 1 May 2026". What else it says would be a rule.
func isStart(s *sentence) bool {
	effect := false
	for i := range s.words {
		w := &s.words[i]
		effect = effect || w.stem == "effect" || w.norm == "effective" || w.stem == "forc"
		if w.kind != dated && !stopWords[w.stem] && !startWords[w.stem] && !datelineWords[w.stem] {
			return false
		}
	}
	return effect
}

var startWords = stems(`will shall go goes going take takes come comes into force effect our new change changes update updates amendment
	term policy agreement notice document version`)

var datelineWords = stems(`last updated modified revised effective date version published since posted dated previous past current archive
	mise jour dernière mis entrée vigueur du le stand aktualisiert letzte aktualisierung última actualización fecha 更新 日期 生效 pdf terms policy privacy service page changed
	see notice cookie cookies until before prior monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun gmt utc am pm`)

func stems(lists ...string) map[string]bool {
	m := make(map[string]bool)
	for _, list := range lists {
		for _, w := range words(list) {
			m[w.stem] = true
		}
	}
	return m
}
