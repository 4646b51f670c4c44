//go:build unix

package worktree_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/codicil/codicil/policy/worktree"
)

// TestWhatIsNoFileStaysWhatItIs: as root, a rename over /dev/null takes it from
// the whole machine.
func TestWhatIsNoFileStaysWhatItIs(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipe can be made here:", err)
	}
	read := make(chan string)
	go func() {
		f, err := os.Open(pipe)
		if err != nil {
			t.Error(err)
		}
		text, _ := io.ReadAll(f)
		read <- string(text)
	}()
	if err := worktree.Write(pipe, []byte("words")); err != nil {
		t.Fatal(err)
	}
	if text := <-read; text != "words" {
		t.Errorf("the pipe carries %q", text)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe is %v (%v)", info.Mode(), err)
	}
	clone := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(clone, ".git"), 0o700), os.Symlink(pipe, filepath.Join(clone, "out.pdf"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(clone)
	if err := worktree.Write("out.pdf", []byte("words")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat("out.pdf"); err != nil || !info.Mode().IsRegular() {
		t.Errorf("a link of the repository to a pipe is %v (%v)", info.Mode(), err)
	}
	whole := filepath.Join(t.TempDir(), "file")
	if err := worktree.Write(whole, []byte("words")); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(whole); err != nil || string(text) != "words" {
		t.Errorf("%q, %v", text, err)
	}
}
