//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These tests build with the real program, and are rude to it meanwhile. What is in
// the folder afterwards is one whole site, the old or the new; and a program that
// says that it built one has left it there.

// rude is a repository of which two sites can be built, which differ in every page.
type rude struct {
	t     *testing.T
	dir   string
	sites map[string]map[[32]byte]string // by title: what each is made of
	took  time.Duration                  // to build one
}

func newRude(t *testing.T) *rude {
	t.Helper()
	if testing.Short() {
		t.Skip("builds many sites")
	}
	r := &rude{t: t, dir: t.TempDir(), sites: make(map[string]map[[32]byte]string)}
	r.must(os.Mkdir(filepath.Join(r.dir, "repo"), 0o755))
	r.git("init", "--quiet", "--initial-branch=main")
	for version := range 2 {
		for i := range 4 {
			text := fmt.Sprintf("---\nversion: %d\neffective_date: 202%d-01-01\n---\n# Policy %d\n\nWe keep it for %d days.\n", version+1, version+1, i, version+i+1)
			r.must(os.WriteFile(filepath.Join(r.dir, "repo", fmt.Sprintf("policy%d.md", i)), []byte(text), 0o600))
		}
		r.git("add", ".")
		r.git("commit", "--quiet", "-m", "publish")
	}
	for _, title := range []string{"A", "B"} {
		r.must(os.WriteFile(filepath.Join(r.dir, "repo", title+".yaml"), []byte("title: "+title+"\npolicies: [\"*.md\"]\n"), 0o600))
		began, dst := time.Now(), filepath.Join(r.dir, "reference"+title)
		r.builds(title, dst)
		r.took, r.sites[title] = time.Since(began), digests(t, dst)
	}
	return r
}

func (r *rude) must(err error) {
	if err != nil {
		r.t.Helper()
		r.t.Fatal(err)
	}
}

func (r *rude) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", filepath.Join(r.dir, "repo"), "-c", "user.name=A", "-c", "user.email=a@example.com"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2024-01-01T12:00:00Z", "GIT_COMMITTER_DATE=2024-01-01T12:00:00Z")
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// digests returns the files of a site, but for what the builder keeps for itself.
func digests(t *testing.T, dir string) map[[32]byte]string {
	t.Helper()
	found := make(map[[32]byte]string)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(name, ".codicil") {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		found[sha256.Sum256(append([]byte(name+"\x00"), text...))] = name
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// running is one build.
type running struct {
	*exec.Cmd
	out bytes.Buffer
}

// start starts a build; the cache names what a machine remembers, and before is
// what the shell does first.
func (r *rude) start(title, dst, cache, before string) *running {
	r.t.Helper()
	program, err := exec.LookPath("codicil")
	r.must(err)
	b := &running{Cmd: exec.Command("sh", "-c", before+`exec "$0" "$@"`, program, "--quiet", "--on", "2026-01-01", "--config", title+".yaml", "build", "-d", dst)}
	b.Dir = filepath.Join(r.dir, "repo")
	b.Env = append(os.Environ(), "HOME="+r.dir, "XDG_CACHE_HOME="+filepath.Join(r.dir, cache))
	b.Stdout, b.Stderr = &b.out, &b.out
	r.must(b.Start())
	return b
}

// builds builds a site undisturbed.
func (r *rude) builds(title, dst string) {
	r.t.Helper()
	if b := r.start(title, dst, "cache", ""); b.Wait() != nil {
		r.t.Fatalf("%v\n%s", b.ProcessState, b.out.Bytes())
	}
}

// holds returns whose site is in a folder: one of them, whole, or none.
func (r *rude) holds(dst string) string {
	r.t.Helper()
	if _, err := os.Stat(dst); err != nil {
		return "none"
	}
	have := digests(r.t, dst)
	for title, want := range r.sites {
		if maps.Equal(have, want) {
			return title
		}
	}
	return fmt.Sprintf("a mixture of %d files", len(have))
}

// wants checks what a build that was disturbed has left; old is what was there.
func (r *rude) wants(b *running, dst, old, new string) {
	r.t.Helper()
	err, have := b.Wait(), r.holds(dst)
	if have != new && (err == nil || have != old) {
		r.t.Errorf("over %s the build of %s ended with %v and left %s:\n%s", old, new, err, have, b.out.Bytes())
	}
}

func TestTwoBuildsAtOnceLeaveOneWholeSite(t *testing.T) {
	t.Parallel()
	r := newRude(t)
	for name, caches := range map[string][2]string{"one machine": {"cache", "cache"}, "two containers": {"cache", "other"}} {
		for _, old := range []string{"none", "A"} {
			dst := filepath.Join(r.dir, strings.ReplaceAll(name, " ", "-")+old, "site")
			if old != "none" {
				r.builds(old, dst)
			}
			first, second := r.start("A", dst, caches[0], ""), r.start("B", dst, caches[1], "")
			errs := []error{first.Wait(), second.Wait()}
			if have := r.holds(dst); have != "A" && have != "B" {
				t.Errorf("%s: over %s they ended with %v and left %s\n%s%s", name, old, errs, have, first.out.Bytes(), second.out.Bytes())
			}
			if errs[0] != nil && errs[1] != nil || caches[0] == caches[1] && (errs[0] != nil || errs[1] != nil) {
				t.Errorf("%s: over %s they ended with %v\n%s%s", name, old, errs, first.out.Bytes(), second.out.Bytes())
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dst), ".site.codicil*")); len(left) > 0 {
				t.Errorf("%s: left over: %v", name, left)
			}
		}
	}
}

func TestAFolderRemovedInMidBuildIsBuiltOrRefused(t *testing.T) {
	t.Parallel()
	r := newRude(t)
	for round := range 6 {
		dst := filepath.Join(r.dir, fmt.Sprint("removed", round), "site")
		r.builds("A", dst)
		b := r.start("B", dst, "cache", "")
		stages := func() []string {
			found, _ := filepath.Glob(filepath.Join(filepath.Dir(dst), ".site.codicil-new-*"))
			return found
		}
		for range 1000 {
			if len(stages()) > 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(rand.N(r.took / 3))
		_ = os.RemoveAll(dst) // what is built meanwhile may be in the way
		inTime := stages()
		if round%2 == 1 {
			for _, stage := range inTime {
				_ = os.RemoveAll(stage)
			}
		}
		if len(inTime) == 0 { // it was the whole site that was removed
			_ = b.Wait()
			continue
		}
		r.wants(b, dst, "none", "B")
	}
}

func TestAFullDiskLeavesTheOldSite(t *testing.T) {
	t.Parallel()
	r := newRude(t)
	dst := filepath.Join(r.dir, "limited", "site")
	for _, most := range []int{1, 16, 64, 1 << 20} { // what a file may have, in blocks
		r.builds("A", dst)
		r.wants(r.start("B", dst, "cache", fmt.Sprintf("ulimit -f %d; ", most)), dst, "A", "B")
	}
	disk := filepath.Join(r.dir, "disk")
	r.must(os.Mkdir(disk, 0o755))
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here: %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", disk).Run() })
	dst = filepath.Join(disk, "site")
	for _, free := range []int{0, 100 << 10, 400 << 10, 8 << 20} {
		r.builds("A", dst)
		var room syscall.Statfs_t
		r.must(syscall.Statfs(disk, &room))
		ballast := filepath.Join(disk, "ballast")
		r.must(os.WriteFile(ballast, make([]byte, max(0, int(room.Bavail)*int(room.Bsize)-free)), 0o600))
		r.wants(r.start("B", dst, "cache", ""), dst, "A", "B")
		r.must(os.Remove(ballast))
	}
	r.builds("B", dst)
}

func TestAKilledBuildLeavesOneWholeSite(t *testing.T) {
	t.Parallel()
	r := newRude(t)
	kills := 6
	if os.Getenv("CODICIL_LONG") != "" {
		kills = 40
	}
	dst, old, new := filepath.Join(r.dir, "killed", "site"), "A", "B"
	r.builds(old, dst)
	for range kills {
		b := r.start(new, dst, "cache", "")
		time.Sleep(rand.N(r.took + r.took/10))
		_ = b.Process.Kill()
		r.wants(b, dst, old, new)
		r.builds(new, dst)
		if have := r.holds(dst); have != new {
			t.Errorf("the build after it left %s", have)
		}
		old, new = new, old
	}
}
