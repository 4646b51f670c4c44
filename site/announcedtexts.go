package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
)

// maxSums is how much of a list of versions is read.
const maxSums = 64 << 20

// AnnouncedTexts reads which versions the site in a folder below the root of a repository
// tells of, if there is one. Lines that cannot be read tell of none: Verify names
// them.
func AnnouncedTexts(root, folder string) ([]policy.AnnouncedText, error) {
	name := filepath.Join(root, folder, sumsName)
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
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
	var list []policy.AnnouncedText
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 7 && !strings.HasPrefix(f[0], "#") {
			id, label, _ := strings.Cut(f[0], "@")
			effective, _ := policy.ParseDate(f[2]) // a day that cannot be read is not compared
			list = append(list, policy.AnnouncedText{Policy: id, Label: label, SHA256: f[1], Effective: effective, Revision: f[3], Path: f[4], By: "the site in " + folder})
		}
	}
	return list, nil
}
