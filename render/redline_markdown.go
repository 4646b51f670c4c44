package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// RedlineMarkdown writes what changed, clause by clause, with **inserted** and
// ~~deleted~~ words, as GitHub Flavored Markdown without links or markup of
// the texts: the first so many changes, or all with a limit of 0, and how many
// are left.
func RedlineMarkdown(w io.Writer, r *redline.Redline, limit int) error {
	return into(w, func(b *bytes.Buffer) { redlineMarkdown(b, r, limit) })
}

func redlineMarkdown(b *bytes.Buffer, r *redline.Redline, limit int) {
	changes := r.Changes()
	fmt.Fprintf(b, "%s.\n", r.Stat())
	if r.Limited {
		fmt.Fprintf(b, "\n%s\n", english().limited)
	}
	places := r.Places()
	var last *policy.Clause
	for i, c := range changes {
		if limit > 0 && i == limit {
			fmt.Fprintf(b, "\n%d more.\n", len(changes)+r.Omitted-limit)
			return
		}
		if c.Clause != last || i == 0 {
			fmt.Fprintf(b, "\n#### %s\n", escapeMarkdown(clauseName(c.Clause)))
			last = c.Clause
		}
		fmt.Fprintf(b, "\n%s\n", markdownChange(c, escapeMarkdown(strings.TrimSuffix(stood(places, c), ": "))))
	}
	if r.Omitted > 0 {
		fmt.Fprintf(b, "\n%d more.\n", r.Omitted)
	}
}

// markdownChange writes one change as one paragraph, with what its place says.
func markdownChange(c redline.Change, place string) string {
	note := ""
	if place != "" {
		note = "*" + place + ":* "
	}
	switch c.Kind {
	case redline.Moved:
		note = strings.TrimSpace("*Moved "+place) + ":* "
	case redline.Reshaped:
		note += "*Form changed:* "
	case redline.Renumbered:
		note += "*Renumbered:* "
		if c.Edits == nil {
			note += escapeMarkdown(number(c.Old)+" → "+number(c.New)) + " "
		}
	case redline.Added, redline.Removed:
		if rule := shownBlock(c).Kind == policy.Rule; rule {
			return "*Line " + string(c.Kind) + ".*"
		}
	}
	var b strings.Builder
	edits := runs(c)
	for i, e := range edits {
		next := ""
		if i+1 < len(edits) && edits[i+1].Op == redline.Keep {
			next = edits[i+1].Text()
		}
		b.WriteString(markdownRun(e.Op, said(edits, i), b.String(), next))
	}
	return note + strings.TrimSpace(b.String())
}

func shownBlock(c redline.Change) *policy.Block {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// markdownRun marks the words of a run. Marks are at the words, not at the
// spaces around them, and give way to tags where CommonMark would not read them
// as marks: between a punctuation mark and a letter.
func markdownRun(op redline.Op, words, before, after string) string {
	text := strings.ReplaceAll(words, "\n", " ¶ ")
	body := strings.TrimSpace(text)
	switch {
	case op == redline.Keep:
		return escapeMarkdown(strings.ReplaceAll(words, "\n", " "))
	case body == "":
		return text
	}
	open, end := "**", "**"
	if op == redline.Delete {
		open, end = "~~", "~~"
	}
	at := strings.Index(text, body)
	left, right := text[:at], text[at+len(body):]
	last, _ := utf8.DecodeLastRuneInString(body)
	first, _ := utf8.DecodeRuneInString(body)
	beside, _ := utf8.DecodeLastRuneInString(before + left)
	next, _ := utf8.DecodeRuneInString(right + after)
	if !wordy(first) && wordy(beside) || !wordy(last) && wordy(next) {
		open, end = "<b>", "</b>"
		if op == redline.Delete {
			open, end = "<del>", "</del>"
		}
	}
	return left + open + escapeMarkdown(body) + end + right
}

// wordy reports whether CommonMark takes a character for one of a word.
func wordy(r rune) bool {
	return r != utf8.RuneError && !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r)
}

// escapeMarkdown keeps the words of a text from being read as markup.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("\\`*_{}[]<>()#+-.!|~&@:", r):
			b.WriteString("\\" + string(r))
		case r < ' ':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
