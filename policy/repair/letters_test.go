package repair

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"pgregory.net/rapid"
)

func TestCitationsFollowTheItemsTheyName(t *testing.T) {
	text := func(cites, number, third string) string {
		return "# Rules\n\n## 1. Aim\n\n" + cites + "\n\n## " + number + ". Use\n\n(a) boats\n\n(" + third + ") nets\n\n" + number + ".1 Text.\n\n## %s. Last\n\nEnd.\n"
	}
	for name, c := range map[string]struct{ before, after string }{
		"an item of a section":      {"See section 3(a).", "See section 2(a)."},
		"the second of several":     {"See sections 1 and 3(c).", "See sections 1 and 2(b)."},
		"one after a comma":         {"See clause 3, 3(c) and 30 days.", "See clause 2, 2(b) and 30 days."},
		"an item in words":          {"See paragraph (c) of section 3.", "See paragraph (b) of section 2."},
		"items in words":            {"See items (a) and (c) of section 3.", "See items (a) and (b) of section 2."},
		"an item nearby":            {"See paragraph (c) below.", "See paragraph (b) below."},
		"an item of a law":          {"See paragraph (c) of section 3 of the Boats Act.", "See paragraph (c) of section 3 of the Boats Act."},
		"a clause after the items":  {"See clause 3.1.", "See clause 2.1."},
		"an item that is not there": {"See section 3(x).", "See section 3(x)."},
	} {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprintf(text(c.before, "3", "c"), "4")
			out, repairs, err := Numbering("r.md", []byte(before))
			if err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprintf(text(c.after, "2", "b"), "3")
			got := strings.NewReplacer(" {#use}", "", " {#last}", "").Replace(string(out))
			if got != want {
				t.Errorf("numbered:\n%s\nwant:\n%s\nrepairs: %+v", got, want, repairs)
			}
		})
	}
}

func TestASecondClauseOfOneNumberCountsOn(t *testing.T) {
	out, repairs, err := Numbering("r.md", []byte("# R\n\n## 1. Aim\n\n1.1 Boats.\n\n1.1 Nets.\n\n1.2 Ropes, see clause 1.1.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "# R\n\n## 1. Aim\n\n1.1 Boats.\n\n1.2 Nets.\n\n1.3 Ropes, see clause 1.1.\n"; string(out) != want {
		t.Errorf("numbered:\n%s\nwant:\n%s", out, want)
	}
	if last := repairs[len(repairs)-1]; !last.Open() || last.Before != "1.1" {
		t.Errorf("the citation of a number that two clauses had is no doubt: %+v", repairs)
	}
}

// What fix leaves wrong it says.
func TestCheckFindsNothingThatFixDidNotName(t *testing.T) {
	about := map[string]bool{"number-repeated": true, "number-gap": true, "numbering-style": true, "item-delimiter": true, "dead-reference": true}
	rapid.Check(t, func(t *rapid.T) {
		text := drawNumbered(t)
		out, repairs, err := Numbering("r.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if again, _, err := Numbering("r.md", out); err != nil || string(again) != string(out) {
			t.Fatalf("fix once gives\n%s\nand twice\n%s (%v)", out, again, err)
		}
		named := make(map[int]bool)
		for _, r := range repairs {
			named[r.Line] = named[r.Line] || r.Open()
		}
		before, err := policy.Parse("r.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range Lint(before, []byte(text)) {
			named[d.Line] = named[d.Line] || d.Rule == "dead-reference" // it was dead before
		}
		doc, err := policy.Parse("r.md", out)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range append(Lint(doc, out), policy.Check(doc)...) {
			if about[d.Rule] && !named[d.Line] {
				t.Fatalf("%s\n\nfrom:\n%s\nto:\n%s\nrepairs: %+v", d, text, out, repairs)
			}
		}
	})
}

// drawNumbered draws a text of numbered sections, clauses and items, some of
// whose numbers skip or repeat.
func drawNumbered(t *rapid.T) string {
	var b strings.Builder
	b.WriteString("# Rules\n\n")
	section := 0
	slip := func() int { return rapid.SampledFrom([]int{1, 1, 1, 1, 2, 0}).Draw(t, "step") }
	for range rapid.IntRange(2, 5).Draw(t, "sections") {
		section += slip()
		fmt.Fprintf(&b, "## %d. Part\n\n", section)
		number, letter := 0, 0
		for range rapid.IntRange(0, 4).Draw(t, "clauses") {
			switch rapid.SampledFrom([]string{"clause", "item", "cites"}).Draw(t, "kind") {
			case "clause":
				number += slip()
				letter = 0
				fmt.Fprintf(&b, "%d.%d Words.\n\n", section, max(1, number))
			case "item":
				letter += slip()
				fmt.Fprintf(&b, "(%c) words\n\n", 'a'+max(1, letter)-1)
			default:
				fmt.Fprintf(&b, "See section %d, clause %d.%d and paragraph (%c).\n\n", rapid.IntRange(1, 5).Draw(t, "s"), section, rapid.IntRange(1, 3).Draw(t, "c"), 'a'+rapid.IntRange(0, 3).Draw(t, "l"))
			}
		}
	}
	return b.String()
}
