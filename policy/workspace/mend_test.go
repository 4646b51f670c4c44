package workspace

import (
	"errors"
	"fmt"
	"testing"
)

func TestMendingTellsWhatItMended(t *testing.T) {
	r := leased(t)
	r.commit("2027-05-21", "made.md", "---\nid: made\nsource: parts/x.md\n---\n\n# Made\n\nYou ride with care.\u00a0\n")
	w := r.open()
	told := ""
	tell := func(file string, n int) { told += fmt.Sprintf("%s %d;", file, n) }
	wantError(t, w.Mend(w.History.Policies, tell), "")
	if told != "" {
		t.Errorf("nothing was to mend: %s", told)
	}
	dirty := lease("2.0", "2027-07-01", noon+"\u00a0\n\u00a0You ring.")
	before := r.read("made.md")
	r.write("lease.md", dirty)
	wantError(t, w.Mend(w.History.Policies, tell), "")
	if told != "lease.md 2;" || r.read("lease.md") != lease("2.0", "2027-07-01", noon+"\nYou ring.") {
		t.Errorf("mended %q:\n%q", told, r.read("lease.md"))
	}
	if r.read("made.md") != before {
		t.Error("what a source makes was mended")
	}
}

func TestNumberingLeavesWhatASourceMakes(t *testing.T) {
	r := newRepo(t)
	gap := "# Lease\n\n## 1. Returns\n\nSee section 2.\n\n## 3. Nights\n\nWords.\n"
	made := "---\nsource: parts/x.md\n---\n\n" + gap
	r.commit("2027-05-21", "lease.md", gap, "made.md", made)
	w := r.open()
	list := must[[]Numbered](t)(w.Number(w.History.Policies))
	if len(list) != 2 || list[0].Source != "" || len(list[0].Repairs) == 0 || r.read("lease.md") == gap {
		t.Errorf("numbered %+v:\n%s", list[0], r.read("lease.md"))
	}
	if list[1].Source != "parts/x.md" || len(list[1].Repairs) > 0 || r.read("made.md") != made {
		t.Errorf("a made text: %+v", list[1])
	}
	r.git("2027-06-01", "rm", "-q", "-f", "lease.md")
	_, err := w.Number(w.History.Policies)
	wantError(t, err, "read the work tree")
}

func TestATextThatIsToBeChangedMustNotHaveChanged(t *testing.T) {
	r := leased(t)
	w := r.open()
	p := w.History.Policies[0]
	newest := p.Versions[0]
	for name, c := range map[string]struct {
		text    string
		changed bool
	}{
		"as published":  {lease("2.0", "2027-07-01", evening), false},
		"another head":  {lease("2.1", "2027-07-02", evening), false},
		"another word":  {lease("2.0", "2027-07-01", nightly), true},
		"one word more": {lease("2.0", "2027-07-01", evening+"\n\nMore."), true},
	} {
		r.write("lease.md", c.text)
		src, err := w.Unchanged(p, newest)
		if errors.Is(err, ErrChanged) != c.changed || err == nil && string(src) != c.text {
			t.Errorf("%s: %q, %v", name, src, err)
		}
	}
	if got := w.PathOf(p); got != "lease.md" {
		t.Errorf("path %s", got)
	}
	r.write("deep/down/x", "")
	t.Chdir("deep/down")
	if got := w.PathOf(p); got != "../../lease.md" {
		t.Errorf("path from below: %s", got)
	}
}
