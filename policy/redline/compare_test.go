package redline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// told writes changes as people would note them.
func told(r *redline.Redline) string {
	var out []string
	for _, c := range r.Changes() {
		text := ""
		switch {
		case c.Edits != nil:
			for _, e := range c.Edits {
				text += map[redline.Op]string{redline.Keep: "%s", redline.Delete: "[-%s-]", redline.Insert: "{+%s+}"}[e.Op]
				if e.Restyled {
					text = strings.TrimSuffix(text, "%s") + "(restyled %s)"
				}
				text = fmt.Sprintf(text, e.Text())
			}
		case c.New != nil:
			text = c.New.Text()
		default:
			text = c.Old.Text()
		}
		out = append(out, string(c.Kind)+": "+text)
	}
	return strings.Join(out, "\n")
}

func TestChangesAreToldAsAPersonWouldMarkThem(t *testing.T) {
	const a, b, c, d = "We collect your name and your address when you register.",
		"Our partners in the region process it on our behalf.",
		"You may object at any time by writing to our office.",
		"This policy was last reviewed by the board in spring."
	tests := []struct{ name, old, new, want string }{
		{"nothing", a, a, ""},
		{"only wrapped anew", "one two\nthree", "one\ntwo three", ""},
		{"another kind of space", "1\u00a0000 days", "1 000 days", ""},
		{"a word", "We keep it for 30 days.", "We keep it for 60 days.", "edited: We keep it for [-30-]{+60+} days."},
		{"a word came", "We share data.", "We never share data.", "edited: We{+ never+} share data."},
		{"a space came", "one(two)", "one (two)", "edited: one{+ +}(two)"},
		{"never inside a word", "We incorporate it.", "We form it.", "edited: We [-incorporate-]{+form+} it."},
		{"a link's target", "See [our terms](/a).", "See [our terms](/b).", "edited: See [-our terms-]{+our terms+}."},
		{"emphasis", "It is **not** sold.", "It is not sold.", "edited: It is (restyled not) sold."},
		{"a picture", "![logo](a.png)", "![logo](b.png)", "edited: [-logo-]{+logo+}"},
		{"a sentence at its borders", "One thing. One end.", "One thing. One more thing. One end.", "edited: One thing.{+ One more thing.+} One end."},
		{"a rewritten sentence", "We may sell the list of users to any of our partners.", "They will not give a record of members or visitors to those advertisers.",
			"removed: We may sell the list of users to any of our partners.\nadded: They will not give a record of members or visitors to those advertisers."},
		{"stray words go with what surrounds them", "You agree, but only with your consent, if you opt in to our list.", "You agree based on your choices and in accordance with our list.",
			"edited: You agree[-, but only with your consent, if you opt in to-]{+ based on your choices and in accordance with+} our list."},
		{"a block came", a, a + "\n\n" + b, "added: " + b},
		{"a block went", a + "\n\n" + b, b, "removed: " + a},
		{"a block moved", a + "\n\n" + b + "\n\n" + c + "\n\n" + d, b + "\n\n" + c + "\n\n" + d + "\n\n" + a, "moved: " + a},
		{"too short to be a move", "Short.\n\n" + b + "\n\n" + c, b + "\n\n" + c + "\n\nShort.", "removed: Short.\nadded: Short."},
		{"moved and edited", a + "\n\n" + b + "\n\n" + c + "\n\n" + d, b + "\n\n" + c + "\n\n" + d + "\n\n" + strings.Replace(a, "address", "email", 1),
			"moved: We collect your name and your [-address-]{+email+} when you register."},
		{"split in two", a + " " + b, a + "\n\n" + b, "edited: " + a + "[- -]{+\n+}" + b},
		{"merged", a + "\n\n" + b, a + " " + b, "edited: " + a + "[-\n-]{+ +}" + b},
		{"a paragraph became a list", "We collect your full name at registration, your postal address at payment.", "- your full name at registration\n- your postal address at payment",
			"edited: [-We collect -]your full name at registration[-, -]{+\n+}your postal address at payment[-.-]"},
		{"another level", "## Our duties to all users", "### Our duties to all users", "reshaped: Our duties to all users"},
		{"renumbered item", "1. " + a + "\n3. " + b, "1. " + a + "\n2. " + b, "renumbered: " + b},
		{"renumbered heading", "## 4. Fees of the service", "## 5. Fees of the service", "renumbered: [-4-]{+5+}. Fees of the service"},
		{"a line", "a\n\n---\n\nb", "a\n\nb", "removed: "},
		{"a cell", "|a|b|\n|-|-|\n|fee|10|\n|tax|20|", "|a|b|\n|-|-|\n|fee|15|\n|tax|20|", "edited: [-10-]{+15+}"},
		{"a table row", "|a|b|\n|-|-|\n|fee|10|\n|tax|20|", "|a|b|\n|-|-|\n|tax|20|", "removed: fee\nremoved: 10"},
		{"a column", "|a|b|\n|-|-|\n|fee|10|\n|tax|20|", "|a|c|b|\n|-|-|-|\n|fee|x|10|\n|tax|y|20|", "added: c\nadded: x\nadded: y"},
		{"an item", "- apples and pears\n- nuts and figs", "- apples and pears\n- berries\n- nuts and figs", "added: berries"},
		{"ideographs", "我们保存您的数据三十天。", "我们保存您的资料三十天。", "edited: 我们保存您的[-数据-]{+资料+}三十天。"},
		{"right to left", "אנו שומרים מידע", "אנו מוחקים מידע", "edited: אנו [-שומרים-]{+מוחקים+} מידע"},
		{"an accent", "le resume\u0301 fini", "le resume fini", "edited: le [-resume\u0301-]{+resume+} fini"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := redline.Compare(parse(t, tt.old), parse(t, tt.new))
			checkLaws(t, r)
			if got := told(r); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestOddInput(t *testing.T) {
	empty := &policy.Document{}
	one := parse(t, "# One\n\ntext")
	for name, r := range map[string]*redline.Redline{
		"both missing": redline.Compare(nil, nil), "old missing": redline.Compare(nil, one), "new missing": redline.Compare(one, nil),
		"empty": redline.Compare(empty, one), "front matter only": redline.Compare(parse(t, "---\ntitle: x\n---\n"), one),
		"line ends": redline.Compare(parse(t, "# One\r\n\r\ntext\r\n"), one),
	} {
		checkLaws(t, r)
		want := 2
		if name == "line ends" || name == "both missing" {
			want = 0
		}
		if n := len(r.Changes()); n != want {
			t.Errorf("%s: %d changes, want %d", name, n, want)
		}
	}
}

func TestTheWorstCaseIsBounded(t *testing.T) {
	long := func(prefix string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%s%d ", prefix, i*2654435761%1000003)
		}
		return b.String()
	}
	r := redline.Compare(parse(t, long("a", 40000)+" end"), parse(t, long("b", 40000)+" end"))
	checkLaws(t, r)
	few := func(seed int) string {
		var b strings.Builder
		for range 6000 {
			seed = seed * 48271 % 2147483647
			fmt.Fprintf(&b, "w%d ", seed%60)
		}
		return b.String()
	}
	r = redline.Compare(parse(t, few(1)), parse(t, few(7)))
	checkLaws(t, r)
	if !r.Limited {
		t.Error("two paragraphs of thousands of words without a landmark: not limited")
	}
	var old, now strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&old, "old%d words%d here%d\n\n", i, i, i)
		fmt.Fprintf(&now, "new%d terms%d there%d\n\n", i, i, i)
	}
	r = redline.Compare(parse(t, old.String()), parse(t, now.String()))
	checkLaws(t, r)
	if !r.Limited {
		t.Error("thousands of different blocks: not limited")
	}
}

func TestALongParagraphIsComparedAroundItsLandmarks(t *testing.T) {
	var b strings.Builder
	for i := range 9000 {
		fmt.Fprintf(&b, "word%d the ", i)
	}
	old := b.String()
	r := redline.Compare(parse(t, old), parse(t, strings.NewReplacer("word5 ", "other ", "word8000 ", "another ").Replace(old)))
	checkLaws(t, r)
	if s := r.Stat(); r.Limited || s.Insertions != 2 || s.Deletions != 2 {
		t.Errorf("two words of 18,000 changed: %s, limited %v", s, r.Limited)
	}
}

func TestStatInWords(t *testing.T) {
	for want, s := range map[string]redline.Stat{
		"no changes": {},
		"12 changes in 5 clauses: 7 insertions, 4 deletions, 1 move": {Changes: 12, Clauses: 5, Insertions: 7, Deletions: 4, Moves: 1},
		"1 change in 1 clause: 1 deletion":                           {Changes: 1, Clauses: 1, Deletions: 1},
		"1 change in 1 clause":                                       {Changes: 1, Clauses: 1},
	} {
		if got := s.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAChangeKnowsItsClause(t *testing.T) {
	r := redline.Compare(parse(t, "intro one\n\n## 1. Fees\n\nWe charge ten euros a month."), parse(t, "intro two\n\n## 1. Fees\n\nWe charge twelve euros a month."))
	c := r.Changes()
	if len(c) != 2 || c[0].Clause != nil || c[1].Clause.Name() != "1 Fees" {
		t.Fatalf("changes %+v", c)
	}
	before, after := c[1].Texts()
	if before != "We charge ten euros a month." || after != "We charge twelve euros a month." {
		t.Errorf("texts %q, %q", before, after)
	}
}

func TestTheFirstChangesOfARedline(t *testing.T) {
	before := parse(t, "One thing is here.\n\nAnother one follows it at once.\n\nThe third is to move.\n\nA fourth.")
	after := parse(t, "One thing was here.\n\nThe third is to move.\n\nAnother one follows it at once.\n\nA fifth.\n\nA last one.")
	whole := redline.Compare(before, after)
	all := whole.Changes()
	if len(all) < 4 {
		t.Fatalf("%d changes:\n%s", len(all), told(whole))
	}
	for n := range all {
		cut := whole.First(n)
		if got := cut.Changes(); len(got) != n || cut.Omitted != len(all)-n || cut.Stat() != whole.Stat() {
			t.Errorf("first %d: %d changes, %d left, %s; all: %s", n, len(got), cut.Omitted, cut.Stat(), whole.Stat())
		}
		for i, row := range cut.Rows {
			if row.Change > n || row.New != whole.Rows[i].New || row.Old != whole.Rows[i].Old {
				t.Errorf("first %d: row %d is another", n, i)
			}
		}
	}
	if whole.First(len(all)) != whole {
		t.Error("nothing was left out, and it is another redline")
	}
}
