package materiality

import (
	_ "embed" // the table of words
	"strings"
	"sync"
)

//go:embed equal.txt
var equalTable string

// equalWords are groups of words of equal force that policies use, beside those
// of the table: what plain language says for legal words.
var equalWords = []string{
	"start begin commence", "furnish supply provide give", "repay reimburse", "leave vacate", "tell inform", "hold possess", "help assist", "buy purchase", "let permit allow",
	"send transmit dispatch", "show display", "get obtain", "find locate", "place situate locate", "try attempt endeavour", "happen occur", "need require", "written set",
	"lawful legal", "unlawful illegal", "yearly annual annually", "yearly annually", "monthly", "advise counsel", "wholly entirely completely", "address location",
	"free gratis", "stay remain", "bear pay", "breach violate", "breach violation infringement", "fail default", "build construct", "mean denote", "fix repair mend", "look examine inspect",
	"recommend advise", "forthwith immediately", "foot end", "sufficient enough", "pay remuneration", "quickly rapidly", "near nearby", "notify inform",
}

// equals maps the stem of a word to those of equal force.
var equals = sync.OnceValue(func() map[string]map[string]bool {
	m := make(map[string]map[string]bool)
	join := func(a, b string) {
		a, b = strip(spelling(a)), strip(spelling(b))
		for _, p := range [][2]string{{a, b}, {b, a}} {
			if m[p[0]] == nil {
				m[p[0]] = make(map[string]bool)
			}
			m[p[0]][p[1]] = true
		}
	}
	for line := range strings.Lines(equalTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		list := strings.Fields(line)
		for _, w := range list[min(1, len(list)):] {
			join(list[0], w)
		}
	}
	for _, group := range equalWords {
		list := strings.Fields(group)
		for i, a := range list {
			for _, b := range list[i+1:] {
				join(a, b)
			}
		}
	}
	return m
})

// equalForce reports whether one word may stand for the other without a change
// of the rule.
func equalForce(a, b string) bool {
	x, y := inflected(a), inflected(b)
	return x != y && equals()[x][y]
}
