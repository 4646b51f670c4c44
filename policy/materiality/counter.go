package materiality

import "regexp"

// counters are what a page counts by itself, on a line of its own: how often it was viewed,
// and how long ago it was written. What a rule counts stands within its sentence, or
// in a list.
var counters = regexp.MustCompile(`^(?i:views): *[\d.,]+[KM]?` +
	`|^(?:\d\d[/.]\d\d[/.]\d{4})?[\d.,]+ ?[kKM]? views?($|[A-Z])` +
	`|(?:^| [—–|·•] )(?i:(?:last )?(?:updated|modified|edited|published|posted|reviewed)(?:: ?| on | about | )(?:today|yesterday|just now|(?:an?|\d+) (?:second|minute|hour|day|week|month|year)s? ago))(?: [—–|·•]|$)`)

// uncounted returns the text of a sentence without these.
func (s *sentence) uncounted() string {
	if s.place.item || s.place.cell || !hasAny(s.text, "iew", "ago", "day", "now") {
		return s.text // most have none, and to look for them takes long
	}
	return counters.ReplaceAllString(s.text, "$1")
}
