package starter

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

var day = policy.Date{Year: 2027, Month: 3, Day: 1}

func TestWhichWorkflowsAreWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ci, publish string
		expand      bool
		want        string // files, or the error
	}{
		{"github", "none", false, "policies.yml policies-comment.yml"},
		{"github", "pages", false, "policies.yml policies-comment.yml publish.yml"},
		{"github", "s3", true, "policies.yml policies-comment.yml policies-expand.yml publish.yml"},
		{"gitlab", "pages", false, ".gitlab-ci.yml"},
		{"shell", "none", false, "ci.sh"},
		{"none", "none", false, ""},
		{"gitlab", "none", true, "--expand writes a workflow for GitHub"},
		{"jenkins", "none", false, `--ci: "jenkins" is not github, gitlab, shell or none`},
		{"github", "ftp", false, `--publish: "ftp" is not pages, netlify, s3 or none`},
	} {
		list, err := Workflows(c.ci, c.publish, c.expand)
		var names []string
		for _, f := range list {
			names = append(names, filepath.Base(f.target))
		}
		got := strings.Join(names, " ")
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, c.want) || err == nil && got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.ci, c.publish, got, c.want)
		}
	}
}

// asked is a git that makes repositories, and remembers what it was asked.
func asked(list *[]string) Git {
	return func(_ context.Context, dir string, _ io.Reader, args ...string) (string, error) {
		*list = append(*list, args[0])
		if args[0] == "init" {
			return "", os.MkdirAll(filepath.Join(dir, ".git", "hooks"), 0o755)
		}
		return "", nil
	}
}

func TestAFolderIsSetUpOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	workflows, err := Workflows("github", "pages", false)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	plan := Plan{Workflows: workflows, Day: day, Release: "1.2.3", Git: asked(&verbs)}
	f, err := SetUp(t.Context(), dir, plan)
	if err != nil || !f.Repository || len(f.Written) != 7 || len(f.Kept) > 0 || strings.Join(verbs, " ") != "init add commit" {
		t.Fatalf("%+v, %v, git %v", f, err, verbs)
	}
	text, err := os.ReadFile(filepath.Join(dir, "content", "privacy.md"))
	if err != nil || !strings.Contains(string(text), "2027-03-01") {
		t.Errorf("%v\n%s", err, text)
	}
	if info, err := os.Stat(filepath.Join(dir, ".git", "hooks", "pre-commit")); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the hook is %v, %v", info, err)
	}
	own := filepath.Join(dir, ".gitignore")
	if err := os.WriteFile(own, []byte("mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	verbs = nil
	f, err = SetUp(t.Context(), dir, plan)
	if kept, _ := os.ReadFile(own); err != nil || f.Repository || len(f.Written) > 0 || len(f.Kept) != 6 || len(verbs) > 0 || string(kept) != "mine\n" {
		t.Errorf("again: %+v, %v, git %v, %q", f, err, verbs, kept)
	}
}

func TestWorkflowsOfAFolderLieAtTheRoot(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	workflows, err := Workflows("github", "none", false)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	f, err := SetUp(t.Context(), filepath.Join(root, "docs", "legal"), Plan{Workflows: workflows, Day: day, Release: "1.2.3", Git: asked(&verbs)})
	if err != nil || f.Repository || len(verbs) > 0 {
		t.Fatalf("%+v, %v, git %v", f, err, verbs)
	}
	text, err := os.ReadFile(filepath.Join(root, ".github", "workflows", "policies.yml"))
	if err != nil || !strings.Contains(string(text), "codicil -C 'docs/legal' check ") || strings.Contains(string(text), "codicil check ") || !strings.Contains(string(text), `paths: ["docs/legal/**"]`) {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := os.Stat(filepath.Join(root, "docs", "legal", "content", "codicil.yaml")); err != nil {
		t.Error(err)
	}
	broken := func(context.Context, string, io.Reader, ...string) (string, error) { return "", errors.New("no git") }
	if _, err := SetUp(t.Context(), t.TempDir(), Plan{Day: day, Git: broken}); err == nil || err.Error() != "no git" {
		t.Errorf("with no git: %v", err)
	}
}

func TestANewTextIsADraftThatReplacesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	file, err := Text(".", "cookie-policy", "", day)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := policy.Parse(file, text)
	if err != nil || doc.Title() != "Cookie policy" || doc.Front.EffectiveDate != day || !doc.Front.Draft {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := Text(".", "cookie-policy", "Other", day); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("over one that is there: %v", err)
	}
	if file, err = Text(".", "b", `Terms: "a" \ b`, day); err != nil {
		t.Fatal(err)
	}
	text, _ = os.ReadFile(file)
	if doc, err := policy.Parse(file, text); err != nil || doc.Title() != `Terms: "a" \ b` {
		t.Errorf("%v\n%s", err, text)
	}
}
