package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// pair is two texts with the judgement of careful readers.
type pair struct {
	ID            string
	Kind          string // of an invented pair: which change it shows
	Doc           string // of an invented pair: the text that it is a version of
	Severity      policy.Severity
	Categories    []materiality.Category
	Disputed      bool
	Group         string
	Repo, Path    string
	Readers       int
	Lang          string
	Before, After string // of an invented pair; of another, commits

	set       string
	described materiality.Described
	rows      [][]cell // what is known of each change, numbered
	fold      int      // to which it was dealt
}

// deal deals documents, services and kinds of change, not pairs, so that none is
// on both sides.
func (p *pair) deal() int {
	group := p.set + "/" + cmp.Or(p.Doc, p.Kind)
	if p.Kind == "" || p.Repo != "" {
		group = p.Repo + "/" + p.Path
		if service, _, ok := strings.Cut(p.Path, "/"); ok && strings.Contains(p.Repo, "OpenTerms") {
			group = service
		}
	}
	h := fnv.New32a()
	h.Write([]byte(group))
	return int(h.Sum32() % folds)
}

const folds = 5

func (p *pair) natural() bool { return p.Repo != "" }

// weight is how much a pair counts in fitting: those of many collections for more,
// for there are fewer of them and the program judges real texts.
func (p *pair) weight() float64 {
	if p.natural() && p.set != "steps" {
		return naturalWeight
	}
	return 1
}

// readPairs reads all labelled pairs, those that readers disagree on left out.
func readPairs(data, own string) ([]*pair, error) {
	var list []*pair
	for _, set := range []string{"materiality-dev", "materiality-train"} {
		more, err := readSet(filepath.Join(data, set, "labels.jsonl"), set, func(p *pair) error {
			folder := filepath.Join(data, set, "pairs", p.ID)
			before, err := os.ReadFile(filepath.Join(folder, "before.md"))
			if err != nil {
				return err
			}
			after, err := os.ReadFile(filepath.Join(folder, "after.md"))
			p.Before, p.After = string(before), string(after)
			return err
		})
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	steps, err := readSteps(data, filepath.Join(own, "steps.jsonl"))
	if err != nil {
		return nil, err
	}
	list = append(list, steps...)
	files := []string{filepath.Join(data, "contrast", "pairs.jsonl")}
	for _, name := range []string{"changes", "single", "twins", "whole", "more", "furniture", "revisions"} {
		files = append(files, filepath.Join(own, name+".jsonl"))
	}
	foreign, err := filepath.Glob(filepath.Join(own, "changes-*.jsonl"))
	if err != nil {
		return nil, err
	}
	files = append(files, foreign...)
	for _, file := range files {
		more, err := readSet(file, nameOf(file), func(*pair) error { return nil })
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return append(list, workedExamples()...), nil
}

// workedExamples are the changes that the rules are explained with: each of
// them as grave as its rule says.
func workedExamples() []*pair {
	var list []*pair
	for _, r := range materiality.Rules() {
		for i, e := range r.Examples {
			p := &pair{ID: fmt.Sprintf("%s-%d", r.ID, i+1), Kind: r.ID, Severity: r.Severity, set: "worked examples"}
			if p.described = materiality.Describe(redline.Compare(parse(e.Before), parse(e.After))); !p.described.Foreign {
				list = append(list, p)
			}
		}
	}
	return list
}

// readSet reads the pairs of one file of labels.
func readSet(file, set string, texts func(*pair) error) ([]*pair, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []*pair
	for line := range bytes.Lines(data) {
		p := &pair{set: set}
		if err := json.Unmarshal(line, p); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if err := texts(p); err != nil {
			return nil, err
		}
		if p.Disputed {
			continue
		}
		p.described = materiality.Describe(redline.Compare(parse(p.Before), parse(p.After)))
		p.Before, p.After = "", ""
		list = append(list, p)
	}
	return list, nil
}

func parse(text string) *policy.Document {
	d, _ := policy.Parse("text.md", []byte(text)) // what is wrong with a text is judged all the same
	return d
}

// nameOf names a set by its file, or by its folder where the file has no name
// of its own.
func nameOf(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
	if name == "pairs" {
		return filepath.Base(filepath.Dir(file))
	}
	return name
}
