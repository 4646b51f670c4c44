package workspace

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/worktree"
)

// ruled returns a workspace that judges by the configuration of another
// revision, so that a change cannot rule its own gate, and what the change
// loosens in the configuration. The history of the head is read by it as well.
func (w *Workspace) ruled(ctx context.Context, revision string) (*Workspace, []*policy.Diagnostic, error) {
	cfg, base, err := w.configAt(revision)
	if err != nil {
		return nil, nil, err
	}
	ruled := *w
	ruled.ruling = place{base, cfg.Policies}
	if err := ruled.rule(cfg); err != nil {
		return nil, nil, err
	}
	loosened := config.Loosened(w.Config, cfg)
	dressed, err := w.dressed(revision, place{base, cfg.LookFiles()})
	if err != nil {
		return nil, nil, err
	}
	ruled.Config.Policies = w.Config.Policies       // which texts are judged is asked of both sides
	ruled.Config.Withdrawn = w.Config.Withdrawn     // a withdrawal is declared in the change itself
	ruled.Config.Acknowledge = w.Config.Acknowledge // so is what it puts on record
	if !reflect.DeepEqual(cfg.Versions, w.Config.Versions) {
		o := w.Options("")
		o.Starts, o.Mainline = cfg.Versions.Starts, cfg.Versions.Mainline
		if ruled.History, err = w.Repo.History(ctx, o); err != nil {
			return nil, nil, err
		}
		ruled.Config.Remember(ruled.History.Policies)
	}
	return &ruled, append(loosened, dressed...), nil
}

// dressed names the files of a change that pages and messages are made with: a
// style or a template can hide words, and no check reads it.
func (w *Workspace) dressed(revision string, before place) ([]*policy.Diagnostic, error) {
	var paths []string
	for _, p := range []place{before, {w.base, w.Config.LookFiles()}} {
		for _, name := range p.policies {
			paths = append(paths, path.Join(p.base, filepath.ToSlash(name)))
		}
	}
	if len(paths) == 0 {
		return nil, nil
	}
	altered, err := w.Repo.Altered(revision, paths)
	if err != nil || len(altered) == 0 {
		return nil, err
	}
	const most = 5
	names := strings.Join(altered[:min(most, len(altered))], ", ")
	if more := len(altered) - most; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	return []*policy.Diagnostic{{File: altered[0], Line: 1, Column: 1, Level: policy.Warning, Rule: "configuration-changed",
		Message: "this change also changes what pages or messages look like, and can hide words that are in the text: " + names, Hint: "look at the pages as `codicil serve` shows them; publish it by a change of its own"}}, nil
}

// configAt reads the configuration as a revision has it, and returns the folder of
// its policies in the repository; where it has none, the defaults hold. It lies where
// the revision has it, and not where a change has put another.
func (w *Workspace) configAt(revision string) (cfg *config.Config, base string, err error) {
	here, err := worktree.Relative(w.Repo.Root(), ".")
	if err != nil {
		return nil, "", err
	}
	at := func(file string) string { return path.Join(here, filepath.ToSlash(file)) }
	folder := func(file string) string { return strings.TrimPrefix(at(filepath.Dir(file)), ".") }
	has := func(file string) bool {
		_, err := w.Repo.ReadAt(revision, at(file)) // a fault of git itself shows where the history is read
		return err == nil
	}
	file, err := config.Find(w.named, has)
	if err != nil {
		return nil, "", fmt.Errorf("the configuration of %s cannot rule the check: %w", revision, err)
	}
	if file == "" || !has(file) {
		return &config.Config{Dir: w.Config.Dir}, folder(w.named), nil
	}
	src, err := w.Repo.ReadAt(revision, at(file))
	if err == nil {
		cfg, err = config.Parse(file, src)
	}
	if err != nil {
		return nil, "", fmt.Errorf("the configuration of %s cannot rule the check: %w", revision, err)
	}
	base = folder(file)
	cfg.Dir = w.Config.Dir
	cfg.ReadFrom(func(name string, limit int64) ([]byte, error) {
		text, err := w.Repo.ReadAt(revision, path.Join(base, filepath.ToSlash(name)))
		if err == nil && int64(len(text)) > limit {
			err = fmt.Errorf("%s is larger than %d kB", name, limit>>10)
		}
		return text, err
	})
	return cfg, base, nil
}

// Published returns the history as it is on the published branch, at the
// given revision, else where the current branch left the published one; and
// the workspace that rules the check.
func (w *Workspace) Published(ctx context.Context, base string) (*Workspace, *history.History, []*policy.Diagnostic, error) {
	if base == "" && w.History.Head == "" {
		return w, w.History, nil, nil // nothing was ever published
	}
	if base == "" {
		base = w.mergeBase()
	}
	commit, err := w.Repo.Resolve(base)
	if errors.Is(err, history.ErrTwoCommits) {
		return nil, nil, nil, policy.Hinted(fmt.Errorf("--base: %w", err), policy.Hint(err))
	}
	if err != nil {
		return nil, nil, nil, policy.Hinted(fmt.Errorf("--base: there is no revision %q", base), "name a branch, tag or commit, such as origin/main")
	}
	if commit == w.History.Head {
		h, err := w.asCommitted(ctx, commit)
		return w, h, nil, err
	}
	if err := w.ledHere(commit); err != nil {
		return nil, nil, nil, err
	}
	ruled, found, err := w.ruled(ctx, commit)
	if err != nil {
		return nil, nil, nil, err
	}
	o := ruled.Options(commit)
	o.Base, o.Policies = ruled.ruling.base, ruled.ruling.policies
	h, err := w.Repo.History(ctx, o)
	if err == nil {
		ruled.Config.Remember(h.Policies)
	}
	return ruled, h, found, err
}

// ledHere refuses to judge the folder that a link of the change leads to: whoever
// starts the check may have named the folder that was there before, and the system
// does not tell by which name one came.
func (w *Workspace) ledHere(base string) error {
	links, err := w.Repo.Relinked(base)
	if err != nil || len(links) == 0 {
		return err
	}
	here, err := worktree.Relative(w.Repo.Root(), ".")
	if err != nil {
		return err
	}
	for _, link := range links {
		to, err := worktree.Relative(w.Repo.Root(), filepath.Join(w.Repo.Root(), filepath.FromSlash(link)))
		if err == nil && (to == here || to == "" || strings.HasPrefix(here, to+"/")) {
			return policy.Hinted(fmt.Errorf("%s is a link to this folder now, and was something else at %.12s: other texts may be meant", link, base), "publish the link in a change of its own, and name the folder itself where the check is run")
		}
	}
	return nil
}

// asCommitted is the history of the head with the files that its own configuration
// names, where the work tree's names others: a policy that falls out of the
// patterns was published, and would be gone.
func (w *Workspace) asCommitted(ctx context.Context, head string) (*history.History, error) {
	cfg, base, err := w.configAt(head)
	if err != nil || base == w.base && slices.Equal(cfg.Policies, w.Config.Policies) {
		return w.History, nil // of a configuration that cannot be read nothing is known
	}
	o := w.Options(head)
	o.Base, o.Policies = base, cfg.Policies
	h, err := w.Repo.History(ctx, o)
	if err == nil {
		w.Config.Remember(h.Policies)
	}
	return h, err
}

// Sighted refuses to judge what cannot be seen.
func (w *Workspace) Sighted(published *history.History) error {
	drafts, err := w.Staged()
	if err != nil {
		return err
	}
	if published.Shallow || w.History.Shallow {
		return &policy.Diagnostic{Rule: "shallow-clone", Level: policy.Error, Message: "this clone is shallow: what was published before cannot be seen, so nothing can be said of this change",
			Hint: "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in the workflow"}
	}
	if len(w.Config.Policies) > 0 && len(w.History.Policies)+len(drafts) == 0 && !slices.ContainsFunc(published.Policies, func(p *policy.Policy) bool { return p.Withdrawn.IsZero() }) {
		if fault := w.Unfound(); fault != nil {
			return fault
		}
		return policy.Hinted(errors.New("`policies:` matches no file, so nothing is checked"), "mend the patterns in codicil.yaml: they are relative to its folder")
	}
	return nil
}
