package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/codicil/codicil/policy"
)

// searchDir is the page that looks for words: in the texts in force by the index
// beside it, in all versions of one policy by the versions themselves.
const searchDir = "search/"

// indexPart begins the paths of the parts of the index, which are as many as it needs.
const indexPart = searchDir + "words-"

// partSize is how many bytes a part of the index takes about: a reader loads one for
// each word that is looked for.
const partSize = 64 << 10

// searchIndex is search/index.json: the policies, to whose places the parts refer,
// and the first word of each part, in the order of code points.
type searchIndex struct {
	Key      string         `json:"key"` // the same in all parts: a mixture of two builds is none
	Starts   []string       `json:"starts"`
	Policies []searchPolicy `json:"policies"`
}

type searchPolicy struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Beside  string `json:"beside,omitempty"` // tells it from another of that title
	Path    string `json:"path"`
	Lang    string `json:"lang"`
	InForce bool   `json:"in_force"`
}

// writeSearch writes the page and the index, unless both stand.
func (b *builder) writeSearch(histories []*policyBuild) error {
	b.search = b.searchKey(histories)
	if b.old != nil && b.search.known() && b.old.search == b.search {
		b.keep(searchDir)
		return nil
	}
	index := searchIndex{Policies: []searchPolicy{}, Starts: []string{}}
	for _, h := range histories {
		r := h.Current()
		index.Policies = append(index.Policies, searchPolicy{h.policy.ID, r.Title, h.beside, policy.EscapePath(h.dir), h.lang, r.Status == policy.InForce})
	}
	parts, starts, made := b.againParts(histories, index.Policies)
	if !made {
		parts, starts = searchParts(histories)
	}
	sum := sha256.New()
	for _, part := range parts {
		sum.Write(part)
	}
	index.Starts, index.Key = append(index.Starts, starts...), hex.EncodeToString(sum.Sum(nil)[:6])
	for i, part := range parts {
		data := fmt.Appendf(nil, "{\"key\":%q,\"words\":{%s}}\n", index.Key, part)
		if err := b.stage.Write(indexPart+strconv.Itoa(i)+".json", data); err != nil {
			return err
		}
	}
	if err := b.writeJSON(searchDir+"index.json", index); err != nil {
		return err
	}
	w := b.words(b.Lang)
	return b.writePage("search", &page{Dir: searchDir, Title: w.say("search"), Description: w.say("search.describe"), NoIndex: true})
}

// searchKey stands for the page and the index.
func (b *builder) searchKey(histories []*policyBuild) key {
	var k keyer
	k.text("search").key(b.key)
	for _, h := range histories {
		v := h.versions[h.current]
		if v.SHA256 == "" {
			return key{}
		}
		k.key(h.key).text(h.Current().Title, string(h.Current().Status), v.SHA256)
	}
	return k.sum()
}

// searchParts joins the words of the texts in force to parts of an index: words in the
// order of code points, each with pairs of numbers: how many places a policy stands
// behind the one before, and how often it has the word.
func searchParts(histories []*policyBuild) (parts [][]byte, starts []string) {
	type posting struct {
		last int // the place of the policy that was added last
		list []byte
	}
	postings := make(map[string]*posting)
	for i, h := range histories {
		if h.Current().Status != policy.InForce {
			continue
		}
		for word, count := range counts(h.found) {
			p := postings[word]
			if p == nil {
				p = new(posting)
				postings[word] = p
			}
			p.list = appendPosting(p.list, i-p.last, count)
			p.last = i
		}
	}
	var k packer
	for _, word := range slices.Sorted(maps.Keys(postings)) {
		k.add(word, string(postings[word].list))
	}
	return k.whole()
}

// counts yields the lines of searchWords.
func counts(words string) iter.Seq2[string, string] {
	return func(yield func(word, count string) bool) {
		for line := range strings.Lines(words) {
			word, count, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			if !yield(word, count) {
				return
			}
		}
	}
}

func appendPosting(list []byte, behind int, count string) []byte {
	if len(list) > 0 {
		list = append(list, ',')
	}
	list = strconv.AppendInt(list, int64(behind), 10)
	return append(append(list, ','), count...)
}

// packer packs the words of an index into parts.
type packer struct {
	parts  [][]byte
	starts []string // the first word of each
	part   bytes.Buffer
}

// add adds a word with its postings. Words come in order.
func (k *packer) add(word, list string) {
	if k.part.Len() >= partSize {
		k.parts = append(k.parts, bytes.Clone(k.part.Bytes()))
		k.part.Reset()
	}
	if k.part.Len() == 0 {
		k.starts = append(k.starts, word)
	} else {
		k.part.WriteByte(',')
	}
	quoted, _ := json.Marshal(word) // a string: it cannot fail
	k.part.Write(quoted)
	k.part.WriteString(":[")
	k.part.WriteString(list)
	k.part.WriteByte(']')
}

// whole returns all parts.
func (k *packer) whole() (parts [][]byte, starts []string) {
	if k.part.Len() > 0 {
		k.parts = append(k.parts, k.part.Bytes())
	}
	return k.parts, k.starts
}

// searchWords lists the words of a text as they are looked for, a line each with how
// often it stands there. Scripts without spaces give every two characters that follow
// each other.
func searchWords(d *policy.Document) string {
	counts := make(map[string]int)
	for i := range d.Blocks {
		eachWord(d.Blocks[i].Text(), func(word string, spaced bool) {
			if spaced {
				if utf8.RuneCountInString(word) > 1 || word[0] <= '9' {
					counts[word]++
				}
				return
			}
			runes := []rune(word)
			for at := range runes {
				counts[string(runes[at:min(at+2, len(runes))])]++
			}
		})
	}
	var list strings.Builder
	for _, word := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&list, "%s %d\n", word, counts[word])
	}
	return list.String()
}

// eachWord gives the words of a text, folded: runs of letters, marks and digits, and
// runs of a script without spaces. The page does the same in the browser.
func eachWord(text string, do func(word string, spaced bool)) {
	start, spaced := -1, true
	end := func(at int) {
		if start >= 0 {
			if word := fold(text[start:at]); word != "" { // of marks alone nothing is left
				do(word, spaced)
			}
		}
		start = -1
	}
	for at, r := range text {
		in, unspaced := ofWord(r)
		if start >= 0 && (!in || unspaced == spaced) {
			end(at)
		}
		if in && start < 0 {
			start, spaced = at, !unspaced
		}
	}
	end(len(text))
}

// ofWord reports whether a character is part of a word, and whether of one in a script
// without spaces.
func ofWord(r rune) (in, unspaced bool) {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z', false
	}
	if r == 'ー' || mayBeUnspaced(r) && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return true, true
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd), false
}

// longestWord is how many characters of a word are kept.
const longestWord = 32

// fold returns a word as it is looked for: small letters, without accents, and without
// the points that Hebrew and Arabic may leave out.
func fold(word string) string {
	plain := true
	for i := 0; i < len(word); i++ {
		plain = plain && word[i] < utf8.RuneSelf
	}
	if !plain {
		var b strings.Builder
		for _, r := range norm.NFKD.String(word) {
			switch {
			case r >= 0x300 && r <= 0x36F, r >= 0x591 && r <= 0x5C7, r >= 0x64B && r <= 0x65F, r == 0x670:
			default:
				b.WriteString(likeness(unicode.ToLower(r)))
			}
		}
		word = norm.NFC.String(b.String())
		if runes := []rune(word); len(runes) > longestWord {
			return string(runes[:longestWord])
		}
		return word
	}
	return strings.ToLower(word[:min(len(word), longestWord)])
}

// likeness returns what people type for a letter that is not one with an accent.
func likeness(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	case 'ς':
		return "σ"
	}
	return string(r)
}
