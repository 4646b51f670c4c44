package materiality

// token is what a sentence says at one place, in the one form in which it is
// compared: numbers as values with their units, contractions and phrases in
// full, small words that never carry a rule left out.
type token struct {
	key      string // equal for what says the same
	class    string // what it does in a sentence, empty for an ordinary word
	num      *measure
	from, to int // words of the sentence
}

// measure is a number with what it counts.
type measure struct {
	value float64
	unit  string // "s", "day", "business day", "month", "usd", "%", "m", "kg", "gb" or another word; empty for a bare number
	kind  Shift
}

// idleWords may come and go without a change of what is said.
var idleWords = wordSet("a an the please hereby therefore thus moreover furthermore")

// one form for words that differ in person, case or number only.
var oneForm = map[string]string{
	"we": "we", "us": "we", "our": "we", "ours": "we", "ourselves": "we",
	"you": "you", "your": "you", "yours": "you", "yourself": "you",
	"they": "they", "them": "they", "their": "they", "theirs": "they", "he": "they", "she": "they", "him": "they", "his": "they", "her": "they", "themselves": "they",
	"which": "that", "who": "that", "whom": "that", "these": "this", "those": "this", "such": "this",
	"no": "not", "non": "not", "never": "not", "1st": "first", "2nd": "second", "3rd": "third",
	"while": "while", "shall": "must", "each": "every", "toward": "to", "towards": "to", "whilst": "while", "upon": "on",
}

// tokens reads a sentence, once. Nobody may change what it returns.
func (s *sentence) tokens() []token {
	if s.read == nil {
		s.read = readTokens(s)
	}
	return s.read
}

func readTokens(s *sentence) []token {
	list := make([]token, 0, len(s.words))
	for i := 0; i < len(s.words); {
		if t, ok := s.clockAt(i); ok {
			list = append(list, t)
			i = t.to
			continue
		}
		if t, ok := s.measureAt(i); ok {
			list = appendMeasure(list, t)
			i = t.to
			continue
		}
		if keys, n := phraseBook().at(s.words, i); n > 0 {
			for _, key := range keys {
				list = append(list, token{key: key, class: classOf[key], from: i, to: i + n})
			}
			i += n
			continue
		}
		if w := &s.words[i]; !idleWords[w.norm] && w.kind != tag {
			list = append(list, s.wordToken(i))
		}
		i++
	}
	limits(list)
	s.ages(list)
	return list
}

// wordToken is what a single word says.
func (s *sentence) wordToken(i int) token {
	w := &s.words[i]
	t := token{key: w.stem, class: classOf[w.norm], from: i, to: i + 1}
	if one, ok := oneForm[w.norm]; ok {
		t.key = one
	} else if t.class != "" {
		t.key = inflected(w.norm)
	}
	if w.kind == dated {
		t.class = "date"
	}
	if w.norm == "should" && i == 0 {
		t.key, t.class = "if", "if" // "Should you leave, ..."
	}
	return t
}

// limits makes "in 3 days" the same as "within 3 days".
func limits(list []token) {
	for i := range list[:max(0, len(list)-1)] {
		if next := list[i+1].num; list[i].key == "in" && next != nil && next.kind == Period {
			list[i].key, list[i].class = "within", "within"
		}
	}
}

// inflected takes the endings off a word of weight but gives it no synonym.
func inflected(norm string) string {
	if same, ok := irregular[norm]; ok {
		return same
	}
	return strip(norm)
}

// ages makes years of life of the numbers that are such: 16 years old, under 18.
func (s *sentence) ages(list []token) {
	for i := range list {
		m := list[i].num
		if m == nil || m.kind != Number && (m.kind != Period || m.unit != "month") {
			continue
		}
		years := m.value
		if m.unit == "month" {
			years /= 12
		}
		if years >= 8 && years <= 25 && s.ofLife(list[i].from, list[i].to, m.unit != "") {
			m.kind = Age
		}
	}
}

// ofLife reports whether the words around a number say that it counts years of
// life.
func (s *sentence) ofLife(from, to int, united bool) bool {
	for k := max(0, from-4); k < min(to+4, len(s.words)); k++ {
		switch s.words[k].norm {
		case "age", "aged", "ages", "old", "older", "younger", "minor", "minors", "child", "children", "teen", "teens":
			return true
		case "under", "over":
			if k == from-1 && (!united || oldAfter(s.words, to)) {
				return true
			}
		}
	}
	return false
}

// oldAfter reports whether nothing stands at word i that would make the years
// before it a length of time: "over 20 years in business".
func oldAfter(list []word, i int) bool {
	if i >= len(list) {
		return true
	}
	switch list[i].norm {
	case "in", "ago", "for", "experience", "after", "from", "before":
		return false
	case "of":
		return i+1 < len(list) && list[i+1].norm == "age"
	}
	return true
}

// measures returns the numbers that a sentence binds to something; not those that
// only point, nor the one of "one of them".
func (s *sentence) measures() []token {
	return pick(s.tokens(), func(t token) bool {
		return t.num != nil && !s.points(t.from) && !isEdition(s, t.from) && (s.words[t.from].kind == numeric || t.num.unit != "")
	})
}

// wordsOf returns the words from the first to the last of some tokens.
func (s *sentence) wordsOf(list []token) []word {
	return s.words[list[0].from:list[len(list)-1].to]
}
