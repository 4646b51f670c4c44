package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/site"
)

// workspace is a repository of policies, read, with its configuration.
type workspace struct {
	config   *config.Config
	rules    notice.Rules
	book     site.Book
	comparer comparison.Comparer
	repo     *history.Repository
	history  *history.History
	stranger bool        // the text to judge is that of somebody who must be told nothing: nothing but texts is opened
	base     string      // folder of the policies inside the repository, slash-separated
	now      policy.Date // the day of the run
	known    policy.Date // the day whose knowledge is asked for; zero for all that is known
}

// open reads the configuration and the history of the folder.
func (a *app) open(ctx context.Context) (*workspace, error) {
	w, err := a.configured()
	if err != nil {
		return nil, err
	}
	return w, a.read(ctx, w)
}

// openKnown is open with no more than was known on the day of --as-known, or of
// --on: what was published later did not count on that day.
func (a *app) openKnown(ctx context.Context) (*workspace, error) {
	w, err := a.configured()
	if err != nil {
		return nil, err
	}
	w.known = a.knownDay()
	return w, a.read(ctx, w)
}

// inZone has a clock show the time of a zone that is known to exist: the days of
// a deadline are those of its people.
func inZone(clock func() time.Time, zone string) func() time.Time {
	place, err := time.LoadLocation(zone)
	if err != nil {
		return clock
	}
	return func() time.Time { return clock().In(place) }
}

// configured reads the configuration of the folder, and no history yet.
func (a *app) configured() (*workspace, error) {
	cfg, err := config.Load(a.config)
	if err != nil {
		return nil, err
	}
	if cfg.Timezone != "" {
		a.now = inZone(a.now, cfg.Timezone)
	}
	rules, err := cfg.NoticeRules()
	if err != nil {
		return nil, err
	}
	book, err := a.bookOf(cfg)
	if err != nil {
		return nil, err
	}
	repo, err := history.Open(".")
	if err != nil {
		return nil, err
	}
	w := &workspace{config: cfg, rules: rules, book: book, comparer: a.comparer(book), repo: repo, now: policy.DateOf(a.now())}
	if w.base, err = relativeTo(repo.Root(), cfg.Dir); err != nil {
		return nil, err
	}
	return w, nil
}

// read reads the history.
func (a *app) read(ctx context.Context, w *workspace) (err error) {
	if w.history, err = w.repo.History(ctx, w.options("")); err != nil {
		return err
	}
	a.warn(w.history)
	return nil
}

// fingerprint stands for all texts and their history as the configuration
// chooses them, and for what is pinned; empty when it cannot be told.
func (w *workspace) fingerprint() string {
	refs, err := w.repo.Fingerprint()
	if err != nil || refs == "" {
		return ""
	}
	pins, _ := worktree.Read(w.repo.Root(), w.sumFile(), worktree.MaxText) // there may be none
	sum := sha256.Sum256(fmt.Appendf(pins, "\x00%s\x00%q\x00%q\x00%q\x00%s", refs, w.base, w.config.Policies, w.config.Versions, w.known))
	return hex.EncodeToString(sum[:])
}

// options says which history to read; an empty revision is the head.
func (w *workspace) options(revision string) history.Options {
	o := history.Options{
		Base: w.base, Policies: w.config.Policies, Starts: w.config.Versions.Starts, Revision: revision, Index: indexFolder(w.repo.Root()),
		Now: w.now, Known: w.known, Mainline: w.config.Versions.Mainline,
	}
	pins, _ := w.pins() // what is wrong with them is told by those who check them
	for _, pin := range pins {
		o.Pinned = append(o.Pinned, pin.Commit)
	}
	return o
}

// indexFolder returns where the index of a repository is kept, so that the next
// run reads only what is new. Nothing is lost when it is deleted, and a machine
// without a folder for such things works without.
func indexFolder(root string) string {
	cache, err := os.UserCacheDir()
	if err != nil || root == "" {
		return ""
	}
	name := sha256.Sum256([]byte(root))
	return filepath.Join(cache, "codicil", hex.EncodeToString(name[:8]))
}

// relativeTo returns the folder dir as a slash path below root.
func relativeTo(root, dir string) (string, error) {
	if root == "" {
		return "", nil // a bare repository has no folders of its own
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the folder of the policies: %w", err)
	}
	if full, err = filepath.EvalSymlinks(full); err != nil {
		return "", fmt.Errorf("find the folder of the policies: %w", err)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return "", fmt.Errorf("find the root of the repository: %w", err)
	}
	relative, err := filepath.Rel(root, full)
	if err != nil || strings.HasPrefix(relative, "..") {
		return "", fmt.Errorf("the configuration in %s lies outside the repository %s", dir, root)
	}
	if relative == "." {
		return "", nil
	}
	return filepath.ToSlash(relative), nil
}

// warn says what is not as it should be in a history that can still be read.
func (a *app) warn(h *history.History) {
	if h.Shallow && !a.quiet {
		fmt.Fprintln(a.stderr, "codicil: warning: this clone is shallow: older versions are missing")
		fmt.Fprintln(a.stderr, "codicil: hint: run `git fetch --unshallow`")
	}
	if !a.verbose {
		return
	}
	for _, d := range h.Warnings {
		fmt.Fprintf(a.stderr, "codicil: warning: %s\n", d.Error())
	}
}

// document reads the text of a version.
func (w *workspace) document(v *policy.Version) (*policy.Document, error) {
	return review.Document(w.repo, v)
}

// compare sets a version beside the one before it; the first beside nothing.
func (w *workspace) compare(p *policy.Policy, v *policy.Version) (*review.Change, error) {
	return review.Compare(w.repo, w.comparer, p, v)
}

// workTree reads the text of a policy as it lies in the work tree; nil when its
// file is gone.
func (w *workspace) workTree(p *policy.Policy) ([]byte, error) {
	if w.repo.Root() == "" {
		return nil, hinted(fmt.Errorf("a bare repository has no work tree to compare with"), "name two versions: codicil diff privacy@1.0 privacy@2.0")
	}
	src, err := worktree.Read(w.repo.Root(), filepath.Join(w.repo.Root(), filepath.FromSlash(p.Path)), worktree.MaxText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the work tree: %w", err)
	}
	return src, nil
}

// workTreeDocument takes the text of the work tree apart; nil when there is none.
func (w *workspace) workTreeDocument(p *policy.Policy) (*policy.Document, error) {
	src, err := w.workTree(p)
	if src == nil {
		return nil, err
	}
	return policy.Parse(p.Path, src)
}
