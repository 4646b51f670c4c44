package repair

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// citing is a phrase that cites clauses by their numbers: "section 7",
// "clauses 1.2 to 1.4 and 7.2(b)", "§ 4".
var citing = regexp.MustCompile(`^(?:(?:\b[Ss]ections|\bSECTIONS|\b[Cc]lauses|\b[Pp]aragraphs|\b[Aa]rticles|§§)[\s\x{a0}]+` + citedNumber +
	`(?:\s*(?:,\s*(?:and|or)|,|and|or|to|through|–|-)\s*` + citedNumber + `)*|` +
	`(?:\b[Ss]ection|\bSECTION|\b[Cc]lause|\b[Pp]aragraph|\b[Aa]rticle|§)[\s\x{a0}]+` + citedNumber +
	`(?:\s*(?:,\s*(?:and|or)|,|and|or|to|–|-)\s*` + furtherNumber + `)*)`)

const citedNumber = `(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}\b|[A-Z]\b)(?:\([a-z0-9]{1,4}\))*`

// furtherNumber is one that nothing but a citation is: in "clause 4, 4(b) and 30 days".
const furtherNumber = `(?:\d{1,3}(?:\.\d{1,3})*(?:\([a-z0-9]{1,4}\))+|\d{1,3}(?:\.\d{1,3})+\b)`

var (
	// cited is one number of such a phrase.
	cited = regexp.MustCompile(`(?:\d{1,3}(?:\.\d{1,3})*|\b[IVXLC]{1,6}\b|\b[A-Z]\b)(?:\([a-z0-9]{1,4}\))*`)
)

// citation is one number cited in a text, by its place in it.
type cite struct {
	at, end int
	number  string
	kind    string // "section", "article": what the text calls it, in lower case
}

// cites finds the numbers that a text cites of itself.
func cites(text string) []cite {
	var found []cite
	for from, to := range citationsIn(text) {
		if outward(text[:from], text[to:]) || strings.HasPrefix(text[from:], "§") && statute.MatchString(text[to:]) {
			continue
		}
		words := strings.IndexAny(text[from:to], " \t\n\u00a0")
		kind := strings.TrimSuffix(strings.ToLower(text[from:from+words]), "s")
		for _, n := range cited.FindAllStringIndex(text[from+words:to], -1) {
			at, end := from+words+n[0], from+words+n[1]
			if next, _ := utf8.DecodeRuneInString(text[end:]); !isWord(next) && next != '_' { // 10A is not 10
				found = append(found, cite{at, end, text[at:end], kind})
			}
		}
	}
	return found
}

func containsAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// renames says which number each clause had and has.
type renames struct {
	to    map[string]string
	twice map[string]bool // numbers that two clauses had: nobody can say which is meant
	units []*unit
	any   bool
}

// renamed compares the marks of the units before and after planning.
func renamed(units []*unit) renames {
	r := renames{to: make(map[string]string), twice: make(map[string]bool), units: units}
	for _, u := range units {
		r.any = r.any || u.newNumber() != u.mark.number
		before, after := u.citedAs(false), u.citedAs(true)
		if before == "" || after == "" {
			continue
		}
		if known, ok := r.to[before]; ok && known != after {
			r.twice[before] = true
		}
		r.to[before] = after
		r.any = r.any || before != after
	}
	return r
}

// newNumber returns the number that the unit has once planned.
func (u *unit) newNumber() string {
	if u.want.style == "" {
		return u.mark.number
	}
	return u.want.number
}

// citedAs returns the number by which a text would cite the unit: that of a
// heading, a decimal one, or both with letters behind: 7.2(b). Items of plain
// lists are not cited by number alone.
func (u *unit) citedAs(planned bool) string {
	k := u.mark
	if planned && u.want.style != "" {
		k = u.want
	}
	above := u.above
	if above == nil {
		above = u.section
	}
	switch {
	case k.style == "" || k.style == none || k.style == word || k.style == han:
		return ""
	case u.role == head || k.style == decimal:
		return k.number
	case u.role == clause && k.open == "(" && above != nil:
		if base := above.citedAs(planned); base != "" {
			return base + "(" + k.number + ")"
		}
	}
	return ""
}

// follow lets the citations of a text follow the clauses they name. What it
// leaves to the author it visits with the number that is there. Here returns
// the heading under which an offset of the text is.
func (r renames) follow(text string, here func(at int) *unit, visit func(c cite, after, message string)) {
	if !r.any {
		return
	}
	for _, c := range cites(text) {
		if after, message := r.number(c.number); message != "" {
			visit(c, after, message)
		}
	}
	for _, c := range citedLetters(text) {
		if after, message := r.letter(c, here(c.at)); message != "" {
			visit(c.cite, after, message)
		}
	}
}

// number returns the number that a clause has now, and why a citation of it
// changes or is left; the message is empty where it is right.
func (r renames) number(was string) (now, message string) {
	now, known := r.to[was]
	section := was[:strings.IndexAny(was+".", ".(")]
	switch {
	case r.twice[was]:
		return was, ambiguous
	case known && now != was:
		return now, followed
	case !known && r.to[section] != "" && r.to[section] != section:
		return was, nowhere
	}
	return was, ""
}

// letter is number for a letter that is cited by itself or with its section.
func (r renames) letter(c lettersCite, section *unit) (now, message string) {
	if c.of != "" {
		now, message = r.number(c.of + "(" + c.number + ")")
		if message == followed {
			if now = now[strings.LastIndexByte(now, '(')+1 : len(now)-1]; now == c.number {
				return now, "" // only its section was renumbered
			}
			return now, followed
		}
		return c.number, message
	}
	named := r.lettered(c.number, func(u *unit) bool { return u.section == section })
	if len(named) == 0 {
		named = r.lettered(c.number, func(*unit) bool { return true })
	}
	changed := slices.ContainsFunc(named, func(u *unit) bool { return u.newNumber() != c.number })
	switch {
	case !changed:
		return c.number, ""
	case len(named) > 1:
		return c.number, ambiguous
	}
	return named[0].newNumber(), followed
}

// lettered returns the clauses that bore a letter in brackets.
func (r renames) lettered(number string, in func(*unit) bool) (found []*unit) {
	for _, u := range r.units {
		if u.role == clause && u.mark.open == "(" && u.mark.number == number && in(u) {
			found = append(found, u)
		}
	}
	return found
}

// Why a citation changes, or is left to the author.
const (
	followed  = "the clause it cites was renumbered"
	ambiguous = "the number it cites belonged to several clauses; its author decides which is meant"
	nowhere   = "its section was renumbered, and the section has no such clause; its author decides what is meant"
)

// references lets the citations in a plain text follow.
func (p *plainWriter) references() {
	r := renamed(p.units)
	for i, u := range p.units {
		u.words = p.followIn(r, u, u.words)
		for j := 1; j < len(p.parts[i].lines); j++ {
			p.parts[i].lines[j].text = p.followIn(r, u, p.parts[i].lines[j].text)
		}
	}
}

func (p *plainWriter) followIn(r renames, u *unit, text string) string {
	var b strings.Builder
	done := 0
	here := func(int) *unit {
		if u.role == head {
			return u
		}
		return u.section
	}
	type change struct {
		cite
		after, message string
	}
	var changes []change
	r.follow(text, here, func(c cite, after, message string) { changes = append(changes, change{c, after, message}) })
	slices.SortStableFunc(changes, func(x, y change) int { return x.at - y.at })
	for _, c := range changes {
		p.report(u, "cross-reference", c.message, c.number, c.after)
		b.WriteString(text[done:c.at] + c.after)
		done = c.end
	}
	return b.String() + text[done:]
}
