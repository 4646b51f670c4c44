package materiality

import "regexp"

// counters are what a page counts by itself: how often it was viewed, and how long ago
// it was written. A number of views that a rule asks for stands within its sentence.
var counters = regexp.MustCompile(`^(?i:views): *[\d.,]+[KM]?` +
	`|^(?:\d\d[/.]\d\d[/.]\d{4})?[\d.,]+ ?[kKM]? views?($|[A-Z])` +
	`|(?i:(?:updated|modified|edited|published|posted|reviewed)(?:: ?| on | about | )(?:today|yesterday|just now|(?:an?|\d+) (?:second|minute|hour|day|week|month|year)s? ago))`)

// uncounted returns a sentence without these.
func uncounted(text string) string {
	if !hasAny(text, "iew", "ago", "day", "now") {
		return text // most have none, and to look for them takes long
	}
	return counters.ReplaceAllString(text, "$1")
}
