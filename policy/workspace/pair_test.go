package workspace

import (
	"strings"
	"testing"
)

// told writes pairs as name: before -> after, with what the second reader's word is
// kept under where it can be kept.
func told(pairs []Pair) string {
	var list []string
	for _, p := range pairs {
		s := p.Name + ": " + p.Before.Name + " -> " + p.After.Name
		if p.kept != "" {
			s += " [" + p.kept + "]"
		}
		if p.Before.Doc == nil || p.After.Doc == nil {
			s += " one-sided"
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}

func TestWhatIsCompared(t *testing.T) {
	r := leased(t)
	r.commit("2027-05-25", "old.md", "---\nid: old\nversion: \"1\"\neffective_date: 2027-05-25\n---\n\n# Old\n\nYou ring the bell at night.\n")
	r.commit("2027-05-26", "old.md", "---\nid: old\nstatus: withdrawn\n---\n")
	r.write("lease.md", lease("3.0", "2027-08-01", nightly), "other.md", "# Other\n\nWords.\n")
	w := r.open()
	for _, c := range []struct{ args, want, fault string }{
		{"", "lease: lease@2.0 -> work tree [3.0]", ""},
		{"lease", "lease: lease@2.0 -> work tree [3.0]", ""},
		{"lease.md", "lease: lease@2.0 -> work tree [3.0]", ""},
		{"lease@2.0", "lease: lease@1.0 -> lease@2.0 [2.0]", ""},
		{"lease@1.0", "lease: nothing -> lease@1.0 [1.0] one-sided", ""},
		{"lease@1.0 lease@2.0", "lease: lease@1.0 -> lease@2.0", ""},
		{"lease@2.0 1.0", "lease: lease@2.0 -> lease@1.0", ""},
		{"2.0 lease@1.0", "lease: lease@2.0 -> lease@1.0", ""},
		{"lease@2.0 other.md", "lease: lease@2.0 -> other.md", ""},
		{"other.md lease@2.0", "lease: other.md -> lease@2.0", ""},
		{"main~2 lease@2.0", "lease: lease@2.0 -> lease@2.0", ""},
		{"main~1 lease@2.0", "lease: lease@main~1 -> lease@2.0", ""},
		{"main~3 lease@2.0", "lease: lease@1.0 -> lease@2.0", ""},
		{"main~3", "lease: lease@main~3 -> work tree; old: old@main~3 -> work tree one-sided", ""},
		{"old", "", "old is withdrawn"},
		{"other.md", "", "other.md is not a policy of this repository"},
		{"nothing", "", "neither a policy, a version, a commit nor a file"},
		{"lease@2.0 7.0", "", "there is no version of lease \"7.0\""},
		{"old@1 main~3", "", "old has no text at main~3"},
	} {
		pairs, err := w.Pairs(strings.Fields(c.args), june)
		wantError(t, err, c.fault)
		if got := told(pairs); err == nil && got != c.want {
			t.Errorf("diff %s compares\n%s, want\n%s", c.args, got, c.want)
		}
	}
}

func TestATextThatIsGoneIsComparedWithNothing(t *testing.T) {
	r := leased(t)
	w := r.open()
	r.git("2027-06-01", "rm", "-q", "lease.md")
	pairs := must[[]Pair](t)(w.Pairs(nil, june))
	if got := told(pairs); got != "lease: lease@2.0 -> work tree one-sided" {
		t.Error(got)
	}
	if c := pairs[0].Compare(w.Comparer); c.Redline.Stat().Changes == 0 {
		t.Error("a text that is gone is no change")
	}
}

func TestSinceTheLastTextThatPeopleWereToldOf(t *testing.T) {
	r := leased(t)
	w := r.open()
	for arg, want := range map[string]string{"lease@2.0": "lease: lease@1.0 -> lease@2.0", "lease@1.0": "lease: nothing -> lease@1.0 one-sided", "lease": "lease: nothing -> lease@1.0 one-sided"} {
		if got := told([]Pair{must[Pair](t)(w.SinceTold(arg, june))}); got != want {
			t.Errorf("%s: %s, want %s", arg, got, want)
		}
	}
	r.write("lease.md", lease("3.0", "2027-08-01", nightly))
	if got := told([]Pair{must[Pair](t)(w.SinceTold("lease", june))}); got != "lease: lease@2.0 -> work tree" {
		t.Errorf("a draft: %s", got)
	}
}

func TestABareRepositoryHasNoWorkTree(t *testing.T) {
	r := leased(t)
	bare := t.TempDir()
	r.git("2027-06-01", "clone", "-q", "--bare", ".", bare)
	t.Chdir(bare)
	w := r.open()
	_, err := w.Pairs(nil, june)
	wantError(t, err, "a bare repository has no work tree")
	for name, get := range map[string]func() (string, error){
		"subject":    func() (string, error) { s, err := w.Subject("lease", june); return s.Label, err },
		"approvable": func() (string, error) { s, err := w.Approvable("lease", june); return s.Label, err },
		"since told": func() (string, error) { p, err := w.SinceTold("lease", june); return p.After.Name[len("lease@"):], err },
		"next": func() (string, error) {
			n, err := w.Next(t.Context(), june)
			return n.History.Policies[0].Versions[1].Label, err
		},
		"drafts": func() (string, error) {
			d, err := w.Drafts(june)
			return d.Policies[0].Versions[1].Label, err
		},
	} {
		if got, err := get(); err != nil || got != "1.0" {
			t.Errorf("%s: %q, %v, want version 1.0", name, got, err)
		}
	}
}
