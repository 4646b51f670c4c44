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

// tokens reads a sentence.
func tokens(s *sentence) []token {
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
