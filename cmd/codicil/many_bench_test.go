//go:build linux

package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkManyVersions builds, as a program of its own, the site of a history
// as large as any that is kept: 42,632 versions of 878 documents, of 9 kB each.
// It reports the seconds and megabytes of a build from nothing, the seconds when
// nothing has changed, and those, with the files written, after one commit.
func BenchmarkManyVersions(b *testing.B) {
	if os.Getenv("CODICIL_LONG") == "" {
		b.Skip("takes minutes: set CODICIL_LONG=1")
	}
	dir, out := filepath.Join(b.TempDir(), "texts"), filepath.Join(b.TempDir(), "site")
	last := manyVersions(b, dir, 878, 42_632)
	b.Setenv("XDG_CACHE_HOME", b.TempDir())
	for b.Loop() {
		if err := os.RemoveAll(out); err != nil {
			b.Fatal(err)
		}
		seconds, megabytes := timedBuild(b, dir, out)
		b.ReportMetric(seconds, "cold-s")
		b.ReportMetric(megabytes, "cold-MB")
		seconds, _ = timedBuild(b, dir, out)
		b.ReportMetric(seconds, "unchanged-s")
		if err := os.WriteFile(filepath.Join(dir, last), []byte("# Terms\n\nWe may change them.\n"), 0o600); err != nil {
			b.Fatal(err)
		}
		gitFed(b, dir, nil, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qam", "one more")
		seconds, _ = timedBuild(b, dir, out)
		b.ReportMetric(seconds, "one-commit-s")
	}
}

// timedBuild builds a site and returns how long it took and the memory at its most.
func timedBuild(b *testing.B, dir, out string) (seconds, megabytes float64) {
	b.Helper()
	start := b.Elapsed()
	cmd := exec.Command("codicil", "-C", dir, "build", "--quiet", "-d", out)
	if said, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, said)
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return (b.Elapsed() - start).Seconds(), float64(used.Maxrss) / 1024
}

// manyVersions makes a repository of that many documents and versions, the same
// in every run, and returns the path of the last document.
func manyVersions(b *testing.B, dir string, documents, versions int) string {
	b.Helper()
	gitFed(b, "", nil, "init", "-q", "-b", "main", dir)
	r := rand.New(rand.NewPCG(1, 2))
	list := make([][]string, documents)
	for i := range list {
		list[i] = []string{fmt.Sprintf("# Policy %d", i)}
		for range 40 {
			list[i] = append(list[i], "", randomSentence(r, 40))
		}
	}
	pipe, in := io.Pipe()
	go func() {
		w := bufio.NewWriter(in)
		for v := range versions {
			i := v
			if v >= documents { // a few change often, most seldom
				i = int(float64(documents) * r.Float64() * r.Float64())
				list[i][2+2*r.IntN(39)] = randomSentence(r, 40)
			}
			text := strings.Join(list[i], "\n") + "\n"
			fmt.Fprintf(w, "commit refs/heads/main\ncommitter A <a@example.com> %d +0000\ndata 1\nx\n", 1_262_304_000+v*12_000)
			fmt.Fprintf(w, "M 100644 inline %s\ndata %d\n%s\n", documentPath(i), len(text), text)
		}
		in.CloseWithError(w.Flush())
	}()
	gitFed(b, dir, pipe, "fast-import", "--quiet")
	gitFed(b, dir, nil, "repack", "-adfq", "--depth=50", "--window=10")
	gitFed(b, dir, nil, "reset", "-q", "--hard")
	return documentPath(documents - 1)
}

func documentPath(i int) string { return fmt.Sprintf("s%02d/policy%d.md", i%40, i) }

// randomSentence returns so many words that could be in a policy.
func randomSentence(r *rand.Rand, words int) string {
	list := strings.Fields("we you may must share keep delete transfer data account partners service cookies consent period notice the of for with to a and or your our when not")
	out := make([]string, words)
	for i := range out {
		out[i] = list[r.IntN(len(list))]
	}
	return strings.ToUpper(out[0][:1]) + out[0][1:] + " " + strings.Join(out[1:], " ") + "."
}

func gitFed(b *testing.B, dir string, in io.Reader, args ...string) {
	b.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stdin = dir, in
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
