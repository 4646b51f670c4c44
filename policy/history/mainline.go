package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// The published branch is followed by first parents, with one exception: where
// the published branch itself was merged into a local one ("git pull" without
// rebase) and the result was pushed, its line goes on through the second
// parent. Which of two lines was published is known from what the branch is
// recorded to have pointed to, and else from the message that git or the host
// gave the merge. Where neither tells, the first parent is followed, the
// versions of the other line are kept beside it, and the editor is asked.

// mainline chooses the parent through which the published branch goes on.
type mainline struct {
	pointed  map[plumbing.Hash]bool // commits that the published branch is known to have pointed to
	told     []plumbing.Hash        // those of them that the editor names
	pinned   []plumbing.Hash        // commits that codicil.sum names
	names    map[string]bool        // what the published branch is called
	current  string                 // the branch that is read; empty when it has no name
	remotes  []string               // addresses of the remotes, plainly written
	forced   map[plumbing.Hash]int  // merges whose parent is decided
	doubtful []doubt
}

// doubt is a merge of two lines of which either may have been published.
type doubt struct {
	merge        plumbing.Hash
	first, other plumbing.Hash
}

// parent returns the index of the parent that a commit was published upon.
func (m *mainline) parent(id plumbing.Hash, c *commit) int {
	if len(c.parents) < 2 {
		return 0
	}
	if i, found := m.forced[id]; found {
		return i
	}
	if m.pointed[c.parents[0]] {
		return 0
	}
	for i, parent := range c.parents {
		if m.pointed[parent] {
			return i
		}
	}
	switch m.judge(c) {
	case onFirst:
		return 0
	case onOther:
		return 1
	}
	m.doubtful = append(m.doubtful, doubt{id, c.parents[0], c.parents[1]})
	return 0
}

// verdict is what a message says about a merge.
type verdict uint8

const (
	unsaid  verdict = iota
	onFirst         // another branch came into the published one
	onOther         // the published branch came into another one
)

var (
	// byHost are the messages of hosts and of review tools, and git's own for
	// what is no branch.
	byHost = regexp.MustCompile(`^(?:Merge pull request |Merge [0-9a-f]{40} into |Merged? in |Merged PR |Merge "|Merge (?:tag|branches|remote-tracking branches) |Merge changes? |Bors: |Auto merge of |Rollup merge of )|[ (](?:\(?[#!]\d+\)?)$`)
	// byGit is git's own message for a branch.
	byGit = regexp.MustCompile(`^Merge (remote-tracking )?branch '([^']+)'(?: of (\S+))?(?: into '?([^']+?)'?)?$`)
)

// judge reads the message of a merge.
func (m *mainline) judge(c *commit) verdict {
	git := byGit.FindStringSubmatch(c.subject)
	if git == nil {
		if byHost.MatchString(c.subject) || c.web {
			return onFirst
		}
		return unsaid
	}
	tracked, name, from, into := git[1] != "", git[2], git[3], git[4]
	remote := ""
	if tracked {
		remote, name, _ = strings.Cut(name, "/")
	}
	switch {
	case !m.names[name], into != "" && into == m.current, into == "" && from == "" && !tracked:
		return onFirst
	case tracked && remote == "origin", from != "" && m.isRemote(from), from == "" && !tracked:
		return onOther
	}
	return unsaid
}

// isRemote tells whether an address is that of a remote of this clone.
func (m *mainline) isRemote(address string) bool {
	return slices.Contains(m.remotes, plainAddress(address))
}

// plainAddress leaves out of the address of a repository how it is reached.
func plainAddress(address string) string {
	if _, rest, found := strings.Cut(address, "://"); found {
		address = rest
	}
	if _, rest, found := strings.Cut(address, "@"); found {
		address = rest
	}
	address = strings.TrimSuffix(strings.TrimRight(address, "/"), ".git")
	return strings.ToLower(strings.Replace(address, ":", "/", 1))
}

// newMainline gathers what the clone knows of the published branch.
func (r *Repository) newMainline(s *store, o Options) (*mainline, error) {
	m := &mainline{
		pointed: make(map[plumbing.Hash]bool), forced: make(map[plumbing.Hash]int),
		names: map[string]bool{"main": true, "master": true, "trunk": true},
	}
	cfg, err := s.main.Config()
	if err != nil {
		return nil, fmt.Errorf("read the configuration of git: %w", err)
	}
	for _, remote := range cfg.Remotes {
		for _, url := range remote.URLs {
			m.remotes = append(m.remotes, plainAddress(url))
		}
		if head, err := s.main.Reference(plumbing.NewRemoteHEADReferenceName(remote.Name)); err == nil && head.Type() == plumbing.SymbolicReference {
			m.names[strings.TrimPrefix(head.Target().Short(), remote.Name+"/")] = true
		}
	}
	if m.current = s.branchName(o.Revision); m.current != "" && len(cfg.Remotes) == 0 {
		m.names[m.current] = true
	}
	if err := m.readLogs(r.place); err != nil {
		return nil, err
	}
	for _, name := range o.Mainline {
		id, err := s.resolve(name)
		if err != nil {
			return nil, err
		}
		m.pointed[id] = true
		m.told = append(m.told, id)
	}
	for _, name := range o.Pinned {
		if id := plumbing.NewHash(name); s.has(id) { // pins of a branch that was squashed are in no clone
			m.pinned = append(m.pinned, id)
		}
	}
	return m, nil
}

// branchName returns the name of the branch that a revision is, if it is one.
func (s *store) branchName(revision string) string {
	name := plumbing.ReferenceName(revision)
	if revision == "" || revision == "@" || revision == "HEAD" {
		head, err := s.main.Reference(plumbing.HEAD)
		if err != nil || head.Type() != plumbing.SymbolicReference {
			return ""
		}
		name = head.Target()
	}
	if name.IsBranch() {
		return name.Short()
	}
	if _, err := s.main.Reference(plumbing.NewBranchReferenceName(revision)); err == nil {
		return revision
	}
	return ""
}

// readLogs reads what the branches of that name at the remotes pointed to, as
// the log of references has it; in a bare repository, the branch itself.
func (m *mainline) readLogs(p place) error {
	var files []string
	for name := range m.names {
		found, err := filepath.Glob(filepath.Join(p.common, "logs", "refs", "remotes", "*", filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		files = append(files, found...)
		if p.root == "" {
			files = append(files, filepath.Join(p.common, "logs", "refs", "heads", filepath.FromSlash(name)))
		}
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("read the log of a reference: %w", err)
		}
		for line := range bytes.Lines(text) {
			for _, id := range bytes.Fields(line)[:min(2, len(bytes.Fields(line)))] {
				if plumbing.IsHash(string(id)) {
					m.pointed[plumbing.NewHash(string(id))] = true
				}
			}
		}
	}
	return nil
}

// settle decides merges by commits that were not met: where one that the editor
// names lies behind another parent, that parent was published; so it was where a
// pinned one does, if nothing else is known of the merge. It returns how many of
// the editor's were not met, and how many merges that decided.
func (m *mainline) settle(w *walker, met map[plumbing.Hash]int) (unmet, decided int, err error) {
	var behind map[plumbing.Hash]branching
	look := func(id plumbing.Hash, may func(merge plumbing.Hash) bool) error {
		if _, found := met[id]; found {
			return nil
		}
		if unmet++; behind == nil {
			if behind, err = w.behind(met); err != nil {
				return err
			}
		}
		at, found := behind[id]
		if _, before := m.forced[at.merge]; found && !before && may(at.merge) {
			m.forced[at.merge] = at.parent
			decided++
		}
		return nil
	}
	for _, id := range m.told {
		if err := look(id, func(plumbing.Hash) bool { return true }); err != nil {
			return unmet, decided, err
		}
	}
	if len(m.doubtful) == 0 {
		return unmet, decided, nil
	}
	doubtful := func(merge plumbing.Hash) bool {
		return slices.ContainsFunc(m.doubtful, func(d doubt) bool { return d.merge == merge })
	}
	for _, id := range m.pinned {
		if err := look(id, doubtful); err != nil {
			return unmet, decided, err
		}
	}
	return unmet, decided, nil
}

// branching is the parent of a merge that leads away from the line that was walked.
type branching struct {
	merge  plumbing.Hash
	parent int
}

// behind finds, for each commit on a line that was merged into the one walked,
// the newest such merge.
func (w *walker) behind(met map[plumbing.Hash]int) (map[plumbing.Hash]branching, error) {
	found := make(map[plumbing.Hash]branching)
	for _, id := range w.order {
		c, err := w.store.readCommit(id)
		if err != nil {
			return nil, err
		}
		for i, at := range c.parents {
			for {
				_, onLine := met[at]
				_, known := found[at]
				if onLine || known {
					break
				}
				found[at] = branching{id, i}
				c, err := w.store.readCommit(at)
				if err != nil {
					return nil, err
				}
				if len(c.parents) == 0 || w.boundary[at] {
					break
				}
				at = c.parents[0]
			}
		}
	}
	return found, nil
}

// side is the other line of a doubtful merge.
type side struct {
	doubt
	at    int // the step of the walk that is the merge, or the first one before it
	steps []step
}

// sides walks the other lines of the doubtful merges, each back to where it
// left the line that was walked.
func (b *builder) walkSides(ctx context.Context, w *walker, met map[plumbing.Hash]int) error {
	for _, d := range slices.Clone(w.line.doubtful) {
		other := walker{store: w.store, boundary: w.boundary, want: w.want, line: w.line, leave: met}
		steps, err := other.walk(ctx, d.other)
		if err != nil {
			return err
		}
		if err := pairUp(ctx, b.store, steps); err != nil {
			return err
		}
		if len(steps) > 0 {
			at := slices.IndexFunc(b.steps, func(s step) bool { return met[s.commit] >= met[d.merge] })
			if at < 0 {
				at = len(b.steps)
			}
			b.others = append(b.others, side{d, at, steps})
		}
	}
	return nil
}

// attach gives each thread the revisions that the other lines of doubtful merges
// have of its file.
func (b *builder) attach(threads []*thread) {
	for _, s := range b.others {
		for i := range s.steps {
			s.steps[i].at = s.steps[i].published.time()
		}
		for _, other := range weave(s.steps) {
			i := slices.IndexFunc(threads, func(t *thread) bool { r := t.at(s.at); return r != nil && r.path == other.path() })
			if i < 0 {
				continue
			}
			for _, r := range other.revisions {
				r.step = s.at
				threads[i].others = append(threads[i].others, otherRevision{r, s.doubt})
			}
		}
	}
}

// otherRevision is a revision on the other line of a doubtful merge.
type otherRevision struct {
	revision
	doubt doubt
}

// bothLines puts the revisions of other lines among those of the line walked, if
// else a label would be lost: then each that this line had not used before the
// merge.
func (b *builder) bothLines(t *thread, all []published) []published {
	for _, d := range t.doubts() {
		before, ever := make(map[string]bool), make(map[string]bool)
		lost := false
		for i := range all {
			ever[all[i].label()] = true
			if all[i].step > d.at {
				before[all[i].label()] = true
			}
		}
		var add []published
		for _, r := range slices.Backward(t.others) {
			f := b.facts[r.blob]
			if r.doubt != d.doubt || !r.readable(b.facts) || f.label() == "" || before[f.label()] {
				continue
			}
			lost = lost || !ever[f.label()]
			add = append(add, published{revision: r.revision, fact: f})
		}
		if !lost {
			continue
		}
		b.warnOfDoubt(d.doubt, t.path())
		for _, p := range slices.Backward(add) {
			i := slices.IndexFunc(all, func(q published) bool { return q.step <= p.step || q.at.After(p.at) })
			if i < 0 {
				i = len(all)
			}
			all = slices.Insert(all, i, p)
		}
	}
	return all
}

// doubts lists the doubtful merges that a thread has other revisions of, newest
// first, each once.
func (t *thread) doubts() []side {
	var found []side
	for _, r := range t.others {
		if !slices.ContainsFunc(found, func(s side) bool { return s.doubt == r.doubt }) {
			found = append(found, side{doubt: r.doubt, at: r.step})
		}
	}
	return found
}

// warnOfDoubt asks the editor which of two lines was published.
func (b *builder) warnOfDoubt(d doubt, file string) {
	b.warnings = append(b.warnings, &policy.Diagnostic{
		File: file, Level: policy.Warning, Rule: "mainline",
		Message: fmt.Sprintf("merge %.12s joins two lines, and nothing tells which of them was published: versions of both are kept", d.merge),
		Hint:    fmt.Sprintf("say it once in codicil.yaml: `versions: {mainline: [%.12s]}` for the line that was pulled in, [%.12s] for the other", d.other, d.first),
	})
}
