package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// bundles are the files of the public collections, each the history of one.
var bundles = map[string]string{
	"github/site-policy":            "site-policy",
	"basecamp/policies":             "basecamp-policies",
	"mozilla/legal-docs":            "mozilla-legal-docs",
	"OpenTermsArchive/pga-versions": "pga-versions",
}

// readSteps reads pairs of which only the names are ours, for the texts belong to
// others: git reads them out of the bundles of the collections.
func readSteps(data, file string) ([]*pair, error) {
	folder, err := os.MkdirTemp("", "train-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	for _, name := range bundles {
		if _, err := git("clone", "--quiet", "--bare", filepath.Join(data, name+".bundle"), filepath.Join(folder, name)); err != nil {
			return nil, err
		}
	}
	return readSet(file, nameOf(file), func(p *pair) (err error) {
		repository := filepath.Join(folder, bundles[p.Repo])
		if p.Before, err = git("-C", repository, "cat-file", "blob", p.Before); err != nil {
			return err
		}
		p.After, err = git("-C", repository, "cat-file", "blob", p.After)
		return err
	})
}

// git runs git and returns what it prints.
func git(args ...string) (string, error) {
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return string(out), nil
}
