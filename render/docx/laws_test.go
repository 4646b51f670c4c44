package docx

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

func TestEveryPairReadsBackParagraphByParagraph(t *testing.T) {
	for _, p := range corpus(t) {
		t.Run(p.name, func(t *testing.T) {
			checkLaws(t, redline.Compare(p.parse(t, p.before), p.parse(t, p.after)))
		})
	}
}

// sentence draws words from few enough that texts share some.
func sentence(t *rapid.T) string {
	word := rapid.SampledFrom([]string{
		"we", "collect", "your", "data", "**name**", "*address*", "`token`", "~~never~~", "[policy](https://example.org/p)", "[clause](#data)",
		"keep", "for", "thirty", "days", "数据", "保护", "بيانات", "נתונים", "only", "when", "you", "agree,", "then", "(or", "not).", "![logo](a.png)", "\x01", "a  \nb",
	})
	return strings.Join(rapid.SliceOfN(word, 1, 14).Draw(t, "words"), " ")
}

func block(t *rapid.T) string {
	s := sentence(t)
	n := rapid.IntRange(0, 12).Draw(t, "number")
	switch rapid.IntRange(0, 12).Draw(t, "kind") {
	case 0:
		return "## " + strings.ReplaceAll(s, "\n", " ")
	case 1:
		return "### Data\n"
	case 2:
		return fmt.Sprintf("%d. %s\n%d. %s\n   - inner\n     1) deep\n\n   more", n, flat(s), n+1, flat(sentence(t)))
	case 3:
		return "- " + flat(s) + "\n- " + flat(sentence(t))
	case 4:
		return "> " + flat(s) + "\n>\n> 1. " + flat(sentence(t))
	case 5, 6:
		return "| a | b |\n|---|:-:|\n| " + flat(s) + " | x |\n| keep | " + flat(sentence(t)) + " |"
	case 7:
		return "```\n" + flat(s) + "\n  " + flat(sentence(t)) + "\n```"
	case 8:
		return "---"
	case 9:
		return "1. - " + flat(s) + "\n1. > " + flat(sentence(t))
	case 10:
		return flat(s) + "\n: " + flat(sentence(t)) + "\n\nlast\n\n: 1. " + flat(s) + "\n\n  more"
	}
	return s
}

func flat(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// mutated draws a text that another one could have become.
func mutated(t *rapid.T, blocks []string) []string {
	out := append([]string(nil), blocks...)
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		i := rapid.IntRange(0, len(out)).Draw(t, "place")
		rest := append([]string(nil), out[i:]...)
		switch kind := rapid.IntRange(0, 4).Draw(t, "change"); {
		case kind == 0:
			out = append(append(out[:i:i], block(t)), rest...)
		case len(rest) == 0:
		case kind == 1:
			out = append(out[:i:i], rest[1:]...)
		case kind == 2:
			out = append(append(out[:i:i], rest[1:]...), rest[0])
		case kind == 3:
			out = append(append(out[:i:i], strings.Replace(rest[0], " ", "\n\n", 1)), rest[1:]...)
		default:
			out = append(append(out[:i:i], strings.Replace(rest[0], "data", "all personal data", 1)), rest[1:]...)
		}
	}
	return out
}

func TestAnyRedlineReadsBackParagraphByParagraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks := rapid.SliceOfN(rapid.Custom(block), 0, 8).Draw(t, "blocks")
		before := strings.Join(blocks, "\n\n")
		after := strings.Join(mutated(t, blocks), "\n\n")
		old, err := policy.Parse("old.md", []byte(before))
		if err != nil {
			t.Skip(err)
		}
		now, err := policy.Parse("new.md", []byte(after))
		if err != nil {
			t.Skip(err)
		}
		checkLaws(t, redline.Compare(old, now))
	})
}
