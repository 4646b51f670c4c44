//go:build unix

package site_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/site"
)

// corpus clones a repository of real policies that lies beside the module; the
// benchmark is skipped where it does not.
func corpus(b *testing.B, name string) string {
	b.Helper()
	bundle, err := filepath.Abs(filepath.Join("..", "..", "shared", "corpora", name+".bundle"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(bundle); err != nil {
		b.Skip("no corpus:", err)
	}
	dir := filepath.Join(b.TempDir(), name)
	if out, err := exec.Command("git", "clone", "--quiet", bundle, dir).CombinedOutput(); err != nil {
		b.Fatalf("git clone: %v\n%s", err, out)
	}
	return dir
}

// published lists the texts of a repository: every Markdown file that a
// first-parent commit added or changed.
func published(b *testing.B, dir string) (blobs []string) {
	b.Helper()
	out, err := exec.Command("git", "-C", dir, "log", "-m", "--first-parent", "--raw", "--no-renames", "--no-abbrev", "--format=", "--", "*.md").Output()
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if fields := strings.Fields(line); len(fields) > 4 && fields[4] != "D" {
			blobs = append(blobs, fields[3])
		}
	}
	return blobs
}

// texts puts the texts where Hugo reads them, and returns how many there are.
func texts(b *testing.B, dir string, blobs []string, to string) int {
	b.Helper()
	for i, blob := range blobs {
		data, err := exec.Command("git", "-C", dir, "cat-file", "blob", blob).Output()
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, fmt.Sprintf("v%d.md", i)), data, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return len(blobs)
}

// BenchmarkAgainstHugo builds the site of github/site-policy, redlines and all,
// beside Hugo's build of a page for each published text alone, and reports the ratio
// of their processor seconds.
func BenchmarkAgainstHugo(b *testing.B) {
	hugo, err := exec.LookPath("hugo")
	if err != nil {
		b.Skip("no hugo in PATH")
	}
	repo, err := history.Open(corpus(b, "site-policy"))
	if err != nil {
		b.Fatal(err)
	}
	h, err := repo.History(context.Background(), history.Options{})
	if err != nil {
		b.Fatal(err)
	}
	on, _ := policy.ParseDate("2026-11-22")
	o := site.Options{On: on, Rules: notice.DefaultRules()}
	changes := published(b, repo.Root())
	var ours, theirs, pages float64
	for b.Loop() {
		out, other := filepath.Join(b.TempDir(), "site"), b.TempDir()
		before := processorSeconds(b)
		if _, err := site.Build(context.Background(), out, h.Policies, repo, o); err != nil {
			b.Fatal(err)
		}
		ours += processorSeconds(b) - before
		files := map[string]string{
			"config.toml":                  "baseURL = 'https://example.com/'\ndisableKinds = ['RSS', 'sitemap', 'taxonomy', 'term', 'home', 'section', '404']\n",
			"layouts/_default/single.html": "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>{{ .Title }}</title><main>{{ .Content }}</main></html>",
		}
		for name, data := range files {
			_ = os.MkdirAll(filepath.Dir(filepath.Join(other, name)), 0o755)
			if err := os.WriteFile(filepath.Join(other, name), []byte(data), 0o644); err != nil {
				b.Fatal(err)
			}
		}
		if err := os.MkdirAll(filepath.Join(other, "content"), 0o755); err != nil {
			b.Fatal(err)
		}
		pages = float64(texts(b, repo.Root(), changes, filepath.Join(other, "content")))
		cmd := exec.Command(hugo, "--quiet", "--source", other)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("hugo: %v\n%s", err, out)
		}
		theirs += (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	}
	b.ReportMetric(ours/theirs, "of-hugo's-cpu")
	b.ReportMetric(ours/float64(b.N), "cpu-s/op")
	b.ReportMetric(pages, "hugo-pages")
}

// processorSeconds returns what this process has used, user and system.
func processorSeconds(b *testing.B) float64 {
	b.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return (time.Duration(r.Utime.Nano()) + time.Duration(r.Stime.Nano())).Seconds()
}
