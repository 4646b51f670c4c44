//go:build unix

package history

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Each benchmark runs its work and that of the git program in turn, and
// reports the ratio of the CPU seconds they took: on a shared machine, wall
// time says little.

func BenchmarkListAgainstGitLog(b *testing.B) {
	for _, name := range []string{"basecamp-policies", "site-policy", "pga-versions"} {
		b.Run(name, func(b *testing.B) {
			dir := corpus(b, name)
			compareCPU(b, func() {
				r, err := Open(dir)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := walkAll(r); err != nil {
					b.Fatal(err)
				}
				if err := r.Close(); err != nil {
					b.Fatal(err)
				}
			}, func() *exec.Cmd {
				return exec.Command("git", "-C", dir, "log", "-m", "--first-parent", "--raw", "--no-renames")
			})
		})
	}
}

func BenchmarkMovesAgainstGitLog(b *testing.B) {
	for _, name := range []string{"basecamp-policies", "site-policy", "pga-versions"} {
		b.Run(name, func(b *testing.B) {
			dir := corpus(b, name)
			compareCPU(b, func() {
				if len(ourSteps(b, dir)) == 0 {
					b.Fatal("no steps")
				}
			}, func() *exec.Cmd {
				return exec.Command("git", "-C", dir, "log", "-m", "--first-parent", "--raw", "-M")
			})
		})
	}
}

func BenchmarkReadAgainstGitCatFile(b *testing.B) {
	for _, name := range []string{"basecamp-policies", "site-policy", "pga-versions"} {
		b.Run(name, func(b *testing.B) {
			dir := corpus(b, name)
			ids := textsOf(b, dir)
			var names bytes.Buffer
			for _, id := range ids {
				names.WriteString(id.String() + "\n")
			}
			compareCPU(b, func() {
				s, err := newStore(mustDiscover(b, dir))
				if err != nil {
					b.Fatal(err)
				}
				for _, id := range ids {
					if _, err := s.read(plumbing.BlobObject, id); err != nil {
						b.Fatal(err)
					}
				}
				if err := s.close(); err != nil {
					b.Fatal(err)
				}
			}, func() *exec.Cmd {
				c := exec.Command("git", "-C", dir, "cat-file", "--batch", "--buffer")
				c.Stdin = bytes.NewReader(names.Bytes())
				return c
			})
		})
	}
}

// BenchmarkHistory measures a whole run without an index, with an index that
// knows all, and with an index that lacks the last commit.
func BenchmarkHistory(b *testing.B) {
	for _, name := range []string{"basecamp-policies", "site-policy", "pga-versions"} {
		b.Run(name, func(b *testing.B) {
			dir, index := corpus(b, name), b.TempDir()
			read := func(o Options) time.Duration {
				before := cpuSeconds(b)
				r, err := Open(dir)
				if err != nil {
					b.Fatal(err)
				}
				defer r.Close()
				if _, err := r.History(b.Context(), o); err != nil {
					b.Fatal(err)
				}
				return cpuSeconds(b) - before
			}
			var cold, warm, next time.Duration
			for b.Loop() {
				cold += read(Options{})
				read(Options{Index: index})
				warm += read(Options{Index: index})
				publishOneMore(b, dir)
				next += read(Options{Index: index})
			}
			b.ReportMetric(cold.Seconds()/float64(b.N), "cpu-s/cold")
			b.ReportMetric(100*warm.Seconds()/cold.Seconds(), "%-of-cold/nothing-new")
			b.ReportMetric(100*next.Seconds()/cold.Seconds(), "%-of-cold/one-new-commit")
		})
	}
}

// publishOneMore commits a change to one policy of a clone.
func publishOneMore(b *testing.B, dir string) {
	files := strings.Split(strings.TrimSpace(string(gitOutput(b, dir, "-c", "core.quotePath=false", "ls-files", "*.md"))), "\n")
	file := filepath.Join(dir, files[len(files)/2])
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, append(text, "\nOne more sentence.\n"...), 0o600); err != nil {
		b.Fatal(err)
	}
	gitOutput(b, dir, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-a", "-m", "one more")
}

// compareCPU reports how many times the CPU of git ours takes.
func compareCPU(b *testing.B, ours func(), git func() *exec.Cmd) {
	var mine, theirs time.Duration
	for b.Loop() {
		before := cpuSeconds(b)
		ours()
		mine += cpuSeconds(b) - before
		c := git()
		c.Stdout = io.Discard
		if err := c.Run(); err != nil {
			b.Fatal(err)
		}
		theirs += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	b.ReportMetric(mine.Seconds()/theirs.Seconds(), "x-git")
	b.ReportMetric(mine.Seconds()/float64(b.N), "cpu-s/op")
}

func cpuSeconds(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func mustDiscover(b testing.TB, dir string) place {
	p, err := discover(dir)
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// textsOf lists the texts of all Markdown files, each once, newest first.
func textsOf(b *testing.B, dir string) []plumbing.Hash {
	r, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	steps, err := walkAll(r)
	if err != nil {
		b.Fatal(err)
	}
	if err := r.pool.with(func(s *store) error { return pairUp(b.Context(), s, nil, steps) }); err != nil {
		b.Fatal(err)
	}
	maker := builder{}
	return maker.unknownTexts(weave(steps))
}
