package history

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// TestABrokenCommitHarmsOnlyItself: whatever happens to the front matter of a
// published text, the versions before and after it stay what they were, and the
// fault is named.
func TestABrokenCommitHarmsOnlyItself(t *testing.T) {
	t.Parallel()
	one, two := labelled("1.0", "2024-01-01", "# Privacy\n\nOne."), labelled("2.0", "2024-03-01", "# Privacy\n\nTwo.")
	for name, broken := range map[string]string{
		"opening line lost":   strings.TrimPrefix(two, "---\n"),
		"an em dash opens":    "—" + strings.TrimPrefix(two, "---"),
		"never closed":        strings.Replace(two, "\n---\n", "\n\n", 1),
		"a tab":               strings.Replace(two, "version:", "notice:\n\t- email\nversion:", 1),
		"curly quotes":        strings.Replace(two, "version: 2.0", "version: “2.0”", 1),
		"conflict markers":    "---\n<<<<<<< HEAD\nversion: 1.0\n=======\nversion: 2.0\n>>>>>>> new\n---\n# Privacy\n\nTwo.\n",
		"markers in the text": two + "\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> new\n",
		"a day that is none":  strings.Replace(two, "2024-03-01", "2024-02-30", 1),
		"another mark":        strings.Replace(two, "---\n", "-–-\n", 1),
		"a colon":             strings.Replace(two, "version: 2.0", "title: a: b\nversion: 2.0", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRepo(t)
			r.commit("2024-01-01", "privacy.md", one)
			r.commit("2024-02-01", "privacy.md", broken)
			h := r.history(Options{})
			wantOutline(t, h, "privacy: 1.0")
			p := h.Policies[0]
			if p.Title != "Privacy" || len(p.Versions[0].Silent) != 0 || p.InForce(policy.Date{Year: 2024, Month: 5, Day: 1}) == nil {
				t.Errorf("got %+v", p)
			}
			if len(h.Warnings) != 1 || h.Warnings[0].Level != policy.Error || h.Warnings[0].Line == 0 || !strings.Contains(h.Warnings[0].Message, "1.0 stays") {
				t.Errorf("got %v", h.Warnings)
			}
			r.commit("2024-02-10", "privacy.md", two)
			h = r.history(Options{})
			wantOutline(t, h, "privacy: 2.0 1.0")
			if len(h.Warnings) != 1 || h.Warnings[0].Level != policy.Warning || !strings.Contains(h.Warnings[0].Message, "of 2024-02-01") {
				t.Errorf("got %v", h.Warnings)
			}
		})
	}
}

// TestATextThatWasNeverWholeIsNotPublished: there is no good version to keep.
func TestATextThatWasNeverWholeIsNotPublished(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "version: 1.0\ntitle: A\n---\n\n# A\n\nOne.\n", "b.md", labelled("1", "", "B."))
	r.git("mv", "a.md", "c.md")
	h := r.history(Options{Starts: policy.StartLabel})
	wantOutline(t, h, "b: 1")
	if len(h.Warnings) != 1 || h.Warnings[0].Rule != "front-matter" || !strings.Contains(h.Warnings[0].Message, "nothing of it is published") {
		t.Errorf("got %v", h.Warnings)
	}
}

// TestATextInAnOldEncodingIsAVersion: saving it as UTF-8 is no new one.
func TestATextInAnOldEncodingIsAVersion(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-05", "datenschutz.md", "# Datenschutz\n\nStand: 3. M\xe4rz 2023\n\nWir l\xf6schen nach 10 Tagen.\n")
	r.commit("2024-02-05", "datenschutz.md", "# Datenschutz\n\nStand: 3. März 2023\n\nWir löschen nach 10 Tagen.\n")
	h := r.history(Options{})
	wantOutline(t, h, "datenschutz: 2024-01-05")
	if v := h.Policies[0].Versions[0]; v.Certainty != policy.InText || v.Effective.String() != "2023-03-03" {
		t.Errorf("effective %s, %s", v.Effective, v.Certainty)
	}
	if len(h.Warnings) != 1 || h.Warnings[0].Rule != "utf-8" || h.Warnings[0].Level != policy.Warning {
		t.Errorf("got %v", h.Warnings)
	}
}
