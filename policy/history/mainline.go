package history

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

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
// pinned one does, if nothing else is known of the merge; and where neither tells,
// tags may. It returns how many of
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
	byTags, err := m.byTags(w, met)
	return unmet, decided + byTags, err
}
