//go:build unix

package site_test

import (
	"context"
	"fmt"
	"io/fs"
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

// texts puts the Markdown of every version of a built site where Hugo reads it,
// and returns how many there are.
func texts(b *testing.B, from, to string) (n int) {
	b.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "index.md" || strings.Contains(path, "compare") || strings.Contains(path, "upcoming") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		return os.WriteFile(filepath.Join(to, fmt.Sprintf("v%d.md", n)), data, 0o644)
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// BenchmarkAgainstHugo builds the site of github/site-policy, redlines and all,
// beside Hugo's build of the pages of the versions alone, and reports the ratio
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
		pages = float64(texts(b, out, filepath.Join(other, "content")))
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
