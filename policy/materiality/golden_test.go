package materiality

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// golden are commits of real policies in which a word or a number decides.
var golden = []struct {
	name, bundle, subject, day string // the commit: its id, or the end of its subject, and its day where that is not enough
	file                       string // end of the path of the document
	want                       policy.Severity
	is                         bool // want is the severity itself, not one that it must stay below
}{
	{"will becomes may", "basecamp-policies", "d688a6b", "", "", policy.Major, true},
	{"a not is put in", "basecamp-policies", "e2f7554", "", "", policy.Major, true},
	{"the liability cap falls to a tenth", "site-policy", "amend maximum liability amount for Previews (#873)", "", "", policy.Major, true},
	{"a rename hides a deletion", "site-policy", "a6179a8", "", "", policy.Major, true},
	{"a cross reference is corrected", "site-policy", "Update manually triggered by workflow (#738)", "2023-03-17", "", policy.Major, false},
}

func TestGoldenCommitsComeOutRight(t *testing.T) {
	clones, parent := map[string]string{}, t
	for _, g := range golden {
		t.Run(g.name, func(t *testing.T) {
			if clones[g.bundle] == "" {
				clones[g.bundle] = clone(t, shared(t, "corpora/"+g.bundle+".bundle"), parent.TempDir())
			}
			commit := find(t, clones[g.bundle], g.subject, g.day)
			gravest := policy.None
			for _, file := range strings.Fields(git(t, clones[g.bundle], "diff-tree", "--no-commit-id", "--name-only", "-r", "--diff-filter=M", commit)) {
				if strings.HasSuffix(file, ".md") {
					a := assessCommit(t, clones[g.bundle], commit, file)
					t.Logf("%s: %v %v", file, a.Severity, a.Categories)
					gravest = max(gravest, a.Decided())
				}
			}
			if g.is && gravest != g.want || !g.is && gravest >= g.want {
				t.Errorf("severity is %v, want %v: %v", gravest, g.want, g.is)
			}
		})
	}
}

// clone unpacks a bundle into a folder that outlives the subtest.
func clone(t *testing.T, bundle, dir string) string {
	t.Helper()
	to := filepath.Join(dir, "repository")
	git(t, ".", "clone", "--quiet", "--bare", bundle, to)
	return to
}

// find returns the commit with the given id, or with the given subject.
func find(t *testing.T, repo, subject, day string) string {
	t.Helper()
	if !strings.Contains(subject, " ") {
		return subject
	}
	for _, line := range strings.Split(git(t, repo, "log", "--all", "--format=%h %cs %s"), "\n") {
		id, rest, _ := strings.Cut(line, " ")
		when, said, _ := strings.Cut(rest, " ")
		if said == subject && (day == "" || when == day) {
			return id
		}
	}
	t.Fatalf("no commit %q", subject)
	return ""
}

func assessCommit(t *testing.T, repo, commit, file string) *Assessment {
	t.Helper()
	var docs [2]*policy.Document
	for i, revision := range []string{commit + "^", commit} {
		d, err := policy.Parse(file, []byte(git(t, repo, "show", revision+":"+file)))
		if d == nil {
			t.Fatal(err)
		}
		docs[i] = d
	}
	return Assess(redline.Compare(docs[0], docs[1]))
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return string(out)
}
