package history

import (
	"testing"
)

// TestAMoveInTwoCommitsKeepsAHistoryWhole: whoever copies first and removes
// later, or removes first and puts back elsewhere, has moved one policy.
func TestAMoveInTwoCommitsKeepsAHistoryWhole(t *testing.T) {
	t.Parallel()
	text, later := words("x", 200), words("x", 190)
	stated := func(id, text string) string { return "---\nid: " + id + "\n---\n" + text }
	for _, test := range []struct {
		name string
		do   func(*repo)
		want []string
	}{
		{"copied, then removed", func(r *repo) {
			r.commit("2024-01-01", "a.md", words("x", 150))
			r.commit("2024-01-02", "a.md", text)
			r.commit("2024-02-01", "legal/a.md", text)
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
			r.commit("2024-04-01", "legal/a.md", later)
		}, []string{"a: 2024-04-01 2024-01-02 2024-01-01"}},
		{"copied under another name and edited a little", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", later)
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
		}, []string{"b: 2024-02-01 2024-01-01"}},
		{"copied, the old one only reformatted, then removed", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", text)
			r.commit("2024-02-02", "a.md", text+"\n\n\n")
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
		}, []string{"b: 2024-01-01"}},
		{"removed, then put back elsewhere", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.git("rm", "-q", "a.md")
			r.commit("2024-02-01", "o.md", "Other.\n")
			r.commit("2024-03-01", "elsewhere/a.md", later)
		}, []string{"a: 2024-03-01 2024-01-01", "o: 2024-02-01"}},
		{"moved so twice", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", text)
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
			r.commit("2024-04-01", "c.md", text)
			r.git("rm", "-q", "b.md")
			r.commit("2024-05-01")
		}, []string{"c: 2024-01-01"}},
		{"both lived on", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", text)
			r.commit("2024-03-01", "b.md", later)
		}, []string{"a: 2024-01-01", "b: 2024-03-01 2024-02-01"}},
		{"the old one changed after it was copied", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", text)
			r.commit("2024-03-01", "a.md", later)
			r.git("rm", "-q", "a.md")
			r.commit("2024-04-01")
		}, []string{"a: 2024-03-01 2024-01-01 withdrawn 2024-04-01", "b: 2024-02-01"}},
		{"made from another as from a form", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", words("x", 160)+words("y", 40))
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
		}, []string{"a: 2024-01-01 withdrawn 2024-03-01", "b: 2024-02-01"}},
		{"a translation begun as a copy", func(r *repo) {
			r.commit("2024-01-01", "en/a.md", text, "en/b.md", "Other.\n", "de/b.md", "Anderes.\n")
			r.commit("2024-02-01", "de/a.md", text)
			r.commit("2024-02-02", "en/b.md", "Others.\n")
			r.git("rm", "-q", "en/a.md")
			r.commit("2024-03-01")
		}, []string{"a: 2024-01-01 withdrawn 2024-03-01", "b: 2024-02-02 2024-01-01", "de/a: 2024-02-01", "de/b: 2024-01-01"}},
		{"two that state ids of their own", func(r *repo) {
			r.commit("2024-01-01", "a.md", stated("one", text))
			r.commit("2024-02-01", "b.md", stated("two", text))
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
		}, []string{"one: 2024-01-01 withdrawn 2024-03-01", "two: 2024-02-01"}},
		{"rewritten under another name, which says what it was called", func(r *repo) {
			r.commit("2024-01-01", "legal/a.md", text, "legal/c.md", "Other.\n", "c.md", "Others.\n")
			r.git("rm", "-q", "legal/a.md", "legal/c.md")
			r.commit("2024-02-01", "b.md", "---\naliases: [legal-a]\n---\n"+words("z", 90))
		}, []string{"b: 2024-02-01 2024-01-01", "c: 2024-01-01", "legal-c: 2024-01-01 withdrawn 2024-02-01"}},
		{"the id of a text that lived on longer", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", "---\naliases: [a]\n---\n"+words("z", 90))
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
		}, []string{"a: 2024-01-01 withdrawn 2024-03-01", "b: 2024-02-01"}},
		{"the path that was left is taken by another", func(r *repo) {
			r.commit("2024-01-01", "a.md", text)
			r.commit("2024-02-01", "b.md", text)
			r.git("rm", "-q", "a.md")
			r.commit("2024-03-01")
			r.commit("2024-04-01", "a.md", words("y", 90))
		}, []string{"a: 2024-04-01 2024-01-01", "b: 2024-02-01"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := newRepo(t)
			test.do(r)
			wantOutline(t, r.history(Options{}), test.want...)
			o := Options{Index: t.TempDir()}
			withAndWithout(t, r.dir, o)
			wantOutline(t, withAndWithout(t, r.dir, o), test.want...)
		})
	}
}

// TestFingerprints: equal texts have equal ones, texts that share most runs
// have near ones, and others far ones.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	a := newSketch([]byte(words("x", 500))).fingerprint()
	for _, test := range []struct {
		text string
		near bool
	}{
		{words("x", 500), true},
		{words("x", 490) + words("y", 10), true},
		{words("y", 500), false},
	} {
		b := newSketch([]byte(test.text)).fingerprint()
		if near := farFrom(a, b) <= farOff; near != test.near || b == 0 {
			t.Errorf("%.20s…: %d bits apart", test.text, farFrom(a, b))
		}
	}
	if newSketch(nil).fingerprint() == 0 {
		t.Error("an empty text seems to have no fingerprint yet")
	}
}
