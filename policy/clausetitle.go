package policy

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// How long a title in bold type may be. Longer ones are sentences that an
// author wants to be seen.
const (
	titleRunes = 80
	titleWords = 12 // of a title that is a paragraph of its own
	runInWords = 6  // of a title that its text goes on after
)

// hasYear knows the date lines that are in bold type at the head of a text.
var hasYear = regexp.MustCompile(`(?:19|20)\d\d`)

// boldTitle returns the title of a clause whose author made no heading of it:
// a short paragraph in bold type, "**4. Retention**", or the bold words that
// a paragraph begins with, "**Retention.** We keep ...".
func (b *Block) boldTitle() (number, title string) {
	if b.Kind != Paragraph || len(b.Spans) == 0 || b.Spans[0].Style&Strong == 0 {
		return "", ""
	}
	bold, rest := b.leadingBold()
	number, title = splitHeading(bold)
	switch {
	case bold == "" || utf8.RuneCountInString(bold) > titleRunes || hasYear.MatchString(bold):
		return "", ""
	case rest == "" && len(strings.Fields(title)) > titleWords:
		return "", ""
	case rest == "" && number == "" && strings.ContainsAny(bold[len(bold)-1:], ".!?;,"):
		return "", "" // a sentence
	case rest != "" && number == "" && !endsSentence(bold, rest):
		return "", "" // a word that is stressed, or a remark such as "Note:"
	case rest != "" && len(strings.Fields(title)) > runInWords:
		return "", ""
	}
	return number, strings.TrimRight(title, " .:。：")
}

// runIn returns the bold words between the number of a numbered paragraph or
// item and its text: the "Retention" of "4. **Retention.** We keep ...".
func (b *Block) runIn() string {
	bold, rest := b.leadingBold()
	_, title := splitNumber(bold)
	if title == "" || rest == "" || len(strings.Fields(title)) > runInWords || !endsSentence(bold, rest) && !strings.HasSuffix(bold, ":") {
		return ""
	}
	return strings.TrimRight(title, " .:。：")
}

// endsSentence reports whether a full stop parts the bold words from the rest.
func endsSentence(bold, rest string) bool {
	return strings.HasSuffix(bold, ".") || strings.HasSuffix(bold, "。") || strings.HasPrefix(rest, ". ")
}

// leadingBold parts the words of a block into the bold ones it begins with, a
// plain number before them left out, and the rest; it returns nothing of a block that
// begins with none.
func (b *Block) leadingBold() (bold, rest string) {
	spans := b.Spans
	if len(spans) > 1 && spans[0].Style&Strong == 0 {
		if number, words := splitNumber(spans[0].Text); number != "" && words == "" {
			spans = spans[1:]
		}
	}
	of, words := 0, false // so many of the spans are bold, and whether they have words
	for of < len(spans) && (spans[of].Style&Strong != 0 || words && strings.TrimSpace(spans[of].Text) == "") {
		words = words || spans[of].Text != ""
		of++
	}
	if !words {
		return "", ""
	}
	return strings.TrimSpace(textOf(spans[:of])), strings.TrimSpace(textOf(spans[of:]))
}
