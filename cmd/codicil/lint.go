package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

// off is the level of a rule that the configuration turns off.
const off policy.Level = "off"

// checkLint refuses levels and rules that do not exist.
func (c *config) checkLint() error {
	for id, level := range c.Lint {
		if lintRule(id) == nil {
			return fmt.Errorf("lint: %q is no rule of the linter: `codicil rules` lists them", id)
		}
		if level != off && level != policy.Warning && level != policy.Error {
			return fmt.Errorf("lint.%s: %q is not off, warning or error", id, level)
		}
	}
	return nil
}

// lint returns the faults of a text: by the rules that are on, at the levels
// that are configured, without those that the author excuses.
func (w *workspace) lint(p *policy.Policy, doc *policy.Document, src []byte) []*policy.Diagnostic {
	exists := func(target string) bool {
		_, err := os.Stat(filepath.Join(w.repo.Root(), filepath.FromSlash(path.Join(path.Dir(p.Path), target))))
		return err == nil
	}
	found := slices.Concat(policy.Check(doc), repair.Lint(doc, src), repair.Prose(doc), repair.Links(doc, exists))
	kept := found[:0]
	for _, d := range found {
		level, set := w.config.Lint[d.Rule]
		if rule := lintRule(d.Rule); !set && rule != nil && rule.Asked {
			level, set = off, true
		}
		if set {
			d.Level = level
		}
		if d.Level != off {
			kept = append(kept, d)
		}
	}
	kept = repair.Excused(p.Path, src, kept)
	slices.SortStableFunc(kept, func(x, y *policy.Diagnostic) int { return x.Line - y.Line })
	return kept
}

// mend repairs in the work tree what changes no meaning, and reports it.
func (a *app) mend(w *workspace, policies []*policy.Policy) error {
	for _, p := range policies {
		file := filepath.Join(w.repo.Root(), filepath.FromSlash(p.Path))
		src, err := os.ReadFile(file)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read the work tree: %w", err)
		}
		out, repairs := repair.Tidy(src)
		if bytes.Equal(out, src) || len(repairs) == 0 {
			continue
		}
		if err := writeFile(file, out); err != nil {
			return err
		}
		a.say("%s: %s", p.Path, plural(len(repairs), "repair", "repairs"))
	}
	return nil
}
