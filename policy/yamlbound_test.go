package policy

import (
	"fmt"
	"strings"
	"testing"
)

// TestYAMLThatKeepsAMachineBusyIsRefusedByTheNameOfItsBound: each of these took
// seconds, minutes or gigabytes.
func TestYAMLThatKeepsAMachineBusyIsRefusedByTheNameOfItsBound(t *testing.T) {
	t.Parallel()
	repeat := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i))
		}
		return b.String()
	}
	laughs := repeat(25, func(i int) string { return fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i) })
	for name, test := range map[string]struct{ yaml, bound string }{
		"brackets":                {"a: " + strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000), "100 values within each other"},
		"brackets on many lines":  {"a: " + strings.Repeat("[\n", 20_000), "100 values within each other"},
		"braces":                  {"a: " + strings.Repeat("{a: ", 900) + strings.Repeat("}", 900), "100 values within each other"},
		"dashes":                  {strings.Repeat("- ", 20_000) + "a", "100 values within each other"},
		"question marks":          {strings.Repeat("? ", 20_000) + "a", "100 values within each other"},
		"indentation":             {repeat(400, func(i int) string { return strings.Repeat(" ", i) + "a:\n" }), "100 values within each other"},
		"keys":                    {repeat(20_000, func(i int) string { return fmt.Sprintf("k%d: v\n", i) }), "2000 keys"},
		"keys on one line":        {"a: {" + repeat(20_000, func(i int) string { return fmt.Sprintf("k%d: v, ", i) }) + "}", "2000 keys"},
		"aliases of aliases":      {"a0: &a0 [x, x]\n" + laughs + "title: *a25\n", "20 aliases"},
		"anchors":                 {"a: " + strings.Repeat("&x ", 20_000) + "b", "200 anchors and tags"},
		"tags":                    {"a: " + strings.Repeat("!x ", 20_000) + "b", "200 anchors and tags"},
		"a value of a megabyte":   {"title: " + strings.Repeat("x", 1<<20), "262144 bytes"},
		"a megabyte of no values": {strings.Repeat("# x\n", 1<<18), "262144 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("a.md", []byte("---\n"+test.yaml+"\n---\n\n# A\n"))
			d, ok := err.(*Diagnostic)
			if !ok || !strings.Contains(d.Message, test.bound) || d.Line < 1 || d.Hint == "" {
				t.Errorf("got %v, want a fault that names %q", err, test.bound)
			}
		})
	}
}

// TestYAMLThatPeopleWriteStaysBelowTheBounds: a long summary with emphasis, a
// list of many words, a few aliases.
func TestYAMLThatPeopleWriteStaysBelowTheBounds(t *testing.T) {
	t.Parallel()
	for name, yaml := range map[string]string{
		"emphasis":    "summary: |\n" + strings.Repeat("  We *keep* data: [see here] & there!\n", 300),
		"a long list": "aliases:\n" + strings.Repeat("  - /old/terms\n", 3000),
		"aliases":     "a: &a [x]\n" + strings.Repeat("b: *a\n", 1) + "c: *a\n",
		"levels":      "a:\n b:\n  c:\n   - d: [{e: f}]\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse("a.md", []byte("---\n"+yaml+"---\n\n# A\n")); err != nil {
				t.Error(err)
			}
		})
	}
}
