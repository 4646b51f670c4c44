package materiality

import "strings"

// bannerReach is how many blocks before its buttons a banner begins at most.
const bannerReach = 12

// markBanners marks the blocks of a cookie banner that came or went with the
// page: what speaks of cookies before a button to accept them, and the buttons.
func markBanners(rows []rowSentences) {
	for i := range rows {
		for _, side := range [][]*sentence{rows[i].old, rows[i].new} {
			if isConsentButton(side) {
				markBanner(rows[max(0, i-bannerReach):i+1], side[0])
			}
		}
	}
}

// markBanner marks the rows that end with a button, from the first that speaks
// of cookies.
func markBanner(rows []rowSentences, button *sentence) {
	cookies := false
	for _, row := range rows {
		for _, s := range append(append([]*sentence(nil), row.old...), row.new...) {
			if s.place.clause != button.place.clause {
				continue
			}
			cookies = cookies || strings.Contains(s.lower(), "cookie")
			s.place.banner = s.place.banner || cookies
		}
	}
}

// consentButtons are what a banner gives a reader to click on.
var consentButtons = []string{"accept all", "allow all", "reject all", "decline all", "accept cookies", "allow cookies", "accept and close", "allow all cookies", "accept all cookies", "reject all cookies", "refuse all", "only allow essential cookies", "manage data settings", "cookie settings"}

// isConsentButton reports whether a block is one of these and nothing else.
func isConsentButton(list []*sentence) bool {
	if len(list) != 1 || list[0].place.cell || list[0].place.item {
		return false
	}
	text := strings.Trim(list[0].text, " .[]*")
	lower := strings.ToLower(text)
	for _, b := range consentButtons {
		if lower == b || glued(text, lower, b) {
			return true
		}
	}
	return false
}

// glued reports whether a line begins with a button and goes on with the next one
// without a space: "Reject allAccept all".
func glued(text, lower, button string) bool {
	if !strings.HasPrefix(lower, button) || len(text) > longLabel || len(lower) != len(text) {
		return false
	}
	next := text[len(button)]
	return 'A' <= next && next <= 'Z' && hasAnyPrefix(lower[len(button):], "accept", "allow all", "reject", "refuse", "decline", "manage", "validate", "save", "only")
}
