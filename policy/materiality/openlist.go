package materiality

import "strings"

// opensBefore reports whether word i stands among examples.
func opensBefore(s *sentence, i int) bool {
	head := strings.ToLower(s.text[:s.words[i].start])
	at := -1
	for _, o := range openers {
		if k := strings.LastIndex(head, o); k >= 0 {
			at = max(at, k+len(o))
		}
	}
	if at < 0 {
		return false
	}
	between := head[at:]
	if strings.Count(between, ")") > strings.Count(between, "(") {
		return false
	}
	list := words(between)
	for k := range list {
		if st := list[k].stem; modals[st] != "" || st == "be" || st == "have" {
			return false
		}
	}
	return len(list) < 60
}

// openers begin lists that give examples and leave room for more.
var openers = []string{"such as", "for example", "for instance", "including", "e.g.", "include", "among others", "may include", "examples",
	"notamment", "par exemple", "tels que", "telles que", "zum beispiel", "z. b.", "z.b.", "insbesondere", "por ejemplo", "tales como", "例如", "包括"}

func isOpen(lead string) bool { return hasAny(lead, openers...) }
