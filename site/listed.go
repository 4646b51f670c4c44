package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Listed is a version as a built site tells of it, each word as versions.sum
// writes it.
type Listed struct {
	Ref, SHA256, Effective, Commit, Path string
}

// maxSums is how much of a list of versions is read.
const maxSums = 64 << 20

// ListedIn reads which versions the site in a folder tells of. Lines that cannot
// be read tell of none: Verify names them. A folder without a site is an error
// that wraps fs.ErrNotExist.
func ListedIn(dir string) ([]Listed, error) {
	name := filepath.Join(dir, sumsName)
	info, err := os.Lstat(name)
	if err != nil {
		return nil, fmt.Errorf("read the site: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxSums {
		return nil, fmt.Errorf("read the site: %s is no file that a build wrote", name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the site: %w", err)
	}
	var list []Listed
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 7 && !strings.HasPrefix(f[0], "#") {
			list = append(list, Listed{Ref: f[0], SHA256: f[1], Effective: f[2], Commit: f[3], Path: f[4]})
		}
	}
	return list, nil
}
