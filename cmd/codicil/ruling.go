package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
)

// ruled returns a workspace that judges by the configuration of another
// revision, so that a change cannot rule its own gate, and what the change
// loosens in the configuration. The history of the head is read by it as well.
func (a *app) ruled(ctx context.Context, w *workspace, revision string) (*workspace, []*policy.Diagnostic, error) {
	cfg, err := w.configAt(revision)
	if err != nil {
		return nil, nil, err
	}
	ruled := *w
	ruled.config = cfg
	if ruled.rules, err = cfg.rules(); err != nil {
		return nil, nil, err
	}
	if ruled.book, err = a.bookOf(cfg); err != nil {
		return nil, nil, err
	}
	ruled.comparer = a.comparer(ruled.book)
	ruled.config.Withdrawn = w.config.Withdrawn // a withdrawal is declared in the change itself
	if !reflect.DeepEqual(cfg.Versions, w.config.Versions) {
		o := w.options("")
		o.Starts, o.Mainline = cfg.Versions.Starts, cfg.Versions.Mainline
		if ruled.history, err = w.repo.History(ctx, o); err != nil {
			return nil, nil, err
		}
	}
	return &ruled, loosened(w.config, cfg), nil
}

// configAt reads the configuration as a revision has it; where it has none, the
// defaults hold.
func (w *workspace) configAt(revision string) (*config, error) {
	for _, file := range []string{path.Join(w.base, cmp.Or(filepath.Base(w.config.file), configName)), configName, path.Join("content", configName)} {
		src, err := w.repo.ReadAt(revision, file)
		if err != nil {
			continue // a fault of git itself shows where the history is read
		}
		cfg, err := parseConfig(file, src)
		if err != nil {
			return nil, fmt.Errorf("the configuration of %s cannot rule the check: %w", revision, err)
		}
		cfg.dir = w.config.dir
		return cfg, nil
	}
	return &config{dir: w.config.dir}, nil
}

// loosened names what a changed configuration would let through, and did not
// before. It counts once it is published; this check is ruled by the one before.
func loosened(now, before *config) []*policy.Diagnostic {
	var keys []string
	differ := func(key string, a, b any) {
		if !reflect.DeepEqual(a, b) {
			keys = append(keys, key)
		}
	}
	differ("policies", now.Policies, before.Policies)
	differ("versions", now.Versions, before.Versions)
	differ("strict", now.Strict, before.Strict)
	differ("notice.period", now.Notice.Period, before.Notice.Period)
	differ("notice.channels", now.Notice.Channels, before.Notice.Channels)
	differ("notice.audiences", now.Notice.Audiences, before.Notice.Audiences)
	differ("notice.holidays", now.Notice.Holidays, before.Notice.Holidays)
	differ("lint", now.Lint, before.Lint)
	differ("rules", now.Rules, before.Rules)
	differ("signers", now.Signers, before.Signers)
	if len(keys) == 0 {
		return nil
	}
	return []*policy.Diagnostic{{File: cmp.Or(now.file, configName), Line: 1, Column: 1, Level: policy.Warning, Rule: "configuration-changed",
		Message: fmt.Sprintf("this change also changes what rules the gate: %s. It was judged by the configuration that is published", strings.Join(keys, ", ")),
		Hint:    "publish the configuration by a change of its own, so that whoever approves it sees what it loosens"}}
}

// published returns the history as it stands on the published branch, at the
// given revision, else where the current branch left the published one; and
// the workspace that rules the check.
func (a *app) published(ctx context.Context, w *workspace, base string) (*workspace, *history.History, []*policy.Diagnostic, error) {
	if base == "" && w.history.Head == "" {
		return w, w.history, nil, nil // nothing was ever published
	}
	if base == "" {
		base = w.mergeBase()
	}
	commit, err := w.repo.Resolve(base)
	if err != nil {
		return nil, nil, nil, policy.Hinted(fmt.Errorf("--base: there is no revision %q", base), "name a branch, tag or commit, such as origin/main")
	}
	if commit == w.history.Head {
		return w, w.history, nil, nil
	}
	ruled, found, err := a.ruled(ctx, w, commit)
	if err != nil {
		return nil, nil, nil, err
	}
	h, err := w.repo.History(ctx, ruled.options(commit))
	return ruled, h, found, err
}

// sighted refuses to judge what cannot be seen.
func (w *workspace) sighted(published *history.History) error {
	drafts, err := w.staged()
	if err != nil {
		return err
	}
	if published.Shallow || w.history.Shallow {
		return &policy.Diagnostic{Rule: "shallow-clone", Level: policy.Error, Message: "this clone is shallow: what was published before cannot be seen, so nothing can be said of this change",
			Hint: "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in the workflow"}
	}
	if len(w.config.Policies) > 0 && len(w.history.Policies)+len(drafts) == 0 && !slices.ContainsFunc(published.Policies, func(p *policy.Policy) bool { return p.Withdrawn.IsZero() }) {
		return policy.Hinted(errors.New("`policies:` matches no file, so nothing is checked"), "mend the patterns in codicil.yaml: they are relative to its folder")
	}
	return nil
}
