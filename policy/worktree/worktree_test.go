package worktree_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
)

// tree is a work tree with a few files and links, beside a file that is none of its
// own; the test works in it.
func tree(t *testing.T) (root, outside string) {
	t.Helper()
	base := t.TempDir()
	root, outside = filepath.Join(base, "repo"), filepath.Join(base, "secret")
	for name, text := range map[string]string{"repo/.git/config": "own", "repo/legal/terms.md": "words", "repo/..odd/x.md": "odd", "secret": "secret"} {
		full := filepath.Join(base, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"link.md": "legal/terms.md", "out.md": "../secret", "git.md": ".git/config", "away": "..", "abs.md": outside, "none.md": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
	return root, outside
}

func wantError(t *testing.T, name string, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error()+"\n"+policy.Hint(err), want) {
		t.Errorf("%s: got the error %v, want %q", name, err, want)
	}
}

// Names and links of a repository lead nowhere outside of it, nor into git's folder.
func TestOnlyFilesOfTheWorkTreeAreRead(t *testing.T) {
	root, outside := tree(t)
	for name, want := range map[string]string{
		"legal/terms.md":               "",
		"./legal/../legal/terms.md":    "",
		"link.md":                      "",
		filepath.Join(root, "link.md"): "",
		"..odd/x.md":                   "",
		"out.md":                       "lies outside of the repository",
		"abs.md":                       "lies outside of the repository",
		"away/secret":                  "lies outside of the repository",
		"../secret":                    "lies outside of the repository",
		outside:                        "lies outside of the repository",
		"git.md":                       "git's own folder",
		".git/config":                  "git's own folder",
		"none.md":                      "file does not exist",
		"legal":                        "is not a regular file",
		"legal/none.md":                "file does not exist",
	} {
		_, err := worktree.Read(root, name, 100)
		wantError(t, name, err, want)
		if err != nil && strings.Contains(err.Error(), "secret text") {
			t.Errorf("%s: the error tells a word of the file", name)
		}
		if has := worktree.Has(root, name); !filepath.IsAbs(name) && has != (want == "" || strings.Contains(want, "regular")) {
			t.Errorf("%s is there: %v", name, has)
		}
	}
	if _, err := worktree.Read(root, "legal/none.md", 100); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestNoMoreIsReadThanIsAllowed(t *testing.T) {
	root, outside := tree(t)
	for limit, want := range map[int64]string{5: "", 4: "is larger than", 100: ""} {
		text, err := worktree.Read(root, "legal/terms.md", limit)
		if wantError(t, "below", err, want); err == nil && string(text) != "words" {
			t.Errorf("at most %d bytes: %q", limit, text)
		}
	}
	for limit, want := range map[int64]string{6: "", 5: "is larger than"} {
		_, err := worktree.ReadNamed(root, outside, limit)
		wantError(t, "named", err, want)
	}
}

// What a user names may lie anywhere; what lies in the work tree is read as such.
func TestAFileThatAUserNamesMayLieAnywhere(t *testing.T) {
	root, outside := tree(t)
	for name, want := range map[string]string{outside: "", "../secret": "", "legal/terms.md": "", "out.md": "lies outside", "git.md": "git's own folder", "..": "is not a regular file", "../none": "no such file"} {
		_, err := worktree.ReadNamed(root, name, 100)
		wantError(t, name, err, want)
	}
	if _, err := worktree.ReadNamed("", outside, 100); err != nil {
		t.Errorf("with no work tree: %v", err)
	}
}

func TestAFolderToWriteToIsNoLinkOfTheRepository(t *testing.T) {
	root, outside := tree(t)
	for name, want := range map[string]string{
		"site": "", "legal/site": "", "away/site": "is a link of the repository", "legal/.GIT/x": "git's own folder", ".git": "git's own folder",
		outside: "", "..": "", ".": "",
	} {
		wantError(t, name, worktree.CheckTarget(root, name), want)
	}
	wantError(t, "no work tree", worktree.CheckTarget("", ".git"), "")
	for name, want := range map[string]bool{"key": true, "legal/key": true, "../key": false, filepath.Join(root, "key"): true, outside: false, "away/key": true} {
		below, err := worktree.Below(root, name)
		if below != want || err != nil {
			t.Errorf("%s lies in the work tree: %v, %v", name, below, err)
		}
	}
	_, err := worktree.Below(root, "none/key")
	wantError(t, "a folder that is not there", err, "find the folder")
}

// A link of one repository may lead into another one, which answers for none of its texts.
func TestAFolderToWorkInIsNoLinkOfARepository(t *testing.T) {
	root, _ := tree(t)
	other := filepath.Join(filepath.Dir(root), "other")
	inner := filepath.Join(root, "inner")
	if err := errors.Join(os.MkdirAll(filepath.Join(other, ".git"), 0o755), os.MkdirAll(filepath.Join(other, "legal"), 0o755), os.MkdirAll(filepath.Join(inner, ".git"), 0o755),
		os.Symlink("../other", filepath.Join(root, "led")), os.Symlink(root, root+"-link")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		".": "", "legal": "", "inner": "", "inner/deep": "", other: "", root + "-link": "", root + "-link/legal": "", "..": "",
		"led": "led is a link of the repository", "led/legal": "led is a link of the repository", "away": "away is a link of the repository", ".git": "git's own folder",
	} {
		wantError(t, name, worktree.CheckFolder(name), want)
	}
}

func TestWhereAFolderLies(t *testing.T) {
	root, _ := tree(t)
	for dir, want := range map[string]string{".": "", "legal": "legal", "..odd": "..odd", "away/repo/legal": "legal"} {
		if got, err := worktree.Relative(root, dir); got != want || err != nil {
			t.Errorf("%s lies at %q, %v", dir, got, err)
		}
	}
	_, err := worktree.Relative(root, "..")
	wantError(t, "above", err, "lies outside the repository")
	_, err = worktree.Relative(root, "none")
	wantError(t, "not there", err, "find the folder of the policies")
	if got, err := worktree.Relative("", "none"); got != "" || err != nil {
		t.Errorf("of a bare repository: %q, %v", got, err)
	}
	for dir, want := range map[string]string{"legal": root, ".": root, root: root} {
		if got := worktree.Root(dir); got != want {
			t.Errorf("the root above %s is %s", dir, got)
		}
	}
	if alone := t.TempDir(); worktree.Root(alone) != alone {
		t.Errorf("a folder in no repository has the root %s", worktree.Root(alone))
	}
	t.Run("of a folder that is gone", func(t *testing.T) {
		gone := t.TempDir()
		t.Chdir(gone)
		if err := os.Remove(gone); err != nil {
			t.Skip("a folder in use cannot be removed here")
		}
		if got := worktree.Root("legal"); got != "legal" {
			t.Errorf("the root is %q, want the folder itself", got)
		}
	})
	if list, err := worktree.List(root, "legal"); err != nil || len(list) != 1 || list[0].Name() != "terms.md" {
		t.Errorf("listed %v, %v", list, err)
	}
	_, err = worktree.List(root, "away")
	wantError(t, "a list of elsewhere", err, "lies outside")
}

// A file is written whole or not at all, and leaves nothing beside it.
func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	if err := worktree.Write(file, []byte("one")); err != nil {
		t.Fatal(err)
	}
	err := worktree.Stream(file, 0o600, func(w io.Writer) error {
		_, _ = w.Write([]byte("half"))
		return errors.New("the light went out")
	})
	wantError(t, "a write that broke", err, "the light went out")
	if text, _ := os.ReadFile(file); string(text) != "one" {
		t.Errorf("the file holds %q", text)
	}
	for name, want := range map[string]string{"one": "", "two": "exists already"} {
		wantError(t, name, worktree.WriteOnce(file, []byte(name)), want)
	}
	wantError(t, "a new file", worktree.WriteOnce(filepath.Join(dir, "b"), []byte("x")), "")
	if err := worktree.WritePrivate(file, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v, %v", info.Mode(), err)
	}
	wantError(t, "in no folder", worktree.Write(filepath.Join(dir, "none", "a"), nil), "write ")
	if left, _ := filepath.Glob(filepath.Join(dir, ".codicil-*")); len(left) > 0 {
		t.Errorf("left beside it: %v", left)
	}
}

func TestWhatGitSays(t *testing.T) {
	dir := t.TempDir()
	if _, err := worktree.Git(t.Context(), dir, nil, "init", "-q"); err != nil {
		t.Fatal(err)
	}
	if out, err := worktree.Git(t.Context(), dir, strings.NewReader("words"), "hash-object", "--stdin"); err != nil || len(out) != 40 {
		t.Errorf("%q, %v", out, err)
	}
	_, err := worktree.Git(t.Context(), dir, nil, "no-such-verb")
	wantError(t, "an unknown verb", err, "git no-such-verb: ")
	for _, name := range []string{"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"} {
		t.Setenv(name, "")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	_, err = worktree.Git(t.Context(), dir, nil, "commit", "--allow-empty", "-m", "x")
	wantError(t, "nobody", err, "git config --global user.name")
	t.Setenv("PATH", t.TempDir())
	_, err = worktree.Git(t.Context(), dir, nil, "init")
	wantError(t, "no git", err, "install git")
}
