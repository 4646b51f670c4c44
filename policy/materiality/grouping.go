package materiality

// grouping collects what kinds of words changed.
type grouping map[string]bool

func (g grouping) note(t token, j *judge, s *sentence) {
	w := &s.words[t.from]
	switch {
	case t.num != nil && t.num.kind != Number:
		g["measure"] = true
	case t.num != nil:
		g["number"] = true
	case t.class == "date":
		g["date"] = true
	case classGroups[t.class] != "":
		g[classGroups[t.class]] = true
	case w.kind == address:
		g["address"] = true
	case smallKeys[t.key]:
		g["small"] = true
	case t.from > 0 && capital(s, t.from) && !shouting(s):
		if isCountry(s.words, t.from) > 0 {
			g["country"] = true
		}
		g["name"] = true
	default:
		g["plain"] = true
		for c, score := range j.hits([]word{*w}) {
			if score > 0 && material(rubric[c]) {
				g["loaded"] = true
			}
		}
		if turning[t.key] || obliging[t.key] {
			g["act"] = true
		}
	}
}
