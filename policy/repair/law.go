package repair

import (
	"regexp"
	"strings"
)

var (
	// law is a word that shows that the number is one of a law or a contract of others.
	law = regexp.MustCompile(`\b(?:Acts?|Codes?|Laws?|Regulations?|GDPR|CCPA|CPRA|DMCA|CDA|Directives?|Conventions?|Statutes?|Constitution|Treaty|Ordinance|U\.?S\.?C|C\.?F\.?R|DSA|DMA|TMG|BGB|EU|EC|FTC|LGPD|PIPEDA|Rules?|` +
		`(?:Standard|Model) (?:Contractual )?Clauses|SCCs?|` + // contracts that lawmakers wrote
		`DSGVO|RGPD|AVG|RODO|ordonnance|[Ll]oi|Règlement|[Dd]écret|\pL*[Gg]esetz(?:es|buchs?|e)?|\pL*[Vv]erordnung|Ley|Reglamento|Legge|Regolamento|Lei|Wet)\b`)
	// ours are the words after a number that keep it within this text.
	ours = regexp.MustCompile(`^(?i:\s+(?:of|in|under)\s+(?:this|these|the present)\b|\s+(?:above|below|hereof|herein)\b|` +
		`\s+(?:de la présente|des présente?s|du présent|de nos présentes|ci-(?:dessus|dessous|après|avant))(?:\PL|$))`)
	// theirs are the words after a number that lead out of it.
	theirs = regexp.MustCompile(`^\s*,?\s*(?:(?:of|in|under|to)\s+(?:[Tt]he|that|our|your|its|an?|Regulation|[A-Z])|(?:thereof|therein|thereunder|there)\b|` +
		`(?:du|des|de la|de l['’]|de las?|de los|del|della|dell['’]|der|do|da|van de|van het)\s*\pL)`)
	// further is what may stand between a number and what it is of: "(1)", "12 et
	// seq.", ", paragraph 2", "(Choice of law)".
	further = regexp.MustCompile(`^(?:\s*\([a-z0-9]{1,4}\)|\s*\([^()\n]{5,80}\)|\s+§\s*\d+|,?\s+(?i:para(?:graphs?|graphe|\.)?|alin[ée]as?|Abs(?:atz|\.)?|Nr\.|No\.|lit\.|Satz|S\.)\s*\(?[0-9a-z]{1,3}\)?)+`)
	// onwards cites what comes after the number too, as lawyers cite laws.
	onwards = regexp.MustCompile(`^,?\s*(?:et\s+seqq?\b\.?|et\s+suiv(?:ants?|antes?)?\b\.?|ff?\.)`)
	// statute is the short name of a German law behind its number: "§ 26 BDSG".
	statute = regexp.MustCompile(`^(?:[\s\x{a0}]*(?:\(\d+[a-z]?\)|(?:Abs(?:atz|\.)?|para\.?|Nr\.?|No\.?|lit\.?|Satz|S\.)\s*\w+\)?|,|\d+))*[\s\x{a0}]+(?:\p{Lu}\pL*\p{Lu}\b|\pL*(?:gesetz|ordnung))`)
	// listed is the head of an item: what is above it says what it lists.
	listed = regexp.MustCompile(`^[\s>]*(?:[-*+•]|\(?(?:\d{1,3}|[a-z]{1,4})\\?[.)])\s`)
)

// outward reports whether a citation between two stretches of text is of
// something else than this text.
func outward(before, after string) bool {
	const near = 60
	after = after[len(further.FindString(after)):]
	if ours.MatchString(after) {
		return false
	}
	if onwards.MatchString(after) || theirs.MatchString(after) || law.MatchString(clip(after, near)) || law.MatchString(before[max(0, len(before)-8):]) {
		return true
	}
	if len(before) > near {
		before = before[len(before)-near:]
	}
	if at := strings.LastIndexAny(before, ".;\n"); at >= 0 {
		before = before[at:]
	}
	return law.MatchString(before)
}

// clip returns what comes next in the sentence, up to the next citation.
func clip(text string, n int) string {
	text = text[:min(n, len(text))]
	for next := range citationsIn(text) {
		text = text[:next]
		break
	}
	if at := strings.IndexAny(text, ".;\n"); at >= 0 {
		return text[:at]
	}
	return text
}

// mostAbove is how many lines above an item its lead-in is looked for.
const mostAbove = 100

// listsLaw reports whether line n is of an item whose lead-in names a law:
// "under the GDPR: (a) Article 6; (b) Article 9". Line returns a line by its number.
func listsLaw(line func(n int) string, n int) bool {
	item := false
	for i := n; i > 0 && i > n-mostAbove; i-- {
		text := strings.TrimRight(line(i), " \t*_")
		switch {
		case text == "" && !item:
			return false // the paragraph is no item
		case text == "":
		case i < n && item && strings.HasSuffix(text, ":"):
			return law.MatchString(line(i-1) + " " + text)
		case listed.MatchString(text):
			item = true
		case text[0] != ' ' && text[0] != '\t' && i < n:
			return false
		}
	}
	return false
}
