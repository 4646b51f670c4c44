package worktree

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy"
)

// MakeFolder makes a folder to write to, where no link of the repository leads
// elsewhere.
func MakeFolder(name string, mode os.FileMode) error {
	if err := CheckTarget(Root("."), name); err != nil {
		return err
	}
	return os.MkdirAll(name, mode)
}

// WriteOnce writes a file that is not there, or that says the same already.
func WriteOnce(name string, content []byte) error {
	switch old, err := os.ReadFile(name); {
	case err == nil && bytes.Equal(old, content):
		return nil
	case err == nil:
		return policy.Hinted(fmt.Errorf("%s exists already", name), "move it away: it may hold what is not kept elsewhere")
	}
	return Write(name, content)
}

// Write writes a file whole or not at all.
func Write(name string, content []byte) error {
	return Stream(name, 0o644, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// WritePrivate writes a file that its owner alone can read.
func WritePrivate(name string, content []byte) error {
	return Stream(name, 0o600, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Stream writes a file whole or not at all: first beside it, then renamed. What is
// no file, such as /dev/null or /dev/stdout, is written to and stays what it is. No
// link of the repository leads it elsewhere.
func Stream(name string, mode os.FileMode, write func(io.Writer) error) error {
	if err := CheckTarget(Root("."), filepath.Dir(name)); err != nil {
		return err
	}
	look := os.Stat
	if below, err := Below(Root("."), name); err != nil || below {
		look = os.Lstat // a link that a clone brings may lead to a disk; it is replaced
	}
	if info, err := look(name); err == nil && !info.Mode().IsRegular() && !info.IsDir() && info.Mode()&os.ModeSymlink == 0 {
		return streamInto(name, write)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".codicil-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(f.Name()) // gone already once it is renamed
	err = write(f)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(f.Name(), mode)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// streamInto writes to a device or a pipe.
func streamInto(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err == nil {
		err = write(f)
		if closing := f.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
