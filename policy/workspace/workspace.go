// Package workspace opens a repository of policies on this machine: its
// configuration, its history and the texts of its work tree. It finds what
// people name there (a policy, a version, two texts to compare, the text to be
// published next) and says what keeps it from being published. It exists so that
// a command, a desk and an action that open the same folder see the same.
package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/transparency"
	"github.com/codicil/codicil/policy/worktree"
)

// Book judges changes, and says what of the rules that ship it changes.
type Book interface {
	comparison.Judge
	Changes() []materiality.RuleChange
}

// Workspace is a repository of policies, read, with its configuration.
type Workspace struct {
	Config   *config.Config
	Rules    notice.Rules
	Book     Book
	Comparer comparison.Comparer
	Repo     *history.Repository
	History  *history.History       // nil before Read
	Clock    func() time.Time       // of the configured time zone
	Known    policy.Date            // the day whose knowledge is asked for; zero for all that is known
	Cohort   policy.Cohort          // whose day is asked for; empty for existing accounts
	Told     []policy.AnnouncedText // what people were told, by what is at hand beside git
	Stranger bool                   // the text to judge is that of somebody who must be told nothing: nothing but texts is opened

	judge  func(Book) Book
	named  string      // the file of the configuration that the user names; empty for none
	base   string      // folder of the policies inside the repository, slash-separated
	ruling place       // of the policies, as the revision has it whose configuration rules
	now    policy.Date // the day of the run
}

// place is where a configuration looks for policies.
type place struct {
	base     string   // a folder of the repository, slash-separated
	policies []string // patterns below it
}

// Settings say how a workspace is opened.
type Settings struct {
	Config string                   // the file of the configuration; empty to look for it
	Clock  func() time.Time         // what time it is
	Judge  func(Book) Book          // what stands in for the rule book; nil for none
	Failed func(*policy.Diagnostic) // is told of each comparison that failed; nil when nobody is
}

// Open reads the configuration of the current folder, and no history yet.
func Open(s Settings) (*Workspace, error) {
	cfg, err := config.Load(s.Config)
	if err != nil {
		return nil, err
	}
	w := &Workspace{Config: cfg, Clock: s.Clock, judge: s.Judge, named: s.Config, Comparer: comparison.Comparer{Failed: s.Failed}}
	if cfg.Timezone != "" {
		w.Clock = inZone(s.Clock, cfg.Timezone)
	}
	w.now = policy.DateOf(w.Clock())
	if err := w.rule(cfg); err != nil {
		return nil, err
	}
	if w.Repo, err = history.Open("."); err != nil {
		return nil, err
	}
	w.base, err = worktree.Relative(w.Repo.Root(), cfg.Dir)
	return w, err
}

// rule has the workspace judge by a configuration.
func (w *Workspace) rule(cfg *config.Config) error {
	rules, err := cfg.NoticeRules()
	if err != nil {
		return err
	}
	book, err := BookOf(cfg, w.judge)
	if err != nil {
		return err
	}
	w.Config, w.Rules, w.Book, w.Comparer.Judge = cfg, rules, book, book
	return nil
}

// BookOf returns the rule book of a configuration, or what stands in for it.
func BookOf(cfg *config.Config, judge func(Book) Book) (Book, error) {
	book, err := cfg.Book()
	if err != nil || judge == nil {
		return book, err
	}
	return judge(book), nil
}

// Read reads the history.
func (w *Workspace) Read(ctx context.Context) (err error) {
	if w.History, err = w.Repo.History(ctx, w.Options("")); err == nil {
		w.Config.Remember(w.History.Policies)
	}
	return err
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

// Fingerprint stands for all texts and their history as the configuration
// chooses them, and for what is pinned; empty when it cannot be told.
func (w *Workspace) Fingerprint() string {
	refs, err := w.Repo.Fingerprint()
	if err != nil || refs == "" {
		return ""
	}
	pins, _ := w.readIfThere(w.SumFile(), worktree.MaxText)
	checkpoint, _ := w.readIfThere(w.CheckpointFile(), transparency.MaxCheckpoint)
	stamp, _ := w.readIfThere(w.TimestampFile(), transparency.MaxTimestamp)
	vouched := sha256.Sum256(fmt.Appendf(nil, "%q %q %v", checkpoint, stamp, w.Config.Log))
	sum := sha256.Sum256(fmt.Appendf(append(pins, vouched[:]...), "\x00%s\x00%q\x00%q\x00%q\x00%s", refs, w.base, w.Config.Policies, w.Config.Versions, w.Known))
	return hex.EncodeToString(sum[:])
}

// Options says which history to read; an empty revision is the head.
func (w *Workspace) Options(revision string) history.Options {
	o := history.Options{
		Base: w.base, Policies: w.Config.Policies, Starts: w.Config.Versions.Starts, Revision: revision, Index: indexFolder(w.Repo.Root()),
		Now: w.now, Known: w.Known, Mainline: w.Config.Versions.Mainline,
	}
	pins, _ := w.Pins() // what is wrong with them is told by those who check them
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

// Document reads the text of a version.
func (w *Workspace) Document(v *policy.Version) (*policy.Document, error) {
	return review.Document(w.Repo, v)
}

// Compare sets a version beside the one before it; the first beside nothing.
func (w *Workspace) Compare(p *policy.Policy, v *policy.Version) (*review.Change, error) {
	return review.Compare(w.Repo, w.Comparer, p, v)
}

// Reader compares many versions, one after the other.
func (w *Workspace) Reader() *review.Reader { return review.NewReader(w.Repo, w.Comparer) }

// WorkTree reads the text of a policy as it lies in the work tree; nil when its
// file is gone.
func (w *Workspace) WorkTree(p *policy.Policy) ([]byte, error) {
	if w.Repo.Root() == "" {
		return nil, policy.Hinted(fmt.Errorf("a bare repository has no work tree to compare with"), "name two versions: codicil diff privacy@1.0 privacy@2.0")
	}
	src, err := worktree.Read(w.Repo.Root(), filepath.Join(w.Repo.Root(), filepath.FromSlash(p.Path)), worktree.MaxText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the work tree: %w", err)
	}
	return src, nil
}
