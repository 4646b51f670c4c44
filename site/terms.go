package site

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// term is a word or two to which a text gives a meaning.
type term struct {
	words string
	block *policy.Block // that defines it
	link  string
}

// definition is how texts define terms, in the quotation marks of several
// languages: “Content” means …; (the "Service").
var (
	definition = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:^|[\s(])["“„«]\s?(\p{Lu}[\p{L}\p{N}’'&/ -]{1,40}?)\s?["”“»]\s*(?:\([^()]{0,80}\)\s*)?(?:means?|shall mean|refers?|represents?|includes?|is|are|has the meaning|have the meaning|bezeichnet|bedeutet|désigne|significa|se refiere)\b`)
	})
	abbreviation = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\((?:[\p{L},]+\s){0,4}["“„«]\s?(\p{Lu}[\p{L}\p{N}’'&/ -]{1,40}?)\s?["”“»](?:\s(?:or|and|oder|und|ou|et|o|y)\s["“„«]\s?(\p{Lu}[\p{L}\p{N}’'&/ -]{1,40}?)\s?["”“»])?\)`)
	})
)

// addressed are the words for the two sides, which are in every sentence.
func addressed(words string) bool {
	return slices.Contains([]string{"We", "Us", "Our", "Ours", "You", "Your", "Yours", "They", "It", "Party", "Parties"}, words)
}

// To look for every term in every block takes a time that grows with the product
// of both: no more than mostTerms are led to, and fewer in a text so long that its
// bytes times the terms pass termWork. No contract comes near either.
const (
	mostTerms = 2000
	termWork  = 1 << 30
)

// definitions lists the terms that a text defines, each where it does so first;
// the longer ones first, so that "Customer Content" is not taken for "Content".
// What its blocks define was found before.
func definitions(d *policy.Document, found []*remembered) []term {
	var list []term
	seen := make(map[string]bool)
	most := mostTermsOf(found)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		id := b.ID
		if id == "" && b.Clause != nil {
			id = b.Clause.ID
		}
		if id == "" || b.Kind == policy.Code || b.Kind == policy.Heading {
			continue
		}
		for _, words := range found[i].defined {
			if !seen[words] && !addressed(words) && len(list) < most {
				seen[words] = true
				list = append(list, term{words, b, termRoot + "#" + id})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y term) int { return len(y.words) - len(x.words) })
	return list
}

// mostTermsOf returns how many terms are looked for in a text.
func mostTermsOf(found []*remembered) int {
	size := 1
	for _, f := range found {
		size += len(f.words)
	}
	return min(mostTerms, termWork/size)
}

// defined lists the terms that the words of a block define.
func defined(words string) []string {
	if !holdsAny(words, `"`, "“", "„", "«") {
		return nil // most blocks: the expressions are slow
	}
	var list []string
	for _, m := range definition().FindAllStringSubmatch(words, -1) {
		list = append(list, m[1])
	}
	for _, m := range abbreviation().FindAllStringSubmatch(words, -1) {
		list = append(list, m[1])
		if m[2] != "" {
			list = append(list, m[2])
		}
	}
	return list
}

func holdsAny(words string, signs ...string) bool {
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(words, sign) })
}

// told knows of each outermost clause which terms, by their numbers, were linked in it
// already: once is enough.
type told map[*policy.Clause][]bool

// terms adds to the references of a block those to the definitions of the terms
// it uses.
func (t told) terms(refs []reference, words string, terms []term, b *policy.Block) []reference {
	clause := b.Clause
	for clause != nil && clause.Parent != nil {
		clause = clause.Parent
	}
	here := t[clause]
	for i, term := range terms {
		if here != nil && here[i] || term.block.Line == b.Line {
			continue
		}
		if at := wholeWords(words, term.words, refs); at >= 0 {
			refs = append(refs, reference{at, at + len(term.words), term.link})
			if here == nil {
				here = make([]bool, len(terms))
				t[clause] = here
			}
			here[i] = true
		}
	}
	return refs
}

// wholeWords returns where a term is in words by itself and in no other
// reference, or -1.
func wholeWords(words, term string, refs []reference) int {
	for from := 0; ; {
		at := strings.Index(words[from:], term)
		if at < 0 {
			return -1
		}
		at += from
		end := at + len(term)
		before, _ := utf8.DecodeLastRuneInString(words[:at])
		after, _ := utf8.DecodeRuneInString(words[end:])
		taken := slices.ContainsFunc(refs, func(r reference) bool { return at < r.end && r.start < end })
		if !taken && !inWord(before) && !inWord(after) {
			return at
		}
		from = end
	}
}

// inWord reports whether a character would make a longer word of its neighbour.
func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-')
}
