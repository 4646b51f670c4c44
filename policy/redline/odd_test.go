package redline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// changed compares two texts, checks the laws, and returns how much changed.
func changed(t *testing.T, old, now string) (*redline.Redline, redline.Stat) {
	t.Helper()
	r := redline.Compare(parse(t, old), parse(t, now))
	checkLaws(t, r)
	checkPrecision(t, r)
	return r, r.Stat()
}

func TestALineOfAMegabyteIsCompared(t *testing.T) {
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, "Clause %d binds party %d. ", i, i*7919%10007)
	}
	_, s := changed(t, b.String(), strings.Replace(b.String(), "Clause 20000 binds", "Clause 20000 frees", 1))
	if s.Insertions != 1 || s.Deletions != 1 {
		t.Errorf("one word of a megabyte changed: %s", s)
	}
	one := strings.Repeat("x", 1<<20)
	if _, s := changed(t, one, one+"y"); s.Changes == 0 {
		t.Error("a word of a megabyte changed: no change")
	}
}

func TestDeepNestingIsCompared(t *testing.T) {
	var lists strings.Builder
	for i := range 1000 {
		lists.WriteString(strings.Repeat(" ", min(2*i, 200)) + "- item\n")
	}
	for name, deep := range map[string]string{"quotes": strings.Repeat(">", 10000) + " deep", "items": strings.Repeat("- ", 10000) + "deep", "lists": lists.String()} {
		if _, s := changed(t, deep, deep+" words"); s.Changes == 0 {
			t.Errorf("%s: no change", name)
		}
		if _, s := changed(t, deep, deep); s.Changes != 0 {
			t.Errorf("%s: %s against itself", name, s)
		}
	}
}

func TestSpacesLineEndsAndMarksOfAllKinds(t *testing.T) {
	tests := []struct{ name, old, now, want string }{
		{"a narrow space holds a number together", "1\u202f000 euros are due", "1\u202f500 euros are due", "edited: [-1\u202f000-]{+1\u202f500+} euros are due"},
		{"another space between words", "\u00a7\u00a04 of the act", "\u00a7\u20094 of the act", ""},
		{"line ends of Windows", "one two\r\nthree\r\n\r\nfour\r\n", "one two\nthree\n\nfive\n", "removed: four\nadded: five"},
		{"line ends of old", "one two\rthree", "one two three", ""},
		{"right to left with a number", "نحتفظ بالبيانات 30 يوما", "نحتفظ بالبيانات 60 يوما", "edited: نحتفظ بالبيانات [-30-]{+60+} يوما"},
		{"marks that combine", "re\u0301sume\u0301 sent", "re\u0301sume\u0301 kept", "edited: re\u0301sume\u0301 [-sent-]{+kept+}"},
		{"composed and combining are one to a reader", "caf\u00e9 open", "cafe\u0301 open", ""},
		{"a space without width", "co\u200boperate now", "co\u2060operate now", ""},
		{"hints beside what changed", "co\u200bop\u00aderate at once", "cooperate \u200bsoon", "edited: cooperate \u200b[-at once-]{+soon+}"},
		{"a mark of direction turns what is read", "within 14 days", "within \u202e14\u202c days", "edited: within[- 14-]{+ \u202e14\u202c+} days"},
		{"joined pictographs", "we are \U0001F469\u200d\U0001F4BB here", "we are \U0001F468\u200d\U0001F4BB here", "edited: we are [-\U0001F469\u200d\U0001F4BB-]{+\U0001F468\u200d\U0001F4BB+} here"},
		{"a soft hyphen", "co\u00adoperate now", "cooperate now", ""},
		{"a picture is replaced whole", "See ![our old logo](/l.png) here", "See ![our new logo](/l.png) here", "edited: See [-our old logo-]{+our new logo+} here"},
		{"unclosed HTML", "<div><b>bold words stay", "<div><b>bold words go", "edited: bold words [-stay-]{+go+}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := changed(t, tt.old, tt.now)
			if got := told(r); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestBytesThatAreNoTextAreCompared(t *testing.T) {
	binary := "\x00\x01\xff\xfe\x80PNG\r\n\x1a\n\xc3\x28 words"
	a, _ := policy.Parse("a", []byte(binary))
	b := parse(t, "words")
	for _, r := range []*redline.Redline{redline.Compare(a, b), redline.Compare(b, a), redline.Compare(a, a)} {
		checkLaws(t, r)
	}
}

func TestUnrelatedTextsStayReadable(t *testing.T) {
	text := func(stock string, seed int) string {
		words := strings.Fields(stock)
		var b strings.Builder
		for i := range 3000 {
			seed = seed * 48271 % 2147483647
			b.WriteString(words[seed%len(words)] + " ")
			if i%60 == 59 {
				b.WriteString("\n\n")
			}
		}
		return b.String()
	}
	_, s := changed(t, text("we keep your data safe and share none of it with partners abroad", 3), text("the board meets each spring to set the fee that members must pay", 5))
	if s.Insertions > 60 || s.Deletions > 60 || s.Moves > 0 {
		t.Errorf("unrelated texts of 50 paragraphs each: %s", s)
	}
}

func TestAListIsNotLeftForWhatWentAfterIt(t *testing.T) {
	r, _ := changed(t, "- apples and pears\n- nuts and figs\n\nThis paragraph was removed.\n\nThis one stays.", "- apples and pears\n- nuts and figs\n- berries\n\nThis one stays.")
	if got, want := told(r), "added: berries\nremoved: This paragraph was removed."; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
