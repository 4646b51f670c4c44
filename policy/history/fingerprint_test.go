package history

import "testing"

func TestFingerprintChangesWithWhatTheHistoryFollowsFrom(t *testing.T) {
	r := newRepo(t)
	print := func() string {
		t.Helper()
		f, err := open(t, r.dir).Fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if f := print(); f != "" {
		t.Errorf("without a commit: %q", f)
	}
	r.commit("2024-01-02", "terms.md", "# Terms\n")
	first := print()
	r.git("branch", "other")
	r.write("terms.md", "# Terms, not committed\n")
	if f := print(); f != first || f == "" {
		t.Errorf("nothing that counts has changed, %q became %q", first, f)
	}
	r.git("tag", "v1")
	tagged := print()
	r.git("tag", "-a", "-m", "two", "v2")
	annotated := print()
	r.commit("2024-01-03")
	seen := map[string]bool{first: true}
	for _, f := range []string{tagged, annotated, print()} {
		if seen[f] {
			t.Errorf("%q comes again", f)
		}
		seen[f] = true
	}
}
