package workspace

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/worktree"
)

func TestAChangeDoesNotRuleItsOwnGate(t *testing.T) {
	r := newRepo(t)
	r.commit("2027-01-10", "codicil.yaml", "notice: {period: {major: 60d}}\n", "lease.md", lease("1.0", "2027-02-01", noon))
	r.git("2027-01-11", "checkout", "-q", "-b", "change")
	r.commit("2027-05-20", "codicil.yaml", "notice: {period: {major: 1d}}\n", "lease.md", lease("2.0", "2027-07-01", evening))
	w := r.open()
	ruled, published, loosened, err := w.Published(t.Context(), "")
	if err != nil || ruled.Rules.Period[policy.Major].Days != 60 || len(published.Policies[0].Versions) != 1 || len(loosened) == 0 {
		t.Errorf("ruled by %v, %d versions, %s, %v", ruled.Rules.Period[policy.Major], len(published.Policies[0].Versions), rules(loosened), err)
	}
	if w.Rules.Period[policy.Major].Days != 1 {
		t.Errorf("the workspace itself is ruled by %v", w.Rules.Period[policy.Major])
	}
	same, published, loosened, err := w.Published(t.Context(), "HEAD")
	if err != nil || same != w || len(published.Policies[0].Versions) != 2 || len(loosened) > 0 {
		t.Errorf("at the head: %s, %v", rules(loosened), err)
	}
	_, _, _, err = w.Published(t.Context(), "nowhere")
	wantError(t, err, `--base: there is no revision "nowhere"`)
}

func TestAConfigurationThatIsDeletedRulesStill(t *testing.T) {
	r := newRepo(t)
	r.commit("2027-01-10", "legal/codicil.yaml", "notice: {period: {major: 60d}}\n", "legal/lease.md", lease("1.0", "2027-02-01", noon))
	r.git("2027-01-11", "checkout", "-q", "-b", "change")
	r.git("2027-05-20", "rm", "-q", "legal/codicil.yaml")
	r.commit("2027-05-20", "legal/lease.md", lease("2.0", "2027-07-01", evening))
	t.Chdir("legal")
	ruled, _, _, err := r.open().Published(t.Context(), "main")
	if err != nil || ruled.Rules.Period[policy.Major].Days != 60 {
		t.Errorf("ruled by %v, %v", ruled.Rules.Period[policy.Major], err)
	}
}

// A style or a template can hide a clause that the text still has.
func TestWhatPagesAreMadeWithIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		do     func(r *repo)
		want   string
	}{
		"nothing":             {"site: {style: s.css}\n", func(*repo) {}, ""},
		"a style":             {"site: {style: s.css}\n", func(r *repo) { r.write("legal/s.css", "p{display:none}") }, "legal/s.css"},
		"a new style":         {"", func(r *repo) { r.write("legal/codicil.yaml", "site: {style: s.css}\n", "legal/s.css", "p{}") }, "legal/s.css"},
		"a picture":           {"site: {logo: l.svg}\n", func(r *repo) { r.write("legal/l.svg", "<svg/>") }, "legal/l.svg"},
		"a template":          {"site: {templates: t}\n", func(r *repo) { r.write("legal/t/version.html.tmpl", "x") }, "legal/t/version.html.tmpl"},
		"a template less":     {"site: {templates: t}\n", func(r *repo) { r.git("2027-05-20", "rm", "-q", "legal/t/version.html.tmpl") }, "legal/t/version.html.tmpl"},
		"one of the messages": {"email: {templates: t}\n", func(r *repo) { r.write("legal/t/email.txt.tmpl", "x") }, "legal/t/email.txt.tmpl"},
		"another folder":      {"site: {templates: t}\n", func(r *repo) { r.write("legal/u/version.html.tmpl", "x", "s.css", "x") }, ""},
		"outside":             {"site: {style: ../s.css}\n", func(r *repo) { r.write("s.css", "x") }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepo(t)
			r.commit("2027-01-10", "legal/lease.md", lease("1.0", "2027-02-01", noon), "legal/codicil.yaml", c.config, "legal/s.css", "p{color:red}", "legal/l.svg", "<svg></svg>",
				"legal/t/version.html.tmpl", "{{.}}", "legal/t/email.txt.tmpl", "{{.}}", "legal/t/deep/x.tmpl", "", "s.css", "")
			r.git("2027-01-11", "checkout", "-q", "-b", "change")
			c.do(r)
			r.commit("2027-05-20", "notes.txt", "Notes.\n")
			_, _, found, err := r.open().Published(t.Context(), "main")
			var named []string
			for _, d := range found {
				if _, files, ok := strings.Cut(d.Message, "words that are in the text: "); ok {
					named = append(named, files)
				}
			}
			if err != nil || strings.Join(named, " ") != c.want {
				t.Errorf("named %q, want %q; %v", named, c.want, err)
			}
		})
	}
}

// A pull request may lead the folder that is checked to calmer texts.
func TestAFolderThatALinkLeadsToIsNotJudged(t *testing.T) {
	r := newRepo(t)
	r.commit("2027-01-10", "legal/lease.md", lease("1.0", "2027-02-01", noon), "calm/inner/other.md", "# Other\n\nWords.\n", "codicil.yaml", "policies: [calm/inner/*.md]\n")
	if err := os.Symlink("calm", "old"); err != nil {
		t.Fatal(err)
	}
	r.commit("2027-01-11")
	for to, folder := range map[string]string{"calm": "calm", "calm/inner": "calm/inner", ".": ".", "old": "calm/inner"} {
		r.git("2027-01-11", "checkout", "-q", "-f", "-B", "change", "main")
		r.git("2027-05-20", "mv", "legal", "moved")
		if err := os.Symlink(to, "legal"); err != nil {
			t.Fatal(err)
		}
		r.commit("2027-05-20", "moved/lease.md", lease("1.0", "2027-02-01", evening))
		t.Chdir(folder)
		_, _, _, err := r.open().Published(t.Context(), "main")
		wantError(t, err, "legal is a link to this folder now")
		t.Chdir(r.dir)
		if to == "." {
			continue
		}
		if _, _, _, err := r.open().Published(t.Context(), "main"); err != nil {
			t.Errorf("legal leads to %s, and the whole is checked: %v", to, err)
		}
	}
	r.git("2027-01-11", "checkout", "-q", "-f", "main")
	r.git("2027-05-20", "checkout", "-q", "-b", "still")
	r.commit("2027-05-20", "calm/inner/other.md", "# Other\n\nMore words.\n")
	t.Chdir("calm")
	if _, _, _, err := r.open().Published(t.Context(), "main"); err != nil {
		t.Errorf("a link that was there before: %v", err)
	}
}

// What is published is told by a branch, and by no tag that somebody has called so.
func TestATagDoesNotStandForThePublishedBranch(t *testing.T) {
	r := leased(t)
	r.git("2027-05-20", "checkout", "-q", "-b", "change")
	r.commit("2027-05-20", "lease.md", lease("2.0", "2027-07-01", evening))
	want := must[string](t)(r.open().Repo.MergeBase("refs/heads/main", "HEAD"))
	for _, tag := range []string{"main", "heads/main", "origin/main", "remotes/origin/main"} {
		r.git("2027-05-20", "tag", tag)
	}
	if got := r.open().mergeBase(); got != want {
		t.Errorf("the change begins at %s, want %s", got, want)
	}
	_, _, _, err := r.open().Published(t.Context(), "main")
	wantError(t, err, "names two commits")
}

func TestAPolicyThatFallsOutOfThePatternsWasPublished(t *testing.T) {
	r := leased(t)
	r.write("codicil.yaml", "policies: [legal/*.md]\n")
	w := r.open()
	_, published, _, err := w.Published(t.Context(), "")
	if err != nil || ids(published.Policies) != "lease" || len(w.History.Policies) > 0 {
		t.Errorf("published: %s, %v", ids(published.Policies), err)
	}
	if err := w.Sighted(published); err != nil {
		t.Errorf("a living policy was published: %v", err)
	}
	wantError(t, w.Sighted(w.History), "`policies` fits no file of the repository: legal/*.md")
	r.write("legal/new.md", "# New\n\nWords.\n")
	r.git("2027-06-01", "add", "legal/new.md")
	if err := w.Sighted(w.History); err != nil {
		t.Errorf("a draft is something to check: %v", err)
	}
	wantError(t, w.Sighted(&history.History{Shallow: true}), "this clone is shallow")
}

func TestNothingIsPublishedBeforeTheFirstCommit(t *testing.T) {
	r := newRepo(t)
	r.write("lease.md", lease("1.0", "2027-02-01", noon))
	w := r.open()
	if ruled, published, _, err := w.Published(t.Context(), ""); err != nil || ruled != w || len(published.Policies) > 0 {
		t.Errorf("published %v, %v", published, err)
	}
}

func TestTheDayIsThatOfTheConfiguredZone(t *testing.T) {
	r := leased(t)
	r.write("codicil.yaml", "timezone: Pacific/Auckland\n")
	late := time.Date(2027, 6, 30, 20, 0, 0, 0, time.UTC)
	w := must[*Workspace](t)(Open(Settings{Clock: func() time.Time { return late }}))
	t.Cleanup(func() { w.Repo.Close() })
	if got := policy.DateOf(w.Clock()); got.String() != "2027-07-01" || !w.Clock().Equal(late) || w.Options("").Now != got {
		t.Errorf("it is %s, %s in the history", got, w.Options("").Now)
	}
	r.write("codicil.yaml", "notice: {period: {major: soon}}\n")
	_, err := Open(Settings{Clock: time.Now})
	wantError(t, err, "notice.period.major")
}

func TestWhatIsReadAgainWhenSomethingChanged(t *testing.T) {
	r := leased(t)
	seen := make(map[string]string)
	for name, change := range map[string]func(w *Workspace){
		"nothing":       func(*Workspace) {},
		"a pin":         func(*Workspace) { r.write("codicil.sum", "# pins\n") },
		"a checkpoint":  func(*Workspace) { r.write("codicil.checkpoint", "signed\n") },
		"a timestamp":   func(*Workspace) { r.write("codicil.checkpoint.tsr", "stamped\n") },
		"the patterns":  func(w *Workspace) { w.Config.Policies = []string{"*.md"} },
		"what starts":   func(w *Workspace) { w.Config.Versions.Starts = policy.StartCommit },
		"the knowledge": func(w *Workspace) { w.Known = june },
		"the log's key": func(w *Workspace) { w.Config.Log.Key = "k" },
		"another base":  func(w *Workspace) { w.base = "legal" },
	} {
		r.git("2027-06-01", "reset", "-q", "--hard", "main")
		r.git("2027-06-01", "clean", "-qfd")
		w := r.open()
		change(w)
		w.Repo.Close()
		got := w.Fingerprint()
		if other, twice := seen[got]; twice || got == "" {
			t.Errorf("%s has the fingerprint %q, as %s", name, got, other)
		}
		seen[got] = name
	}
	r.commit("2027-05-30")
	if other, twice := seen[r.open().Fingerprint()]; twice {
		t.Errorf("a commit has the fingerprint of %s", other)
	}
}

func TestAFileOfThePublishedRulesHasABound(t *testing.T) {
	r := newRepo(t)
	holidays := "2027-12-24\n"
	r.commit("2027-01-10", "codicil.yaml", "notice: {holidays: days.txt}\n", "days.txt", holidays, "lease.md", lease("1.0", "2027-02-01", noon))
	r.git("2027-01-11", "checkout", "-q", "-b", "change")
	r.commit("2027-05-20", "codicil.yaml", "{}\n", "lease.md", lease("2.0", "2027-07-01", evening))
	if _, _, _, err := r.open().Published(t.Context(), "main"); err != nil {
		t.Errorf("a small file: %v", err)
	}
	r.git("2027-05-21", "checkout", "-q", "main")
	r.commit("2027-05-21", "days.txt", strings.Repeat(holidays, worktree.MaxConfig/len(holidays)+1))
	r.git("2027-05-22", "checkout", "-q", "change")
	_, _, _, err := r.open().Published(t.Context(), "main")
	wantError(t, err, "days.txt is larger than")
}
