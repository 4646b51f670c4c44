package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// bundles are the real histories that lie beside the project.
func bundles() []string {
	return []string{"basecamp-policies", "site-policy", "mozilla-legal-docs", "pga-versions"}
}

// shared returns the path of something that lies beside the project, and skips
// the test where it is not there.
func shared(t *testing.T, name string) string {
	t.Helper()
	full, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(full); err != nil {
		t.Skipf("the real texts are not here: %v", err)
	}
	return full
}

// corpus clones one of the real histories, without a work tree.
func corpus(t *testing.T, name string) string {
	t.Helper()
	bundle := shared(t, "corpora/"+name+".bundle")
	clone := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("git", "clone", "-q", "--no-checkout", bundle, clone).CombinedOutput(); err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	return clone
}

func gitOutput(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, err := exec.Command("git", append([]string{"-C", dir, "-c", "core.quotePath=false"}, args...)...).Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return string(out)
}

// gitTexts reads objects, named as git does, with one run of git.
func gitTexts(t *testing.T, dir string, names []string, each func(i int, blob string, text []byte)) {
	t.Helper()
	cat := exec.Command("git", "-C", dir, "cat-file", "--batch", "--buffer")
	cat.Stdin = strings.NewReader(strings.Join(names, "\n") + "\n")
	out, err := cat.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cat.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(out)
	for i, name := range names {
		line, err := in.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		var blob, kind string
		var size int
		if _, err := fmt.Sscanf(line, "%s %s %d", &blob, &kind, &size); err != nil {
			t.Fatalf("%s: git has %q", name, line)
		}
		text := make([]byte, size+1)
		if _, err := io.ReadFull(in, text); err != nil {
			t.Fatal(err)
		}
		each(i, blob, bytes.TrimSuffix(text, []byte("\n")))
	}
	if err := cat.Wait(); err != nil {
		t.Fatal(err)
	}
}
