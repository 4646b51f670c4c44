package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
)

// place is where the parts of a repository lie.
type place struct {
	root   string // work tree, empty when bare
	git    string // the folder with HEAD; of a linked worktree its own one
	common string // the folder with objects and config; the same unless in a linked worktree
	prefix string // slash path from root to the folder we were asked to open
}

// discover looks for the repository that dir lies in, as git does: dir itself,
// then each folder above it.
func discover(dir string) (place, error) {
	dir, err := startingFolder(dir)
	if err != nil {
		return place{}, err
	}
	for at := dir; ; at = filepath.Dir(at) {
		p, found, err := repositoryAt(at)
		if err != nil {
			return place{}, err
		}
		if found {
			p.prefix = prefixOf(p.root, dir)
			return p, nil
		}
		if at == filepath.Dir(at) {
			return place{}, &policy.Diagnostic{
				Level:   policy.Error,
				Message: fmt.Sprintf("%s is not in a git repository", dir),
				Hint:    "go to the repository with -C DIR, or make one with: git init",
			}
		}
	}
}

// startingFolder returns dir as an absolute path without symbolic links.
func startingFolder(dir string) (string, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &policy.Diagnostic{Level: policy.Error, Message: "no such folder: " + dir, Hint: "correct the path, or leave it out to use the current folder"}
	case err != nil:
		return "", fmt.Errorf("open repository: %w", err)
	case !info.IsDir():
		return "", &policy.Diagnostic{Level: policy.Error, Message: dir + " is a file, not a folder", Hint: "name the folder that it lies in"}
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("open repository: %w", err)
	}
	return filepath.EvalSymlinks(absolute)
}

func prefixOf(root, dir string) string {
	if root == "" {
		return ""
	}
	relative, err := filepath.Rel(root, dir)
	if err != nil || relative == "." {
		return ""
	}
	return filepath.ToSlash(relative)
}

// repositoryAt tells whether a repository begins at this very folder.
func repositoryAt(at string) (place, bool, error) {
	dot := filepath.Join(at, ".git")
	info, err := os.Stat(dot)
	switch {
	case err == nil && !info.IsDir():
		git, err := readPointer(dot, "gitdir: ")
		if err != nil {
			return place{}, false, err
		}
		return locate(at, git)
	case err == nil && isGitFolder(dot):
		return locate(at, dot)
	case isGitFolder(at):
		if filepath.Base(at) == ".git" {
			return locate(filepath.Dir(at), at)
		}
		if around := workTreeAround(at); around != "" {
			return place{}, false, embedded(at, around)
		}
		return locate("", at)
	}
	return place{}, false, nil
}

// workTreeAround returns the work tree that a folder lies in; empty for none.
func workTreeAround(at string) string {
	for at != filepath.Dir(at) {
		at = filepath.Dir(at)
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			return at
		}
	}
	return ""
}

// embedded refuses a bare repository in a work tree: a clone can bring one, whose
// links and alternates lead to any objects of this machine.
func embedded(at, around string) error {
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("%s looks like a bare repository, and lies in the work tree of %s: it may have come with that", at, around),
		Hint:    "go to another folder with -C DIR; a bare repository of your own is read once it lies elsewhere",
	}
}

// locate fills in the common folder of a git folder.
func locate(root, git string) (place, bool, error) {
	p := place{root: root, git: git, common: git}
	if _, err := os.Stat(filepath.Join(git, "HEAD")); err != nil {
		return place{}, false, &policy.Diagnostic{
			Level:   policy.Error,
			Message: fmt.Sprintf("%s leads to %s, which is not a git folder", filepath.Join(root, ".git"), git),
			Hint:    "a worktree or submodule that was moved is mended with: git worktree repair",
		}
	}
	common, err := readPointer(filepath.Join(git, "commondir"), "")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, true, nil
	case err != nil:
		return place{}, false, err
	}
	p.common = common
	return p, true, nil
}

// readPointer reads a file that names a folder, relative to its own.
func readPointer(file, lead string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("open repository: %w", err)
	}
	target, found := strings.CutPrefix(strings.TrimSpace(string(text)), lead)
	if !found {
		return "", &policy.Diagnostic{Level: policy.Error, Message: file + " does not name a git folder", Hint: "restore it, or clone the repository again"}
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(file), target)
	}
	return filepath.Clean(target), nil
}

// isGitFolder applies git's own test: HEAD, objects and refs.
func isGitFolder(dir string) bool {
	for _, name := range []string{"HEAD", "objects", "refs"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}
