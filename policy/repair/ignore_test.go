package repair

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// excused returns what is left of the findings in a text, as "line rule".
func excused(t *testing.T, src string, extra ...*policy.Diagnostic) []string {
	t.Helper()
	d, err := policy.Parse("x.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, f := range Excused("x.md", []byte(src), append(Lint(d, []byte(src)), extra...)) {
		left = append(left, fmt.Sprintf("%d %s", f.Line, f.Rule))
	}
	slices.Sort(left)
	return left
}

func TestCommentsExcuseTheBlockThatFollows(t *testing.T) {
	const fault = "Please check this page regularly for changes."
	const excuse = "<!-- codicil:ignore check-back we also tell them by email -->"
	tests := []struct {
		name, src string
		want      []string
	}{
		{"no comment", fault, []string{"1 check-back"}},
		{"on the line before", excuse + "\n\n" + fault, nil},
		{"on the same line", "Now. " + fault + " " + excuse, nil},
		{"the block after the next", excuse + "\n\nWords.\n\n" + fault, []string{"1 ignore", "5 check-back"}},
		{"without a reason", "<!-- codicil:ignore check-back -->\n\n" + fault, []string{"1 ignore", "3 check-back"}},
		{"another rule", "<!-- codicil:ignore nbsp pasted -->\n\n" + fault, []string{"1 ignore", "3 check-back"}},
		{"no such rule", "<!-- codicil:ignore spelling it is ours -->\n\n" + fault, []string{"1 ignore", "3 check-back"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := excused(t, "# Changes\n\n"+test.src+"\n"); !slices.Equal(got, shifted(test.want, 2)) {
				t.Errorf("got %v, want %v", got, shifted(test.want, 2))
			}
		})
	}
}

// shifted moves findings down by some lines.
func shifted(list []string, by int) []string {
	var moved []string
	for _, f := range list {
		var line int
		var rule string
		_, _ = fmt.Sscan(f, &line, &rule)
		moved = append(moved, fmt.Sprintf("%d %s", line+by, rule))
	}
	return moved
}

func TestTheGateCannotBeTalkedOut(t *testing.T) {
	gate := &policy.Diagnostic{File: "x.md", Line: 3, Rule: "silent-change", Level: policy.Error}
	got := excused(t, "<!-- codicil:ignore silent-change it is fine -->\n\nWords.\n", gate)
	if !slices.Equal(got, []string{"1 ignore", "3 silent-change"}) {
		t.Errorf("got %v", got)
	}
}

func TestTidyMendsWhiteSpaceAndNoWord(t *testing.T) {
	src := "# Use\n\n\u00a0 We use it.\u00a0\n\u00a0\n10\u00a0000 people.\n\n```\n\u00a0code\n```\n"
	out, repairs := Tidy([]byte(src))
	if want := "# Use\n\nWe use it.\n\n10\u00a0000 people.\n\n```\n\u00a0code\n```\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
	if len(repairs) != 2 || repairs[0].Line != 3 || repairs[1].Line != 4 {
		t.Errorf("repairs: %+v", repairs)
	}
	if again, more := Tidy(out); string(again) != string(out) || len(more) != 0 {
		t.Errorf("a second time: %q, %v", again, more)
	}
	if got, want := strings.Fields(string(out)), strings.Fields(src); !slices.Equal(got, want) {
		t.Errorf("words %v became %v", want, got)
	}
}
