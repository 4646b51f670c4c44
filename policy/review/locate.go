package review

import (
	"bytes"
	"strings"

	"github.com/codicil/codicil/policy"
)

// keyOf names the key of front matter that a finding is about; empty where it is
// about none.
func keyOf(rule string) string {
	switch rule {
	case "label-reused", "label-long", "label-goes-back", "label-misspelt", "same-words", "unlabelled-change", "translation-label", "announced-rewritten", "text-gone":
		return "version"
	case "date-changed", "notice-period", "sending-too-slow", "retroactive-use", "retroactive", "postponed", "brought-forward", "translation-date", "major-without-date", "date-far", "never-binds", "label-missing":
		return "effective_date"
	case "summary-placeholder", "summary-repeated", "major-without-summary":
		return "summary"
	case "channel", "fewer-channels":
		return "notice"
	case "downgrade", "creeping-change":
		return "change"
	case "address-taken", "renamed-without-alias":
		return "id"
	case "alias-removed", "alias-taken":
		return "aliases"
	case "status-reason", "cancelled-in-force":
		return "status"
	}
	return ""
}

// locate puts the findings about a key of front matter on its line. Where the
// key is not there, they stay at the top, where it is to be written.
func locate(src []byte, found []*policy.Diagnostic) {
	front, _, line := policy.SplitFrontMatter(src)
	if len(front) == 0 {
		return
	}
	lines := make(map[string]int)
	number := line - bytes.Count(front, []byte("\n")) // of the line that opens it
	for text := range bytes.Lines(front) {
		if key, _, isKey := strings.Cut(string(text), ":"); isKey && lines[key] == 0 {
			lines[key] = number
		}
		number++
	}
	for _, d := range found {
		if at := lines[keyOf(d.Rule)]; at > 0 && d.Line == 1 && d.Column == 1 && keyOf(d.Rule) != "" {
			d.Line = at
		}
	}
}
