package workspace

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
)

// examined writes findings as name:state.
func examined(found []review.Finding) string {
	var list []string
	for _, f := range found {
		list = append(list, f.Subject+":"+string(f.State))
	}
	return strings.Join(list, " ")
}

func TestWhatIsThereToPublish(t *testing.T) {
	config := func(r *repo) { r.write("codicil.yaml", "base_url: https://example.com\n") }
	for name, c := range map[string]struct {
		make func(r *repo)
		want string
	}{
		"nothing": {func(*repo) {}, "clone:note configuration:note texts:note codicil.sum:note clock:ok base_url:note"},
		"a draft": {func(r *repo) {
			config(r)
			r.write("lease.md", lease("1.0", "2027-02-01", noon))
			r.git("2027-01-01", "add", "-A")
		}, "clone:note configuration:ok texts:note codicil.sum:note clock:ok base_url:ok"},
		"a text": {func(r *repo) {
			config(r)
			r.commit("2027-01-10", "lease.md", lease("1.0", "2027-02-01", noon))
		}, "clone:ok configuration:ok texts:ok codicil.sum:note clock:ok base_url:ok"},
		"a broken text": {func(r *repo) {
			r.commit("2027-01-10", "lease.md", "---\nversion: [\n---\n\n# Lease\n")
		}, "clone:ok configuration:note texts:fault codicil.sum:note clock:ok base_url:note"},
		"a text of the future": {func(r *repo) {
			r.commit("2027-06-03", "lease.md", lease("1.0", "2027-07-01", noon))
		}, "clone:ok configuration:note texts:ok codicil.sum:note clock:fault base_url:note"},
		"a pin of nothing": {func(r *repo) {
			r.commit("2027-01-10", "lease.md", lease("1.0", "2027-02-01", noon), "codicil.sum", "lease@1.0 "+strings.Repeat("0", 64)+" 2027-02-01 "+strings.Repeat("a", 40)+"\n")
		}, "clone:ok configuration:note texts:ok codicil.sum:fault clock:ok base_url:note"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepo(t)
			c.make(r)
			if got := examined(must[[]review.Finding](t)(r.open().Examine())); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAShallowCloneIsToldWhatItLacks(t *testing.T) {
	r := leased(t)
	w := r.open()
	must[int](t)(w.AppendPins())
	r.commit("2027-05-25")
	shallow := t.TempDir()
	r.git("2027-06-01", "clone", "-q", "--depth", "1", "file://"+r.dir, shallow)
	t.Chdir(shallow)
	w = r.open()
	found := must[[]review.Finding](t)(w.Examine())
	if got := examined(found); !strings.HasPrefix(got, "clone:fault") {
		t.Errorf("examined: %s", got)
	}
	err := w.LackedByClone(&policy.Diagnostic{Rule: "shallow-clone", Message: "this clone is shallow"})
	wantError(t, err, "this clone is shallow; codicil.sum lists 1 version that it does not show: lease@1.0")
	if err := w.Publishable(); err == nil {
		t.Error("a shallow clone may be published")
	}
	t.Chdir(r.dir)
	wantError(t, r.open().LackedByClone(&policy.Diagnostic{Message: "this clone is shallow"}), "this clone is shallow")
}
