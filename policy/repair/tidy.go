package repair

import (
	"strings"
)

// Tidy mends what no reader sees and Markdown stumbles over: non-breaking
// spaces at the ends of lines. It changes no word and no number. Lines of code
// stay as they are.
func Tidy(src []byte) (out []byte, repairs []Repair) {
	lines := strings.Split(string(unixLines(src)), "\n")
	fenced := false
	for i, raw := range lines {
		if mark := strings.TrimSpace(raw); strings.HasPrefix(mark, "```") || strings.HasPrefix(mark, "~~~") {
			fenced = !fenced
		}
		if fenced || !strings.Contains(raw, nbsp) {
			continue
		}
		text := leading.ReplaceAllString(raw, "")
		if end := trailing.FindString(text); strings.Contains(end, nbsp) {
			text = strings.TrimSuffix(text, end)
		}
		if text != raw {
			repairs = append(repairs, Repair{Line: i + 1, Column: 1, Rule: "nbsp", Message: "non-breaking spaces at the ends of the line", Before: raw, After: text})
			lines[i] = text
		}
	}
	return []byte(strings.Join(lines, "\n")), repairs
}
