package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// numbered is a number at the head of a line of Markdown, with the word after
// it: what a lawyer sees who reads the source.
var numbered = regexp.MustCompile(`^[ \t>]*(?:[-*+][ \t]+)?(?:#{1,6}[ \t]+)?(?:\*\*|__)?(\d{1,4})\\?([.)])[ \t]+(\S.*)$`)

// htmlComment is one that begins and ends in a line.
var htmlComment = regexp.MustCompile(`<!--.*?-->`)

// writtenNumber is a number in a source.
type writtenNumber struct {
	line    int
	number  int
	counted int // in Markdown, equal numbers leave the counting to the reader's program: what it comes to
	word    string
}

// writtenNumbers lists the numbers of a source. What is in code or in an
// HTML comment is no number of a clause.
func writtenNumbers(src string) []writtenNumber {
	_, body, first := policy.SplitFrontMatter([]byte(src))
	var list []writtenNumber
	above := make(map[string]writtenNumber) // the number written last, by what is before it
	fenced, comment, blank := false, false, true
	for i, line := range strings.Split(strings.ReplaceAll(string(body), "\r", ""), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		line = htmlComment.ReplaceAllString(line, "")
		inside := comment
		comment = strings.Contains(line, "<!--") || comment && !strings.Contains(line, "-->")
		m := numbered.FindStringSubmatchIndex(line)
		if m == nil && strings.TrimLeft(line, " \t") == line && line != "" && blank {
			clear(above) // a paragraph or heading ends all lists
		}
		blank = line == ""
		if fenced || inside || m == nil {
			continue
		}
		w := writtenNumber{line: first + i, word: firstWord(line[m[6]:m[7]])}
		w.number, _ = strconv.Atoi(line[m[2]:m[3]])
		w.counted = w.number
		if before, ok := above[line[:m[2]]]; ok && before.number == w.number && !strings.HasPrefix(line, "#") {
			w.counted = before.counted + 1
		}
		if above[line[:m[2]]] = w; w.word != "" {
			list = append(list, w)
		}
	}
	return list
}

// markUp is what of Markdown and HTML may be before or in a word. Links and
// references are left out whole: their words are what counts.
var markUp = regexp.MustCompile(`<[^>]*>|[\\*_\[\]` + "`" + `]|&[a-z]+;`)

// firstWord returns the first run of letters and digits in a line of Markdown.
func firstWord(line string) string {
	words := wordsOf(markUp.ReplaceAllString(line, ""))
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// shownWords lists the words of a page with the numbers that a browser puts
// before the items of its lists: HTML, section 4.4.8, "ordinal value".
func shownWords(t *testing.T, page []byte) []string {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	var text strings.Builder
	flush := func() {
		words = append(words, wordsOf(text.String())...)
		text.Reset()
	}
	next := make(map[*html.Node]int)
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
		case n.Data == "ol":
			next[n] = attributeOr(n, "start", 1)
		case n.Data == "li" && n.Parent.Data == "ol":
			flush()
			number := attributeOr(n, "value", next[n.Parent])
			next[n.Parent] = number + 1
			words = append(words, strconv.Itoa(number))
		case n.Type == html.ElementNode && !inline[n.Data]:
			flush()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode && !inline[n.Data] {
			flush()
		}
	}
	walk(root)
	return words
}

var inline = map[string]bool{"a": true, "strong": true, "em": true, "code": true, "del": true, "span": true}

func attributeOr(n *html.Node, name string, otherwise int) int {
	for _, a := range n.Attr {
		if number, err := strconv.Atoi(a.Val); a.Key == name && err == nil {
			return number
		}
	}
	return otherwise
}

// unfaithful lists the numbers of a source that its page does not show before
// the same word, and counts those that it looked at.
func unfaithful(t *testing.T, name string, src []byte) (wrong []string, all int) {
	doc, err := policy.Parse(name, src)
	if doc == nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	render.DocumentHTML(&page, doc)
	written := writtenNumbers(string(src))
	wrong = append(wrong, notShown(name+" (page)", written, shownWords(t, page.Bytes()))...)
	wrong = append(wrong, notShown(name+" (text)", written, wordsOf(render.DocumentText(doc)))...)
	return wrong, len(written)
}

// notShown lists the numbers that are not before their word.
func notShown(name string, written []writtenNumber, words []string) (wrong []string) {
	shown := make(map[string]int)
	for i := 1; i < len(words); i++ {
		if number, err := strconv.Atoi(words[i-1]); err == nil {
			shown[fmt.Sprintf("%d %s", number, words[i])]++
		}
	}
	take := func(number int, word string) bool {
		key := fmt.Sprintf("%d %s", number, word)
		shown[key]--
		if shown[key] < 0 {
			shown[key] = 0
			return false
		}
		return true
	}
	for _, counting := range []bool{false, true} { // first those that can only be shown in one way
		for _, w := range written {
			if _, err := strconv.Atoi(w.word); err == nil && strings.HasSuffix(name, "(text)") {
				continue // an item that begins with a list: plain text shows the inner number only
			}
			if counting == (w.counted != w.number) && !take(w.counted, w.word) && !(counting && take(w.number, w.word)) {
				wrong = append(wrong, fmt.Sprintf("%s:%d: %d %q, or counted %d", name, w.line, w.number, w.word, w.counted))
			}
		}
	}
	return wrong
}

func TestEveryNumberOfTheSeedIsShown(t *testing.T) {
	src, err := os.ReadFile(shared(t, "seed/privacy-policy.txt"))
	if err != nil {
		t.Fatal(err)
	}
	wrong, all := unfaithful(t, "privacy-policy.txt", src)
	if all < 24 || len(wrong) > 0 {
		t.Errorf("%d numbers, not shown:\n%s", all, strings.Join(wrong, "\n"))
	}
}

func TestEveryNumberOfTheRealTextsIsShown(t *testing.T) {
	for _, name := range bundles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := corpus(t, name)
			var files, names []string
			for file := range strings.SplitSeq(strings.TrimSpace(gitOutput(t, dir, "ls-tree", "-r", "--name-only", "HEAD")), "\n") {
				if strings.HasSuffix(file, ".md") {
					files, names = append(files, file), append(names, "HEAD:"+file)
				}
			}
			var wrong []string
			count := 0
			gitTexts(t, dir, names, func(i int, _ string, text []byte) {
				w, all := unfaithful(t, files[i], text)
				wrong, count = append(wrong, w...), count+all
			})
			t.Logf("%d texts, %d numbers", len(files), count)
			if len(wrong) > 0 || count == 0 {
				t.Errorf("%d of %d numbers are not shown:\n%s", len(wrong), count, strings.Join(wrong[:min(40, len(wrong))], "\n"))
			}
		})
	}
}
