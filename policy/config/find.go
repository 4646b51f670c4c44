package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
)

// Load reads the configuration: the named file, else codicil.yaml in the
// current folder or its content folder, else none.
func Load(named string) (*Config, error) {
	candidates := []string{Name, filepath.Join("content", Name)}
	if named != "" {
		candidates = []string{named}
	}
	for _, file := range candidates {
		src, err := worktree.ReadNamed(worktree.Root("."), file, worktree.MaxConfig)
		if errors.Is(err, fs.ErrNotExist) && named == "" {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the configuration: %w", err)
		}
		return Parse(file, src)
	}
	if named == "" {
		if file, err := below(); file != "" || err != nil {
			return found(file, err)
		}
	}
	return &Config{Dir: "."}, nil
}

func found(file string, err error) (*Config, error) {
	if err != nil {
		return nil, err
	}
	return Load(file)
}

// below returns the one configuration that lies in a usual folder of policies, as
// in a repository that holds other things too; empty where there is none. A folder
// that is a repository of its own has its own.
func below() (string, error) {
	var first string
	for _, folder := range []string{"legal", "policies", filepath.Join("docs", "legal"), filepath.Join("docs", "policies"), "docs"} {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			continue
		}
		for _, file := range []string{filepath.Join(folder, Name), filepath.Join(folder, "content", Name)} {
			if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
				continue
			}
			if first != "" {
				return "", policy.Hinted(fmt.Errorf("there are two configurations: %s and %s", first, file), "name the one that is meant with --config FILE, or its folder with -C DIR")
			}
			first = file
		}
	}
	return first, nil
}
