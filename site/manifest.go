package site

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ManifestName is the file at the root of a built site that lists its files
// with their digests, so that `sha256sum -c` checks them. A folder that has it
// is ours to replace.
const ManifestName = ".codicil-manifest"

const manifestHead = "# Files of this site; check them with: sha256sum -c " + ManifestName + "\n"

// manifest writes the list of files, sorted by path.
func manifest(files []file) []byte {
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, f := range files {
		fmt.Fprintf(&b, "%s  %s\n", f.digest, f.path)
	}
	return b.Bytes()
}

// readManifest returns the paths that the manifest in dir lists. The error is
// fs.ErrNotExist when the folder has none.
func readManifest(dir string) (map[string]bool, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	paths := make(map[string]bool)
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		_, path, found := strings.Cut(lines.Text(), "  ")
		if found && filepath.IsLocal(path) {
			paths[path] = true
		}
	}
	return paths, nil
}

// checkOurs refuses a folder that holds anything but a site of ours.
func checkOurs(dst string) error {
	entries, err := os.ReadDir(dst)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return &Fault{Message: "cannot use " + dst + " for the site: " + err.Error(), Hint: "name a folder with -d", Err: err}
	}
	if onlyLeftovers(entries) {
		return nil
	}
	_, err = os.Stat(filepath.Join(dst, ManifestName))
	if err == nil {
		return nil
	}
	return &Fault{
		Message: "folder " + dst + " holds files that are not a site built here",
		Hint:    "name another folder with -d, or empty this one; a folder is replaced only when it holds " + ManifestName,
		Err:     err,
	}
}

// onlyLeftovers reports whether a folder holds nothing but what a killed first
// build has left in it.
func onlyLeftovers(entries []fs.DirEntry) bool {
	return !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), insidePrefix) })
}
