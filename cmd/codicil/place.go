package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// noLinkBelow refuses a folder to write to whose name lies in the work tree,
// where a link of the work tree leads elsewhere, or that is git's own: what a
// clone brings must not choose where files are written. A folder outside of the
// work tree is named by the user, whatever links lead to it.
func noLinkBelow(root, dir string) error {
	below, err := belowRoot(root, dir)
	if err != nil || below == "" {
		return err
	}
	place := ""
	for name := range strings.SplitSeq(filepath.ToSlash(below), "/") {
		place = filepath.Join(place, name)
		if strings.EqualFold(name, ".git") {
			return hinted(fmt.Errorf("%s is git's own folder", place), "name another folder")
		}
		if info, err := os.Lstat(filepath.Join(root, place)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return hinted(fmt.Errorf("%s is a link of the repository, which may lead anywhere", place), "name the folder that it leads to, or delete the link")
		}
	}
	return nil
}

// belowRoot returns the path of a folder or file below the root of the work
// tree by its name, whatever links there are in it; empty when it lies outside,
// or there is no work tree.
func belowRoot(root, name string) (string, error) {
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
