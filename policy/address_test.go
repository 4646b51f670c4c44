package policy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// labelled returns a policy with versions of the given labels, the newest first.
func labelled(labels ...string) *Policy {
	p := &Policy{ID: "privacy"}
	for _, label := range labels {
		p.Versions = append(p.Versions, &Version{Label: label})
	}
	return p
}

// segmentsOf returns how paths call the versions of a policy.
func segmentsOf(p *Policy) []string {
	a := AddressOf(p)
	list := make([]string, len(p.Versions))
	for i, v := range p.Versions {
		list[i] = a.Segment(v.Label)
	}
	return list
}

func TestLabelsBecomeAddresses(t *testing.T) {
	tests := []struct {
		name         string
		labels, want []string // newest first
	}{
		{"plain", []string{"2.0", "1.0"}, []string{"2.0", "1.0"}},
		{"what the text says and what its label is", []string{"2.0 (final)", "2.0--final-"}, []string{"2.0--final-2", "2.0--final"}},
		{"slashes, spaces and dots", []string{"a/b c", "..", ".", ""}, []string{"a-b-c", "_-3", "_-2", "_"}},
		{"a newer one yields", []string{"a b", "a/b", "A-B"}, []string{"a-b-3", "a-b-2", "A-B"}},
		{"names of the site", []string{"Versions", "compare", "upcoming", "clauses", "current"}, []string{"Versions-2", "compare-2", "upcoming-2", "clauses-2", "current-2"}},
		{"names of files", []string{"index.html", "feed.atom"}, []string{"index.html-2", "feed.atom-2"}},
		{"the mark of a redline", []string{"1...2"}, []string{"1..-2"}},
		{"escapes", []string{"1%202", "1%2F2", "1\n2"}, []string{"1-202", "1-2F2", "1-2"}},
		{"other scripts", []string{"第2版"}, []string{"第2版"}},
		{"too long", []string{strings.Repeat("a", 300), strings.Repeat("é", 55), strings.Repeat("é", 56)}, []string{
			strings.Repeat("a", 97) + "-9835fa6bf4e2", strings.Repeat("é", 55), strings.Repeat("é", 48) + "-b82869cf9a2c",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, segmentsOf(labelled(test.labels...))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAddressesAreSafeAndStay(t *testing.T) {
	odd := rapid.SampledFrom([]string{"..", "1", "a b", "a/b", "a%20b", "A-B", "versions", "-", ".", "feed.json", "x...y", strings.Repeat("ż", 300), strings.Repeat("ż", 299) + "z"})
	rapid.Check(t, func(r *rapid.T) {
		labels := rapid.SliceOfNDistinct(rapid.OneOf(rapid.String(), odd), 1, 8, rapid.ID[string]).Draw(r, "labels")
		now := segmentsOf(labelled(labels...))
		seen := make(map[string]bool)
		for _, s := range now {
			if s == "" || strings.HasPrefix(s, ".") || strings.ContainsAny(s, "/\\% \x00") || strings.Contains(s, "...") || seen[strings.ToLower(s)] || len(s) > 115 {
				r.Fatalf("segment %q of %q", s, labels)
			}
			seen[strings.ToLower(s)] = true
		}
		if diff := cmp.Diff(segmentsOf(labelled(labels[1:]...)), now[1:]); diff != "" {
			r.Fatalf("a newer version moved older ones:\n%s", diff)
		}
		if s := Label(labels[0]); Label(s) != s {
			r.Fatalf("the label of %q is %q, and of that %q", labels[0], s, Label(s))
		}
	})
}

func TestPathsOfAPolicy(t *testing.T) {
	p := labelled("2 beta", "1.0")
	p.ID = "de/datenschutz erklärung"
	a := AddressOf(p)
	got := []string{
		a.Page(), a.Version("2 beta"), a.Redline("1.0", "2 beta"), a.Since("1.0"), a.History(), a.Clauses(), a.Upcoming(), a.Feed("atom"), a.API(),
		a.Version("3/x"), LinkTo("https://example.com/legal/", a.Version("1.0")), LinkTo("", a.Page()),
	}
	want := []string{
		"de/datenschutz-erklärung/", "de/datenschutz-erklärung/2-beta/", "de/datenschutz-erklärung/compare/1.0...2-beta/",
		"de/datenschutz-erklärung/compare/1.0...current/", "de/datenschutz-erklärung/versions/", "de/datenschutz-erklärung/clauses/",
		"de/datenschutz-erklärung/upcoming/", "de/datenschutz-erklärung/feed.atom", "api/v1/de/datenschutz-erklärung.json",
		"de/datenschutz-erklärung/3-x/", "https://example.com/legal/de/datenschutz-erkl%C3%A4rung/1.0/", "/de/datenschutz-erkl%C3%A4rung/",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDraftsTakeNoAddress(t *testing.T) {
	p := labelled("a b", "a/b")
	p.Versions[1].Front.Draft = true
	if s := AddressOf(p).Segment("a b"); s != "a-b" {
		t.Errorf("the published version is at %q", s)
	}
}
