package history

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const branded = "---\ntitle: Privacy\nversion: \"1\"\nsource: ../shared/privacy.md\n---\n\nWe keep it.\n"

func paths(t *testing.T, r *repo, o Options) (policies, leftOut []string) {
	t.Helper()
	h, err := open(t, r.dir).History(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range h.Policies {
		policies = append(policies, p.Path)
	}
	for _, l := range h.LeftOut {
		leftOut = append(leftOut, l.Path+": "+l.Why)
	}
	slices.Sort(policies)
	return policies, leftOut
}

func TestSourcesAreNoPolicies(t *testing.T) {
	r := newRepo(t)
	r.commit("2026-01-01", "acme/privacy.md", branded, "shared/privacy.md", "{{#if country = DE}}{{> contact}}{{/if}}\n", "shared/contact.md", "Write to us.\n", "terms.md", "# Terms\n")
	policies, left := paths(t, r, Options{})
	if diff := cmp.Diff([]string{"acme/privacy.md", "terms.md"}, policies); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"shared/contact.md: a source of other policies", "shared/privacy.md: a source of other policies"}, left); diff != "" {
		t.Error(diff)
	}
	r.git("rm", "-q", "acme/privacy.md")
	r.commit("2026-02-01")
	if policies, _ := paths(t, r, Options{Policies: []string{"**/*.md"}}); !slices.Equal(policies, []string{"acme/privacy.md", "terms.md"}) {
		t.Errorf("once no policy names them: %v", policies)
	}
}

func TestPolicyThatBecameASourceIsWithdrawn(t *testing.T) {
	r := newRepo(t)
	r.commit("2026-01-01", "shared/privacy.md", "---\ntitle: Privacy\nversion: \"1\"\n---\n\nWe keep it.\n")
	r.commit("2026-02-01", "shared/privacy.md", "We keep it.\n", "acme/privacy.md", branded)
	h, err := open(t, r.dir).History(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, p := range h.Policies {
		got[p.Path] = p.Withdrawn.String()
	}
	if diff := cmp.Diff(map[string]string{"shared/privacy.md": "2026-02-01", "acme/privacy.md": ""}, got); diff != "" {
		t.Error(diff)
	}
}
