package render_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/codicil/codicil/render"
)

func TestRedlineText(t *testing.T) {
	var b bytes.Buffer
	render.RedlineText(&b, compare(t, before, after), render.TextOptions{})
	for _, want := range []string{"\nPrivacy\n", "for [-30-]{+60+} days", "[-10-]{+12+}", "{+plums+}", "moved: This clause"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "Unchanged") {
		t.Error("unchanged words are told")
	}
	b.Reset()
	render.RedlineText(&b, compare(t, before, after), render.TextOptions{Color: true, Width: 30})
	if !strings.Contains(b.String(), "\x1b[31;9m30\x1b[0m\x1b[32;4m60\x1b[0m") {
		t.Errorf("no colours in %q", b.String())
	}
	for line := range strings.SplitSeq(b.String(), "\n") {
		plain := strings.NewReplacer("\x1b[31;9m", "", "\x1b[32;4m", "", "\x1b[1m", "", "\x1b[0m", "").Replace(line)
		if len(plain) > 30 && !strings.Contains(plain, "changes in") {
			t.Errorf("line of %d columns: %q", len(plain), plain)
		}
	}
}

func TestATextCannotCommandATerminal(t *testing.T) {
	var b bytes.Buffer
	render.RedlineText(&b, compare(t, "a", "a \x1b[2J\u009b2J b"), render.TextOptions{})
	if strings.ContainsAny(b.String(), "\x1b\u009b") {
		t.Errorf("an escape sequence of the text got through: %q", b.String())
	}
}

func TestRedlineMarkdown(t *testing.T) {
	var b bytes.Buffer
	render.RedlineMarkdown(&b, compare(t, before, after), 2)
	for _, want := range []string{"#### Privacy", "~~30~~**60**", " more."} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	b.Reset()
	render.RedlineMarkdown(&b, compare(t, "x", "[a](http://e.example) *b* <i> | c @someone"), 0)
	if strings.ContainsAny(strings.NewReplacer("\\[", "", "\\]", "", "\\<", "", "\\@", "").Replace(b.String()), "<[@") {
		t.Errorf("markup of the text is not escaped: %s", b.String())
	}
}

func TestMarkdownMarksAreReadAsMarks(t *testing.T) {
	for _, tt := range []struct{ old, now, want string }{
		{"one two", "one three", "one ~~two~~**three**"},
		{"ab c", "(x)ab c", "<b>(x)</b>ab c"},
		{"(x)ab c", "ab c", "<del>(x)</del>ab c"},
	} {
		var b bytes.Buffer
		render.RedlineMarkdown(&b, compare(t, tt.old, tt.now), 0)
		if !strings.Contains(strings.ReplaceAll(b.String(), "\\", ""), tt.want) {
			t.Errorf("no %q in %s", tt.want, b.String())
		}
	}
}

func TestRedlineJSON(t *testing.T) {
	var b bytes.Buffer
	r := compare(t, before, after)
	render.RedlineJSON(&b, r)
	var got struct {
		Stat    struct{ Changes int }
		Limited bool
		Changes []struct {
			Number        int
			Kind          string
			Clause        struct{ ID, Title string }
			Before, After string
			Edits         []struct{ Op, Text string }
			Move          int
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Stat.Changes != len(r.Changes()) || len(got.Changes) != len(r.Changes()) {
		t.Fatalf("%d changes counted, %d listed, want %d", got.Stat.Changes, len(got.Changes), len(r.Changes()))
	}
	if c := got.Changes[0]; c.Kind != "moved" || c.Move != 1 || c.Before != c.After || c.Clause.ID != "privacy" {
		t.Errorf("first change %+v", c)
	}
}

func TestARedlineCutOffSaysHowMuchIsLeft(t *testing.T) {
	r := compare(t, "One.", "One.\n\nTwo more.\n\nThree more.\n\nFour more.\n\nFive more.").First(1)
	for form, write := range map[string]func(*bytes.Buffer){
		"3 more changes are not shown here.":          func(b *bytes.Buffer) { render.RedlineHTML(b, r, render.RedlineOptions{}) },
		"\n3 more changes are not shown here.\n":      func(b *bytes.Buffer) { render.RedlineText(b, r, render.TextOptions{}) },
		"\n3 more.\n":                                 func(b *bytes.Buffer) { render.RedlineMarkdown(b, r, 0) },
		`"omitted": 3`:                                func(b *bytes.Buffer) { render.RedlineJSON(b, r) },
		"3 autres modifications ne sont pas montrées": func(b *bytes.Buffer) { render.RedlineHTML(b, r, render.RedlineOptions{Lang: "fr"}) },
	} {
		var b bytes.Buffer
		write(&b)
		if got := b.String(); !strings.Contains(got, form) || !strings.Contains(got, "Two more") || strings.Contains(got, "Three") {
			t.Errorf("no %q, or other words than those of the first change, in\n%s", form, got)
		}
	}
}
