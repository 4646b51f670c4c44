package history

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// TestPoliciesAreToldFromManyOtherTexts where nothing names them.
func TestPoliciesAreToldFromManyOtherTexts(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	var files []string
	for i := range 200 {
		files = append(files, fmt.Sprintf("docs/guide/page-%d.md", i), fmt.Sprintf("# Page %d\n\nHow to do it.\n", i))
	}
	r.commit("2024-01-01", append(files, "legal/notes-on-data.md", "# Data\n\nWe keep it.\n", "docs/privacy-policy.md", "# Privacy\n\nWe keep it.\n", "README.md", "# R\n")...)
	h := r.history(Options{})
	wantOutline(t, h, "notes-on-data: 2024-01-01", "privacy-policy: 2024-01-01")
	if len(h.LeftOut) != 201 || !strings.Contains(h.LeftOut[1].Why, "many other texts") {
		t.Errorf("%d files are left out: %v", len(h.LeftOut), h.LeftOut[:2])
	}
	r.write("docs/guide/new.md", "# New\n")
	r.write("legal/terms.md", "# Terms\n")
	r.git("add", "-A")
	if got, err := open(t, r.dir).Staged(h, Options{}); err != nil || len(got) != 1 || got[0] != "legal/terms.md" {
		t.Errorf("the next commit would publish %v, error %v", got, err)
	}
	if h := r.history(Options{Policies: []string{"docs/**/*.md"}}); len(h.Policies) != 201 {
		t.Errorf("with a pattern there are %d policies", len(h.Policies))
	}
}

// TestWhatIsNotInForceIsNotShown: archives, templates, pages that lead elsewhere.
func TestWhatIsNotInForceIsNotShown(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "terms.md", "# Terms\n\nBe kind.\n", "privacy.md", "# Privacy\n\nWe keep it.\n",
		"archive/terms-2019.md", "# Terms\n\nBe good.\n", "old/privacy.md", "# Privacy\n\nWe kept it.\n", "templates/dpa.md", "# DPA\n\n[NAME]\n",
		"legal/minutes-2024-01-04.md", "# Minutes\n\nPresent: A.\n", "legal/2024-01-04 board meeting notes.md", "# Notes\n\nPresent: A.\n", "minutes/4.md", "# 4\n\nPresent: A.\n",
		"cookies.md", "# Cookies\n\nThis page has moved to [our site](https://example.com/cookies).\n")
	r.commit("2024-02-01", "privacy.md", "# Privacy\n\nThis policy has been moved. [Read it here](https://example.com/p).\n")
	h := r.history(Options{})
	wantOutline(t, h, "privacy: 2024-01-01 withdrawn 2024-02-01", "terms: 2024-01-01")
	r.git("mv", "terms.md", "archive/terms.md")
	r.commit("2024-03-01", "privacy.md", "# Privacy\n\nWe keep it longer.\n")
	wantOutline(t, r.history(Options{}), "privacy: 2024-03-01 2024-01-01", "terms: 2024-01-01 withdrawn 2024-03-01")
}

// TestOtherFormatsAreRefusedWithAWord, and never published.
func TestOtherFormatsAreRefusedWithAWord(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "terms.md", "# Terms\n\nBe kind.\n", "privacy.mdx", "import X from 'x'\n\n# Privacy\n", "cookie-policy.adoc", "= Cookies\n", "refund_policy.rst", "Refunds\n=======\n", "guide.rst", "Guide\n")
	h := r.history(Options{})
	wantOutline(t, h, "terms: 2024-01-01")
	var named []string
	for _, d := range h.Warnings {
		named = append(named, d.File+" "+string(d.Level))
	}
	if got := strings.Join(named, ", "); got != "cookie-policy.adoc warning, privacy.mdx warning, refund_policy.rst warning" {
		t.Errorf("got %s", got)
	}
	h = r.history(Options{Policies: []string{"*.mdx", "*.md"}})
	wantOutline(t, h, "terms: 2024-01-01")
	if len(h.Warnings) != 1 || h.Warnings[0].Level != policy.Error || !strings.Contains(h.Warnings[0].Message, "MDX") {
		t.Errorf("got %v", h.Warnings)
	}
}

// TestPatternsThatFitNothingAreAnError, unless a text waits to be committed.
func TestPatternsThatFitNothingAreAnError(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "policies/terms.md", "# Terms\n\nBe kind.\n")
	o := Options{Policies: []string{"polices/*.md"}}
	if h := r.history(o); len(h.Warnings) != 1 || h.Warnings[0].Rule != "no-policies" || h.Warnings[0].Level != policy.Error {
		t.Errorf("got %v", h.Warnings)
	}
	r.write("polices/new.md", "# New\n")
	r.git("add", "-A")
	if h := r.history(o); len(h.Warnings) != 0 {
		t.Errorf("got %v", h.Warnings)
	}
}
