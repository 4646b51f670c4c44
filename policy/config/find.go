package config

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
)

// Load reads the configuration: the named file, else the one that lies where Find
// looks, else none.
func Load(named string) (*Config, error) {
	file, err := Find(named, func(file string) bool {
		_, err := os.Lstat(file)
		return err == nil
	})
	if err != nil || file == "" {
		return &Config{Dir: "."}, err
	}
	src, err := worktree.ReadNamed(worktree.Root("."), file, worktree.MaxConfig)
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	return Parse(file, src)
}

// Find returns the file of the configuration in a state of the repository, as seen
// from the current folder; empty where there is none. It is the named one, else
// codicil.yaml in the current folder or its content folder, else the one in a usual
// folder of policies, as in a repository that holds other things too. A folder that
// is a repository of its own has its own. The work tree and a commit are asked alike:
// where a change put its own codicil.yaml says nothing of where the published one is.
func Find(named string, has func(file string) bool) (string, error) {
	if named != "" {
		return named, nil
	}
	for _, file := range []string{Name, filepath.Join("content", Name)} {
		if has(file) {
			return file, nil
		}
	}
	var first string
	for _, folder := range []string{"legal", "policies", filepath.Join("docs", "legal"), filepath.Join("docs", "policies"), "docs"} {
		if has(filepath.Join(folder, ".git")) {
			continue
		}
		for _, file := range []string{filepath.Join(folder, Name), filepath.Join(folder, "content", Name)} {
			switch {
			case !has(file):
			case first != "":
				return "", policy.Hinted(fmt.Errorf("there are two configurations: %s and %s", first, file), "name the one that is meant with --config FILE, or its folder with -C DIR")
			default:
				first = file
			}
		}
	}
	return first, nil
}
