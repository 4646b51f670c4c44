package render_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/codicil/codicil/render"
)

func TestMarksStandAtWordsAndNotAtSpaces(t *testing.T) {
	tests := []struct{ old, now, text, markdown string }{
		{"We put it here.", "We put helpful it here.", "We put {+helpful+} it here.", `We put **helpful** it here\.`},
		{"Keep this and that.", "Keep this.", "Keep this [-and that-].", `Keep this ~~and that~~\.`},
		{"One two", "Zero one two", "[-One-]{+Zero one+} two", "~~One~~**Zero one** two"},
		{"See [terms](/a) now.", "See [terms](/b) now.", "See [-terms </a>-]{+terms </b>+} now.", `See ~~terms \</a\>~~**terms \</b\>** now\.`},
		{"One", "One two", "One {+two+}", "One **two**"},
	}
	for _, test := range tests {
		r := compare(t, test.old, test.now)
		var text, markdown bytes.Buffer
		render.RedlineText(&text, r, render.TextOptions{})
		render.RedlineMarkdown(&markdown, r, 0)
		if got := lastLine(text.String()); got != test.text {
			t.Errorf("text is %q, want %q", got, test.text)
		}
		if got := lastLine(markdown.String()); got != test.markdown {
			t.Errorf("Markdown is %q, want %q", got, test.markdown)
		}
	}
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
