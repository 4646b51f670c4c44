package materiality

import (
	"slices"
	"strings"
)

// passage finds the shifts of one passage.
func (j *judge) passage(p *passage) []*found {
	if j.language != nil {
		return j.inLanguage(p)
	}
	if p.old == nil || p.new == nil {
		return j.whole(p)
	}
	if p.limited {
		return []*found{{shift: Condition, passage: p, subject: p.new.words, before: quoteWhole(p.old), after: quoteWhole(p.new)}}
	}
	if p.rejoined {
		return []*found{{shift: Synonym, passage: p, before: quoteWhole(p.old), after: quoteWhole(p.new)}}
	}
	if p.moved {
		return []*found{{shift: Moved, passage: p, subject: p.new.words, before: quoteWhole(p.old), after: quoteWhole(p.new)}}
	}
	j.licenseAll(p)
	if p.unsaid() {
		gone, come := p.held.changed()
		return []*found{j.found(p, Boilerplate, spansOf(gone), spansOf(come))}
	}
	if len(p.held.unlicensed()) == 0 {
		return []*found{j.licensed(p)}
	}
	if p.held.exchanged {
		return []*found{j.unexplained(p, Exchange)}
	}
	weighty := p.held.weighty(p)
	for _, kind := range kinds {
		if (!weighty || kind.shift == Dating || kind.shift == Boilerplate) && kind.is(p.old) && kind.is(p.new) {
			return []*found{j.unexplained(p, kind.shift)}
		}
	}
	list := j.changes(p)
	if !slices.ContainsFunc(list, func(f *found) bool { return !licensable[f.shift] }) {
		shift := Wording
		if weighty {
			shift = Rewording
		}
		list = append(list, j.unexplained(p, shift))
	}
	return list
}

// unsaid reports whether all that differs is what the page says and the policy does not:
// how often it was read, how long ago it was written, whose it is, a masked address.
func (p *passage) unsaid() bool {
	if p.old.uncounted() == p.new.uncounted() {
		return true
	}
	if len(p.held.unlicensed()) > 0 {
		return false
	}
	masked := 0
	for _, s := range p.held.spans {
		if s.licence == LicenceMask {
			masked++
		}
	}
	return masked > 0 && masked == len(p.held.spans) || isCopyright(p.old, p.old.lower()) && isCopyright(p.new, p.new.lower())
}

// licensable are the shifts that are licences: they explain no word that has
// none.
var licensable = map[Shift]bool{Typo: true, Rename: true, Term: true, Synonym: true, Dating: true}

// harmless are the shifts that leave every rule as it was.
var harmless = map[Shift]bool{Typo: true, Rename: true, Term: true, Synonym: true, Dating: true, Address: true, Pointer: true, Title: true, Boilerplate: true}

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
	gone, come := p.held.changed()
	if len(gone)+len(come) == 0 {
		return &found{shift: Synonym, passage: p, before: quoteWhole(p.old), after: quoteWhole(p.new)}
	}
	return j.found(p, shift, spansOf(gone), spansOf(come))
}

// renameShift says whether a name or a term changed throughout.
func (j *judge) renameShift(p *passage, s *spanned) Shift {
	key, _ := swap(p, s)
	return j.names[key]
}

// unexplained is a passage in which something differs that no licence covers.
func (j *judge) unexplained(p *passage, shift Shift) *found {
	var gone, come []token
	for _, s := range p.held.unlicensed() {
		gone, come = append(gone, s.old...), append(come, s.new...)
	}
	return j.found(p, shift, spansOf(gone), spansOf(come))
}

// spansOf returns the runs of words that tokens form.
func spansOf(list []token) []span {
	var runs []span
	for _, t := range list {
		if n := len(runs); n > 0 && t.from <= runs[n-1].to {
			runs[n-1].to = max(t.to, runs[n-1].to)
			continue
		}
		if t.to > t.from {
			runs = append(runs, span{t.from, t.to})
		}
	}
	return runs
}

// kinds are the sentences whose words need no closer look, whatever changed in
// them.
var kinds = []struct {
	shift Shift
	is    func(*sentence) bool
}{{Dating, isDateline}, {Title, isHeading}, {Boilerplate, isBoilerplate}, {Title, isLabel}, {Pointer, isPointer}, {Entry, isRegister}, {Steps, isStep}}

// found makes a shift of changed words.
func (j *judge) found(p *passage, s Shift, gone, come []span) *found {
	f := &found{shift: s, passage: p}
	for _, r := range gone {
		f.subject = append(f.subject, p.old.words[r.from:r.to]...)
	}
	for _, r := range come {
		f.subject = append(f.subject, p.new.words[r.from:r.to]...)
	}
	if len(gone) > 0 {
		f.before = quote(p.old, gone)
	}
	if len(come) > 0 {
		f.after = quote(p.new, come)
	}
	switch {
	case len(gone) == 0 && len(come) > 0 && p.old != nil:
		f.before.full = p.old.excerpt(p.where(come[0].from, true))
	case len(come) == 0 && len(gone) > 0 && p.new != nil:
		f.after.full = p.new.excerpt(p.where(gone[0].from, false))
	}
	return f
}

// isDateline reports whether a sentence only tells when the text was changed.
func isDateline(s *sentence) bool {
	if s.place.cell && s.place.lead != "" && !hasAny(strings.ToLower(s.place.lead), "date", "version", "updated", "effective", "revis", "publish", "when") {
		return false // of a column of days on which something starts or ends
	}
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
		case stopWords[w.stem], datelineWords[w.stem], w.kind == numeric:
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
