package policy_test

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestWhatAnotherProgramWouldRunBecomesWords(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"plain words":               {"## 1. Data {#data}\n\nA < B, [x](https://a.example) and <https://b.example>.\n", "## 1. Data {#data}\n\nA < B, [x](https://a.example) and <https://b.example>.\n"},
		"a table in HTML":           {"<table>\n<tr><td colspan=\"2\" onclick=\"x()\">A</td></tr>\n</table>\n", "<table>\n<tr><td colspan=\"2\">A</td></tr>\n</table>\n"},
		"a tag over two lines":      {"<div\nonclick=\"x()\"\nid=\"a\">\nwords\n</div>\n", "<div id=\"a\">\nwords\n</div>\n"},
		"a script":                  {"Words.\n\n<script>\nalert(1)\n</script>\n\nMore.\n", "Words.\n\n\n\nMore.\n"},
		"a handler within a line":   {"Some <b onmouseover=\"x()\">words</b> <img src=x onerror=x()>.\n", "Some <b>words</b> .\n"},
		"a frame":                   {"<iframe src=\"https://evil.example\"></iframe>\n", "\n"},
		"code":                      {"Write `<script>` or\n\n    {: onclick=\"x\"}\n", "Write `<script>` or\n\n    {: onclick=\"x\"}\n"},
		"attributes":                {"Words.\n{: onclick=\"alert(1)\"}\n", "Words.\n&#123;: onclick=\"alert(1)\"}\n"},
		"attributes of a heading":   {"# Title {#a onclick=\"alert(1)\" .b}\n", "# Title {#a}\n"},
		"options":                   {"{::nomarkdown}\n<b>x</b>\n{:/}\n", "&#123;::nomarkdown}\n<b>x</b>\n&#123;:/}\n"},
		"an address that runs":      {"[x](javascript:alert(1)) [y](https://a.example)\n", "\\[x](javascript:alert(1)) \\[y](https://a.example)\n"},
		"one spelt with an entity":  {"[x](java&#115;cript&colon;alert(1))\n", "\\[x](java&#115;cript&colon;alert(1))\n"},
		"one spelt with a tab":      {"[x](<java\tscript:alert(1)>)\n", "\\[x](&lt;java\tscript:alert(1)>)\n"},
		"one of a definition":       {"[x]\n\n[x]: JaVaScRiPt:alert(1)\n", "\\[x]\n\n\\[x]: JaVaScRiPt:alert(1)\n"},
		"a tag that is not closed":  {"<svg onload=alert(1)\n\nwords\n", "&lt;svg onload=alert(1)\n\nwords\n"},
		"a picture with an address": {"<a href=\"https://a.example\" style=\"x\">y</a>\n", "<a href=\"https://a.example\">y</a>\n"},
	} {
		if got := string(policy.Harmless([]byte(test.in))); got != test.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, test.want)
		}
	}
}

// FuzzHarmless: no text keeps a tag that runs something, and none makes it fail.
func FuzzHarmless(f *testing.F) {
	for _, seed := range []string{"<script>1</script>\n", "`a` <b onclick=1>x</b>\n", "- <div\n  onload=1>\n\n> <img src=x onerror=1>\n", "```\n<script>\n```\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		clean := strings.ToLower(string(policy.Harmless(body)))
		if strings.ContainsAny(clean, "`~") || strings.Contains(clean, "    ") || strings.Contains(clean, "\t") {
			return // what is code may say anything
		}
		for _, bad := range []string{"<script", "<iframe", "<svg", "<object", "<img", "<style"} {
			if strings.Contains(clean, bad) {
				t.Errorf("%q keeps %s: %q", body, bad, clean)
			}
		}
	})
}
