package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The index that is made of the last one is the one that is made of all words.
func TestTheIndexIsTheSameMadeOfTheLastOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var histories []*policyBuild
		long := strings.Repeat("x", rapid.IntRange(0, 3000).Draw(r, "long")) // makes many parts
		some := func(r *rapid.T, name string) string {
			var words strings.Builder
			for n := range 60 {
				if count := rapid.IntRange(-2, 3).Draw(r, name); count > 0 {
					fmt.Fprintf(&words, "%s%02d%s %d\n", []string{"a", "é", "z"}[n%3], n/3, long, count)
				}
			}
			lines := strings.SplitAfter(words.String(), "\n")
			slices.Sort(lines)
			return strings.Join(lines, "")
		}
		for range rapid.IntRange(1, 5).Draw(r, "policies") {
			status := policy.InForce
			if rapid.IntRange(0, 4).Draw(r, "over") == 0 {
				status = policy.Superseded
			}
			histories = append(histories, &policyBuild{plan: &plan{}, Records: []*record{{Status: status}}, found: some(r, "before")})
		}
		parts, _ := searchParts(histories)
		var last []string
		for _, p := range parts {
			last = append(last, string(p))
		}
		changes := make(map[string][]recount)
		for i, h := range histories {
			if before := h.found; h.Current().Status == policy.InForce && rapid.Bool().Draw(r, "changes") {
				h.found = some(r, "now")
				addRecounts(changes, i, before, h.found)
			}
		}
		want, wantStarts := searchParts(histories)
		got, gotStarts, made := changedParts(last, changes)
		if !made {
			r.Fatal("it was not made")
		}
		if diff := cmp.Diff(wantStarts, gotStarts); diff != "" {
			r.Fatalf("the starts: (-want +got)\n%s", diff)
		}
		if !slices.EqualFunc(want, got, slices.Equal) {
			r.Fatal("other parts")
		}
	})
}

// A site brought up to date looks for the words of a new text, and for no word that is
// gone with an old one, whichever policies come and go.
func TestTheIndexFollowsTheTexts(t *testing.T) {
	s, o := library(t), options(t)
	dst := s.build(o)
	for i, change := range []func(){
		func() {
			s.publish("3.0", "2026-11-20", func(string) string { return "# Privacy\n\nWe keep aardvarks and zebras.\n" })
		},
		func() {
			s.publish("4.0", "2026-11-21", func(text string) string { return text + "\nAnd zebras and newts.\n" })
		},
		func() {
			s.add("lost", draft{label: "1", published: "2026-03-03", effective: "2026-03-03", text: "# Lost\n\nFound newts.\n"})
		},
		func() {
			s.publish("5.0", "2026-11-22", func(string) string { return "# Privacy\n\nNothing.\n" })
		},
	} {
		change()
		s.rebuild(dst, o)
		want, got := allFiles(t, s.build(o)), allFiles(t, dst)
		for name, data := range want {
			if strings.HasPrefix(name, searchDir) && got[name] != data {
				t.Errorf("change %d: %s is another file than built at once:\n%s", i, name, cmp.Diff(data, got[name]))
			}
		}
	}
}
