package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// bundles are the files of the public collections, each the history of one.
var bundles = map[string]string{
	"github/site-policy":            "site-policy",
	"basecamp/policies":             "basecamp-policies",
	"mozilla/legal-docs":            "mozilla-legal-docs",
	"OpenTermsArchive/pga-versions": "pga-versions",
}

// unpack clones the bundles into a folder for the time being.
func unpack(data string) (string, error) {
	folder, err := os.MkdirTemp("", "train-*")
	if err != nil {
		return "", err
	}
	for _, name := range bundles {
		if _, err := git("clone", "--quiet", "--bare", filepath.Join(data, name+".bundle"), filepath.Join(folder, name)); err != nil {
			os.RemoveAll(folder)
			return "", err
		}
	}
	return folder, nil
}

// newestTexts reads the newest English texts of the bundles.
func newestTexts(data string) ([]string, error) {
	folder, err := unpack(data)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	var texts []string
	for _, repo := range slices.Sorted(maps.Keys(bundles)) {
		repository := filepath.Join(folder, bundles[repo])
		files, err := git("-C", repository, "ls-tree", "-r", "--name-only", "-z", "HEAD")
		if err != nil {
			return nil, err
		}
		for file := range strings.SplitSeq(files, "\x00") {
			if !strings.HasSuffix(file, ".md") || repo == "mozilla/legal-docs" && !strings.HasPrefix(file, "en/") && !strings.HasSuffix(file, "/en.md") {
				continue
			}
			text, err := git("-C", repository, "show", "HEAD:"+file)
			if err != nil {
				return nil, err
			}
			texts = append(texts, text)
		}
	}
	return texts, nil
}

// readSteps reads pairs of which only the names are ours, for the texts belong to
// others: git reads them out of the bundles of the collections.
func readSteps(data, file string) ([]*pair, error) {
	folder, err := unpack(data)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
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
