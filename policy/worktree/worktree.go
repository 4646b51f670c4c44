// Package worktree reads the files of a work tree as they lie on disk, within
// bounds: the names and links of a repository, which may be anybody's, lead
// nowhere outside of it, and no file is larger than is read. It exists so that
// everything a repository names is read by the same rule.
package worktree

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
)

// ErrBeingSaved says that a text is empty: many editors empty a file before
// they write it, and the text that was seen last is what people should see.
var ErrBeingSaved = errors.New("a text is being saved")

// CheckTarget refuses a folder to write to whose name lies in the work tree,
// where a link of the work tree leads elsewhere, or that is git's own: what a
// clone brings must not choose where files are written. A folder outside of the
// work tree is named by the user, whatever links lead to it.
func CheckTarget(root, dir string) error {
	below, err := pathBelow(root, dir)
	if err != nil || below == "" {
		return err
	}
	place := ""
	for name := range strings.SplitSeq(filepath.ToSlash(below), "/") {
		place = filepath.Join(place, name)
		if strings.EqualFold(name, ".git") {
			return policy.Hinted(fmt.Errorf("%s is git's own folder", place), "name another folder")
		}
	}
	if link := linkIn(root, below); link != "" {
		return throughLink(link)
	}
	return nil
}

// CheckFolder refuses a folder to work in that is git's own, or whose name leads
// through a link of a repository, also where that leads into another repository.
func CheckFolder(dir string) error {
	full, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := CheckTarget(Root(full), full); err != nil {
		return err
	}
	for at := filepath.Dir(Root(full)); ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			if below, err := filepath.Rel(at, full); err == nil && linkIn(at, below) != "" {
				return throughLink(linkIn(at, below))
			}
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// linkIn returns the first part of a path below a folder that is a symbolic link;
// empty where none is.
func linkIn(root, below string) string {
	place := ""
	for name := range strings.SplitSeq(filepath.ToSlash(below), "/") {
		place = filepath.Join(place, name)
		if info, err := os.Lstat(filepath.Join(root, place)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return place
		}
	}
	return ""
}

func throughLink(place string) error {
	return policy.Hinted(fmt.Errorf("%s is a link of the repository, which may lead anywhere", place), "name the folder that it leads to, or delete the link")
}

// Below reports whether a file lies in the work tree at root, or would if it were
// there: by its name, or by that of the folder it is in.
func Below(root, name string) (bool, error) {
	folder, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err != nil {
		return false, fmt.Errorf("find the folder of %s: %w", name, err)
	}
	for _, name := range []string{name, filepath.Join(folder, filepath.Base(name))} {
		if below, err := pathBelow(root, name); err != nil || below != "" {
			return below != "", err
		}
	}
	return false, nil
}

// pathBelow returns the path of a folder or file below the root of the work
// tree by its name, whatever links there are in it; empty when it lies outside,
// or there is no work tree.
func pathBelow(root, name string) (string, error) {
	if root == "" {
		return "", nil
	}
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return "", fmt.Errorf("find the root of the repository: %w", err)
	}
	if !filepath.IsAbs(name) {
		here, err := filepath.EvalSymlinks(".")
		if err == nil {
			here, err = filepath.Abs(here)
		}
		if err == nil {
			here, err = filepath.EvalSymlinks(here)
		}
		if err != nil {
			return "", fmt.Errorf("find the current folder: %w", err)
		}
		name = filepath.Join(here, name)
	}
	for _, root := range []string{root, real} {
		if below, err := filepath.Rel(root, name); err == nil && filepath.IsLocal(below) && below != "." {
			return below, nil
		}
	}
	return "", nil
}

// Limits of what is read from a repository at once, in bytes.
const (
	MaxConfig = 1 << 20  // a configuration, a list of holidays, a key
	MaxAsset  = 8 << 20  // a style sheet, a picture, a template
	MaxText   = 64 << 20 // a text, and the digests of many
)

// ErrOutside says that a file may not be read for the repository.
var ErrOutside = errors.New("lies outside of the repository")

// Read reads a regular file of the work tree at root: one whose name and
// links stay within it and out of git's own folder, of no more than limit bytes.
// The names come from the repository itself, which may be anybody's; no error
// holds a word of a file. Everything that a repository names is read by it.
func Read(root, name string, limit int64) ([]byte, error) {
	place, below, err := Resolve(root, name)
	if err != nil {
		return nil, err
	}
	dir, err := os.OpenRoot(place)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	info, err := dir.Lstat(below)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, policy.Hinted(fmt.Errorf("%s is not a regular file", name), "put the text itself there")
	}
	f, err := dir.Open(below)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if opened, err := f.Stat(); err != nil || !os.SameFile(info, opened) {
		return nil, fmt.Errorf("%s was replaced while it was read", name)
	}
	return readBounded(f, name, limit)
}

// ReadNamed reads a file that the user has named: within the work tree as
// Read does, elsewhere any regular file.
func ReadNamed(root, name string, limit int64) ([]byte, error) {
	if below, err := pathBelow(root, name); err != nil || below != "" || root == "" {
		return Read(cmp.Or(root, filepath.Dir(name)), name, limit)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, policy.Hinted(fmt.Errorf("%s is not a regular file", name), "name a file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readBounded(f, name, limit)
}

func readBounded(r io.Reader, name string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = policy.Hinted(fmt.Errorf("%s is larger than %d MB, the most that is read of such a file", name, limit>>20), "make it smaller")
	}
	return data, err
}

// List lists the files of a folder of the work tree.
func List(root, name string) ([]fs.DirEntry, error) {
	place, below, err := Resolve(root, name)
	if err != nil {
		return nil, err
	}
	return os.ReadDir(filepath.Join(place, below))
}

// Resolve follows the links of a file of the work tree at root. It returns
// the place of the root and the path below it, without links in either.
func Resolve(root, name string) (place, below string, err error) {
	if root == "" {
		root = "."
	}
	if root, err = filepath.Abs(root); err != nil {
		return "", "", err
	}
	if place, err = filepath.EvalSymlinks(root); err != nil {
		return "", "", err
	}
	below, err = pathBelow(root, name)
	if err != nil {
		return "", "", err
	}
	refused := policy.Hinted(fmt.Errorf("%s %w", name, ErrOutside), "copy it into the folder of the policies")
	if below == "" {
		return "", "", refused
	}
	real, err := filepath.EvalSymlinks(filepath.Join(place, below))
	if err != nil {
		return "", "", &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	below, err = filepath.Rel(place, real)
	if err != nil || !filepath.IsLocal(below) {
		return "", "", refused
	}
	for part := range strings.SplitSeq(filepath.ToSlash(below), "/") {
		if strings.EqualFold(part, ".git") {
			return "", "", policy.Hinted(fmt.Errorf("%s lies in git's own folder", name), "copy it into the folder of the policies")
		}
	}
	return place, below, nil
}

// Has reports whether the work tree has a file or folder of that path.
func Has(root, path string) bool {
	_, _, err := Resolve(root, filepath.Join(root, filepath.FromSlash(path)))
	return err == nil
}

// Root returns the folder above dir, or dir itself, that a repository
// lies in, without reading anything of it; dir where there is none.
func Root(dir string) string {
	full, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	for at := full; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			return full
		}
	}
}

// Relative returns the folder dir as a slash path below root.
func Relative(root, dir string) (string, error) {
	if root == "" {
		return "", nil // a bare repository has no folders of its own
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the folder of the policies: %w", err)
	}
	if full, err = filepath.EvalSymlinks(full); err != nil {
		return "", fmt.Errorf("find the folder of the policies: %w", err)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return "", fmt.Errorf("find the root of the repository: %w", err)
	}
	relative, err := filepath.Rel(root, full)
	if err != nil || !filepath.IsLocal(relative) {
		return "", fmt.Errorf("the configuration in %s lies outside the repository %s", dir, root)
	}
	if relative == "." {
		return "", nil
	}
	return filepath.ToSlash(relative), nil
}
