package history

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenFindsTheRepositoryFromAnyFolder(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-02", "legal/eu/privacy.md", "# Privacy\n")
	root, err := filepath.EvalSymlinks(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	for folder, prefix := range map[string]string{".": "", "legal": "legal", "legal/eu": "legal/eu", ".git": ".git"} {
		got := open(t, filepath.Join(r.dir, folder))
		if got.Root() != root || got.Prefix() != prefix {
			t.Errorf("from %s: root %q prefix %q, want %q and %q", folder, got.Root(), got.Prefix(), root, prefix)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	plain := t.TempDir()
	file := filepath.Join(plain, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	lost := t.TempDir()
	if err := os.WriteFile(filepath.Join(lost, ".git"), []byte("gitdir: /nowhere/at/all\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	odd := t.TempDir()
	if err := os.WriteFile(filepath.Join(odd, ".git"), []byte("what\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	extension := func(name, value string) string {
		r := newRepo(t)
		r.git("config", "core.repositoryformatversion", "1")
		r.git("config", "extensions."+name, value)
		return r.dir
	}
	around := newRepo(t)
	brought := filepath.Join(around.dir, "legal", "store")
	around.git("init", "-q", "--bare", brought)
	for _, test := range []struct{ name, dir, message, hint string }{
		{"a bare repository that a clone brought", brought, "may have come with that", "-C DIR"},
		{"a folder of it", filepath.Join(brought, "refs"), "may have come with that", "-C DIR"},
		{"a folder that is not there", filepath.Join(plain, "none"), "no such folder", "path"},
		{"a file", file, "is a file", "folder"},
		{"a folder without a repository", plain, "not in a git repository", "-C DIR"},
		{"a worktree whose git folder is lost", lost, "is not a git folder", "git worktree repair"},
		{"a .git file that says nothing", odd, "does not name a git folder", "clone"},
		{"sha256 objects", extension("objectformat", "sha256"), "object format sha256", "sha1"},
		{"reftable", extension("refstorage", "reftable"), "reftable", "git refs migrate"},
		{"an extension to come", extension("quantum", "true"), `"quantum"`, "afresh"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Open(test.dir)
			f := fault(t, err)
			if !strings.Contains(f.Message, test.message) || !strings.Contains(f.Hint, test.hint) {
				t.Errorf("got %q, hint %q; want %q and %q in them", f.Message, f.Hint, test.message, test.hint)
			}
		})
	}
}

func TestOpenRefusesARealSha256Repository(t *testing.T) {
	t.Parallel()
	r := &repo{t: t, dir: t.TempDir()}
	if out, err := r.try("init", "-q", "--object-format=sha256"); err != nil {
		t.Skipf("this git has no sha256: %s", out)
	}
	_, err := Open(r.dir)
	if f := fault(t, err); !strings.Contains(f.Message, "sha256") {
		t.Errorf("got %q", f.Message)
	}
}

func TestOpenAllowsHarmlessExtensions(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git("config", "core.repositoryformatversion", "1")
	r.git("config", "extensions.worktreeConfig", "true")
	r.git("config", "extensions.objectformat", "sha1")
	r.commit("2024-01-02", "privacy.md", "# Privacy\n")
	wantOutline(t, r.history(Options{}), "privacy: 2024-01-02")
}

func TestOpenReportsAConfigThatCannotBeRead(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	if err := os.WriteFile(filepath.Join(r.dir, ".git", "config"), []byte("[core\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(r.dir); err == nil || !strings.Contains(err.Error(), "config") {
		t.Errorf("got %v, want an error that names the config", err)
	}
}

func TestAnUnbornBranchHasNoPolicies(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	h := r.history(Options{})
	if len(h.Policies) != 0 || h.Head != "" || h.Shallow {
		t.Errorf("got %+v, want an empty history", h)
	}
	o := open(t, r.dir)
	for _, err := range []error{
		func() error { _, err := o.Resolve("HEAD"); return err }(),
		func() error { _, err := o.ReadAt("HEAD", "privacy.md"); return err }(),
		func() error { _, err := o.MergeBase("HEAD", "HEAD"); return err }(),
	} {
		if f := fault(t, err); !strings.Contains(f.Message, "no commit yet") {
			t.Errorf("got %q", f.Message)
		}
	}
}

// twoVersions makes a repository whose privacy policy has two versions.
func twoVersions(t *testing.T) *repo {
	r := newRepo(t)
	r.commit("2024-01-02", "privacy.md", "# Privacy\n\nWe collect little.\n")
	r.commit("2024-02-03", "privacy.md", "# Privacy\n\nWe collect nothing.\n")
	return r
}

func TestCloneKindsGiveOneHistory(t *testing.T) {
	t.Parallel()
	const want = "privacy: 2024-02-03 2024-01-02"
	origin := twoVersions(t)
	kinds := map[string]func(at string) string{
		"bare": func(at string) string {
			origin.git("clone", "-q", "--bare", origin.dir, at)
			return at
		},
		"shared": func(at string) string {
			origin.git("clone", "-q", "--shared", origin.dir, at)
			return at
		},
		"shared twice": func(at string) string {
			origin.git("clone", "-q", "--shared", origin.dir, at)
			origin.git("clone", "-q", "--shared", at, at+"2")
			return at + "2"
		},
		"linked worktree": func(at string) string {
			origin.git("worktree", "add", "-q", "--detach", at)
			return at
		},
		"detached HEAD": func(at string) string {
			origin.git("clone", "-q", origin.dir, at)
			origin.git("-C", at, "checkout", "-q", "--detach")
			return at
		},
		"packed": func(at string) string {
			origin.git("clone", "-q", origin.dir, at)
			origin.git("-C", at, "gc", "-q")
			return at
		},
	}
	for name, make := range kinds {
		t.Run(name, func(t *testing.T) {
			r := open(t, make(filepath.Join(t.TempDir(), "clone")))
			h, err := r.History(context.Background(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			wantOutline(t, h, want)
			if text, err := r.Text(h.Policies[0].Versions[0]); err != nil || !strings.Contains(string(text), "nothing") {
				t.Errorf("Text gave %q, %v", text, err)
			}
			if name == "bare" && r.Root() != "" {
				t.Errorf("a bare repository has the work tree %q", r.Root())
			}
		})
	}
}

func TestAlternatesMayBeRelative(t *testing.T) {
	t.Parallel()
	origin := twoVersions(t)
	at := filepath.Join(t.TempDir(), "clone")
	origin.git("clone", "-q", "--shared", origin.dir, at)
	relative, err := filepath.Rel(filepath.Join(at, ".git", "objects"), filepath.Join(origin.dir, ".git", "objects"))
	if err != nil {
		t.Fatal(err)
	}
	info := filepath.Join(at, ".git", "objects", "info", "alternates")
	if err := os.WriteFile(info, []byte("# borrowed\n"+relative+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h, err := open(t, at).History(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantOutline(t, h, "privacy: 2024-02-03 2024-01-02")
}

func TestAShallowCloneIsFlaggedAndListed(t *testing.T) {
	t.Parallel()
	origin := twoVersions(t)
	at := filepath.Join(t.TempDir(), "clone")
	origin.git("clone", "-q", "--depth", "1", "file://"+origin.dir, at)
	r := open(t, at)
	h, err := r.History(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantOutline(t, h, "privacy: 2024-02-03")
	if !h.Shallow || len(h.Warnings) != 1 || !strings.Contains(h.Warnings[0].Hint, "git fetch --unshallow") {
		t.Errorf("shallow %v, warnings %v", h.Shallow, h.Warnings)
	}
	_, err = r.Resolve("HEAD~1")
	if f := fault(t, err); !strings.Contains(f.Hint, "--unshallow") {
		t.Errorf("the hint is %q", f.Hint)
	}
	origin.git("-C", at, "fetch", "-q", "--unshallow")
	h, err = open(t, at).History(context.Background(), Options{})
	if err != nil || h.Shallow {
		t.Fatalf("after the repair: shallow %v, error %v", h.Shallow, err)
	}
	wantOutline(t, h, "privacy: 2024-02-03 2024-01-02")
}

func TestAPartialCloneSaysHowToFetchTheRest(t *testing.T) {
	t.Parallel()
	origin := twoVersions(t)
	origin.git("config", "uploadpack.allowFilter", "true")
	at := filepath.Join(t.TempDir(), "clone")
	origin.git("clone", "-q", "--filter=blob:none", "--no-checkout", "file://"+origin.dir, at)
	r := open(t, at)
	_, err := r.History(context.Background(), Options{})
	f := fault(t, err)
	if !strings.Contains(f.Message, "partial clone") {
		t.Errorf("got %q", f.Message)
	}
	command := strings.Fields(f.Hint[strings.Index(f.Hint, "git "):])
	origin.git(append([]string{"-C", at}, command[1:]...)...)
	h, err := r.History(context.Background(), Options{}) // the same Repository: packs made meanwhile are found
	if err != nil {
		t.Fatalf("after %s: %v", command, err)
	}
	wantOutline(t, h, "privacy: 2024-02-03 2024-01-02")
}

func TestADamagedRepositoryIsNamedSo(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	blob := r.git("rev-parse", "HEAD~1:privacy.md")
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	_, err := open(t, r.dir).History(context.Background(), Options{})
	if f := fault(t, err); !strings.Contains(f.Message, blob) || !strings.Contains(f.Hint, "git fsck") {
		t.Errorf("got %q, hint %q", f.Message, f.Hint)
	}
}

func TestASubmoduleIsARepositoryOfItsOwn(t *testing.T) {
	t.Parallel()
	origin := twoVersions(t)
	outer := newRepo(t)
	outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin.dir, "texts.md")
	outer.commit("2024-03-04", "terms.md", "# Terms\n")
	wantOutline(t, outer.history(Options{}), "terms: 2024-03-04")
	h, err := open(t, filepath.Join(outer.dir, "texts.md")).History(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantOutline(t, h, "privacy: 2024-02-03 2024-01-02")
}

func TestReplaceRefsAreIgnored(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	head := r.git("rev-parse", "HEAD")
	r.git("replace", head, r.git("commit-tree", "-m", "other", head+"^{tree}"))
	wantOutline(t, r.history(Options{}), "privacy: 2024-02-03 2024-01-02")
}

func TestObjectsPackedAnewAreFound(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	o := open(t, r.dir)
	h, err := o.History(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.commit("2024-05-06", "privacy.md", "# Privacy\n\nThird.\n")
	r.git("gc", "-q", "--prune=now")
	if _, err := o.Text(h.Policies[0].Versions[1]); err != nil {
		t.Errorf("an old text after gc: %v", err)
	}
	if h, err = o.History(context.Background(), Options{}); err != nil {
		t.Fatal(err)
	}
	wantOutline(t, h, "privacy: 2024-05-06 2024-02-03 2024-01-02")
}

func TestHistoryStopsWhenAsked(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := open(t, r.dir).History(ctx, Options{}); err != context.Canceled {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestADocumentWithoutFaultHasNoWarnings(t *testing.T) {
	t.Parallel()
	if h := twoVersions(t).history(Options{}); len(h.Warnings) != 0 {
		t.Errorf("got %v", h.Warnings)
	}
}

func TestASymbolicLinkIsNotPublishedAndSaid(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	for link, target := range map[string]string{"legal/terms.md": "../privacy.md", "away.md": "/etc/hostname", "README.md": "privacy.md", "tool.sh": "privacy.md"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(r.dir, link)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(r.dir, link)); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	r.commit("2024-03-01")
	h := r.history(Options{})
	wantOutline(t, h, "privacy: 2024-02-03 2024-01-02")
	var files []string
	for _, w := range h.Warnings {
		files = append(files, w.File+" "+w.Rule)
	}
	if got := strings.Join(files, ", "); got != "away.md symlink, legal/terms.md symlink" {
		t.Errorf("warnings: %s", got)
	}
	if text, err := open(t, r.dir).ReadAt("HEAD", "legal/terms.md"); err == nil {
		t.Errorf("the link was read as %q", text)
	}
}

func TestAReftableRepositoryIsRefusedWithTheWayOut(t *testing.T) {
	t.Parallel()
	r := &repo{t: t, dir: t.TempDir()}
	if out, err := r.try("init", "-q", "--ref-format=reftable"); err != nil {
		// This git cannot make one: what one looks like from outside will do.
		t.Logf("this git has no reftable: %s", out)
		r.git("init", "-q")
		r.git("config", "core.repositoryformatversion", "1")
		r.git("config", "extensions.refStorage", "reftable")
	}
	_, err := Open(r.dir)
	if f := fault(t, err); !strings.Contains(f.Message, "reftable") || !strings.Contains(f.Hint, "git refs migrate") {
		t.Errorf("got %q, hint %q", f.Message, f.Hint)
	}
}

func TestAPromisorRemoteThatGaveAllIsAsGoodAsAny(t *testing.T) {
	t.Parallel()
	origin := twoVersions(t)
	at := filepath.Join(t.TempDir(), "clone")
	origin.git("clone", "-q", origin.dir, at)
	origin.git("-C", at, "config", "remote.origin.promisor", "true")
	origin.git("-C", at, "config", "remote.origin.partialclonefilter", "blob:none")
	h, err := open(t, at).History(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantOutline(t, h, "privacy: 2024-02-03 2024-01-02")
}
