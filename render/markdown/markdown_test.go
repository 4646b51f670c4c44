package markdown

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// plain is a form whose anchors are what policy.Parse itself reads.
func plain() Form {
	return Form{
		Heading: func(id string) string { return " {#" + id + "}" },
		Before:  func(id string) string { return `<a id="` + id + `"></a>` },
		HTML:    func(piece string) string { return piece },
		Link:    func(to string) string { return to },
	}
}

func written(t *testing.T, src string, f Form) string {
	t.Helper()
	d, err := policy.Parse("x.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	Document(&b, d, f)
	return b.String()
}

func TestBlocksStandInTheFormOfTheGenerator(t *testing.T) {
	kramdown := plain()
	kramdown.After = func(id string) string { return "{: #" + id + "}" }
	explicit := plain()
	explicit.Keep = func(string) bool { return false }
	for name, test := range map[string]struct {
		form      Form
		src, want string
	}{
		"anchor of a heading":      {explicit, "## 1. Data {#data}\n", "## 1. Data {#data}\n"},
		"made anchor of a heading": {explicit, "## 1. Data\n", "## 1. Data {#data}\n"},
		"anchor before words":      {explicit, "1.1 We keep logs. {#logs}\n", "<a id=\"logs\"></a>1.1 We keep logs.\n"},
		"anchor below words":       {kramdown, "1.1 We keep logs. {#logs}\n", "1.1 We keep logs.\n{: #logs}\n"},
		"anchor of an item":        {explicit, "1. One {#one}\n2. Two\n", "1. <a id=\"one\"></a>One\n2. Two\n"},
		"other attributes go":      {explicit, "Words. {: class=\"x\"}\n", "Words.\n"},
		"nested lists":             {explicit, "- a\n  1. b\n  2. c\n- d\n", "- a\n  1. b\n  2. c\n- d\n"},
		"loose list":               {explicit, "1. a\n\n   b\n\n2. c\n", "1. a\n\n   b\n\n2. c\n"},
		"gaps in numbers":          {explicit, "1. a\n3. b\n", "<ol>\n<li>a\n</li>\n<li value=\"3\">b\n</li>\n</ol>\n"},
		"two lists":                {explicit, "- a\n\n* b\n", "- a\n\n<!-- -->\n\n- b\n"},
		"table":                    {explicit, "| a | b |\n|:--|--:|\n| c \\| d | e |\n", "| a | b |\n|:---|---:|\n| c \\| d | e |\n"},
		"quotation":                {explicit, "> a\n>\n> b\n", "> a\n>\n> b\n"},
		"footnote":                 {explicit, "Words[^1].\n\n[^1]: Said *so*.\n", "Words[^1].\n\n[^1]: Said *so*.\n"},
		"footnote of what is HTML": {explicit, "1. a[^1]\n3. b\n\nWords[^1] and[^2].\n\n[^1]: Said.\n\n[^2]: More.\n", "<ol>\n<li>a<sup><a href=\"#note-1\">[1]</a></sup>\n</li>\n<li value=\"3\">b\n</li>\n</ol>\n\nWords[\\[1\\]](#note-1) and[\\[2\\]](#note-2).\n\n<a id=\"note-1\"></a>\\[1\\] Said.\n\n<a id=\"note-2\"></a>\\[2\\] More.\n"},
		"footnote without a place": {explicit, "Words[^1].\n\n[^1]: a\n\n[^2]: b\n", "Words[^1].\n\n[^1]: a\n\n<a id=\"note-2\"></a>\\[2\\] b\n"},
		"styles":                   {explicit, "**Bold**, *not*, ~~gone~~ and `x`.\n", "**Bold**, *not*, ~~gone~~ and `x`.\n"},
		"links":                    {explicit, "See [this **one**](a.md) and <https://example.com/a_b>.\n", "See [this **one**](a.md) and <https://example.com/a_b>.\n"},
		"words that look like marks": {explicit, "12\\. a \\* b \\# {{ c }} {% d %} {{< e >}} f | g $h$\n",
			"12\\. a \\* b # \\{\\{ c \\}\\} \\{&#37; d %\\} \\{\\{&lt; e >\\}\\} f \\| g \\$h\\$\n"},
		"commands in code": {explicit, "Say `{{ x }}`.\n", "<p>Say <code>&#123;&#123; x }}</code>.</p>\n"},
		"line break":       {explicit, "a\\\nb\n", "a  \nb\n"},
	} {
		if got := written(t, test.src, test.form); got != test.want {
			t.Errorf("%s:\n%s\nbecame\n%s\nwant\n%s", name, test.src, got, test.want)
		}
	}
}

// TestNoWordIsLost writes texts of odd pieces and reads them back.
func TestNoWordIsLost(t *testing.T) {
	pieces := []string{"## 1. Data {#data}\n\n", "1.1 We keep *logs* for **30 days**. {#logs}\n\n", "- a\n- b\n  - c\n\n", "3. x\n4. y\n\n", "a) one\n\nb) two\n\n",
		"> said\n\n", "| a | b |\n|---|---|\n| `c` | d |\n\n", "```\n{{ code }}\n```\n\n", "Words \\# and _so_ on & on < 3\n\n", "**\"Data\"**means *x*y\n\n",
		"***\n\n", "See [the terms](terms.md#a), <a@example.com>.\n\n", "<table><tr><td rowspan=2>x</td><td>y</td></tr><tr><td>z</td></tr></table>\n\n", "1. a\n\n   b\n\n2. c\n\n", "# ~~x~~ | y\n\n"}
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces"), "")
		d, err := policy.Parse("x.md", []byte(src))
		if err != nil {
			t.Skip(err)
		}
		var b bytes.Buffer
		Document(&b, d, plain())
		again, err := policy.Parse("x.md", b.Bytes())
		if err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		squeeze := func(d *policy.Document) string { return strings.Join(strings.Fields(render.DocumentText(d)), " ") }
		if was, now := squeeze(d), squeeze(again); was != now {
			t.Errorf("words differ:\n%s\n---\n%s\nwritten as\n%s", was, now, b.String())
		}
	})
}
