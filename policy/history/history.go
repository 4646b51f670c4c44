package history

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/codicil/codicil/policy"
)

// Options say what to read.
type Options struct {
	Base     string       // slash path below which the policies lie; empty for the whole repository
	Policies []string     // globs relative to Base, "**" crosses folders; none for every Markdown file that is one
	Starts   policy.Start // what starts a version; empty for auto
	Revision string       // the published branch, a tag or a commit; empty for HEAD
	Index    string       // folder of the saved index; empty for none

	// Now is the day of the run: what claims to be from later is mended. Zero
	// when it is not to matter.
	Now policy.Date

	// Known is the day whose knowledge is asked for: what was published after it
	// is left out, as if the history ended there. Zero for all that is known.
	Known policy.Date

	// WorkTree returns the bytes of a file of the work tree, nil when there is
	// none. Where it is given, the files that git's index names, as they lie there,
	// are read as one more commit, of the day Day, whose id is policy.NoCommit.
	WorkTree func(path string) ([]byte, error)
	Day      policy.Date

	// Mainline names commits that the published branch pointed to, in the word of
	// the editor.
	Mainline []string

	// Pinned names commits that codicil.sum holds to be published. They decide
	// where nothing else does: whoever proposes a change can write there.
	Pinned []string
}

// History is every policy of a repository with all its versions.
type History struct {
	Policies []*policy.Policy // in order of id; those withdrawn too
	Head     string           // id of the commit that was read; empty when there is none yet
	Shallow  bool             // the clone does not reach back to the beginning: first versions are unknown
	Warnings []*policy.Diagnostic
	LeftOut  []LeftOut // the Markdown files of the newest commit that are no policies, in order of path

	line   *mainline // how the published line goes on at merges
	byName bool      // policies are told from many other texts by their names
}

// LeftOut is a file that is not taken for a policy.
type LeftOut struct {
	Path string `json:"path"`
	Why  string `json:"why"` // in a few words
}

// History reads the versions of all policies in one pass. A branch without
// commits has no policies. Faults of the user are *policy.Diagnostic.
func (r *Repository) History(ctx context.Context, o Options) (*History, error) {
	var h *History
	err := r.pool.with(func(s *store) (err error) {
		h, err = r.history(ctx, s, o)
		return err
	})
	if err != nil {
		return nil, r.explain(err)
	}
	return h, nil
}

func (r *Repository) history(ctx context.Context, s *store, o Options) (*History, error) {
	choose, err := newChooser(o.Base, o.Policies)
	if err != nil {
		return nil, err
	}
	head, err := s.resolve(o.Revision)
	unborn := errors.Is(err, errUnborn)
	if unborn && o.WorkTree == nil {
		return &History{}, nil
	}
	if err != nil && !unborn {
		return nil, err
	}
	b := &builder{store: s, repo: r, choose: choose, options: o, boundary: r.boundary, facts: make(map[plumbing.Hash]*fact), moves: make(moves)}
	policies, err := b.build(ctx, head)
	if err != nil {
		return nil, err
	}
	h := &History{Policies: policies, Shallow: b.shallow, Warnings: b.warnings, LeftOut: b.leftOut, line: b.line, byName: b.named}
	if !unborn {
		h.Head = head.String()
	}
	if h.Shallow {
		h.Warnings = append([]*policy.Diagnostic{shallowWarning()}, h.Warnings...)
	}
	return h, nil
}

func shallowWarning() *policy.Diagnostic {
	return &policy.Diagnostic{
		File: ".git/shallow", Level: policy.Warning, Rule: "shallow-clone",
		Message: "this is a shallow clone: versions published before its oldest commit are missing",
		Hint:    "fetch the whole history with: git fetch --unshallow",
	}
}

// builder makes policies out of a repository.
type builder struct {
	repo     *Repository
	store    *store
	choose   *chooser
	options  Options
	line     *mainline
	boundary map[plumbing.Hash]bool
	steps    []step
	tags     map[plumbing.Hash][]string
	facts    map[plumbing.Hash]*fact
	moves    moves
	shallow  bool
	extends  bool // the steps end with those of the saved index
	named    bool // policies are told from many other texts by their names
	unsure   bool // which parent of a merge was published was not plain: not to be saved
	others   []side
	leftOut  []LeftOut
	warnings []*policy.Diagnostic
}

func (b *builder) build(ctx context.Context, head plumbing.Hash) ([]*policy.Policy, error) {
	given := b.loadIndex()
	all, err := b.readSteps(ctx, head, given)
	if err != nil {
		return nil, err
	}
	threads := weave(b.steps)
	b.attach(threads)
	threads = b.chosen(threads)
	if err := gather(ctx, b.store, b.unknownTexts(threads), b.facts); err != nil {
		return nil, err
	}
	threads = b.withoutSources(head, threads)
	if threads, err = newJoiner(b.store, b.facts).join(threads); err != nil {
		return nil, err
	}
	if b.options.WorkTree == nil {
		b.saveIndex(head, given, all)
	}
	var candidates []*candidate
	for _, t := range threads {
		if c := b.candidate(t); len(c.policy.Versions) > 0 {
			candidates = append(candidates, c)
		}
	}
	if err := identify(candidates); err != nil {
		return nil, err
	}
	policies := make([]*policy.Policy, len(candidates))
	for i, c := range candidates {
		policies[i] = c.policy
	}
	slices.SortFunc(policies, func(a, b *policy.Policy) int { return cmp.Compare(a.ID, b.ID) })
	if err := b.warnOfFiles(head, candidates); err != nil {
		return nil, err
	}
	slices.SortFunc(b.leftOut, func(a, b LeftOut) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortStableFunc(b.warnings, func(a, b *policy.Diagnostic) int { return cmp.Compare(a.File, b.File) })
	return policies, nil
}

// warnOfFiles names the files of the newest commit that should be policies and
// are not.
func (b *builder) warnOfFiles(head plumbing.Hash, candidates []*candidate) error {
	if head.IsZero() {
		return nil
	}
	for _, warn := range []func(plumbing.Hash) error{b.warnOfLinks, b.warnOfLeftOut} {
		if err := warn(head); err != nil {
			return err
		}
	}
	b.warnOfNone(candidates)
	return nil
}

// readSteps finds the steps of the history, as far as they are to be known, and
// returns those of all commits.
func (b *builder) readSteps(ctx context.Context, head plumbing.Hash, given *index) ([]step, error) {
	if head.IsZero() {
		return nil, b.addNext(ctx, head)
	}
	if err := b.walk(ctx, head, given); err != nil {
		return nil, err
	}
	newest, err := b.store.readCommit(head)
	if err != nil {
		return nil, err
	}
	b.mendClocks(head, newest)
	all := b.steps
	b.known()
	return all, b.addNext(ctx, head)
}

// walk finds the steps from head to the first commit: new ones in the
// repository, and the rest in the index if it meets it. Where it is not plain
// which parent of a merge was published, the whole history is walked.
func (b *builder) walk(ctx context.Context, head plumbing.Hash, given *index) error {
	line, err := b.repo.newMainline(b.store, b.options)
	if err != nil {
		return err
	}
	b.line = line
	for {
		w := walker{store: b.store, boundary: b.boundary, want: b.choose.want, keep: make(map[plumbing.Hash]bool), line: line}
		if usesTags(b.options) {
			if b.tags, err = b.store.tags(); err != nil {
				return err
			}
			for id := range b.tags {
				w.keep[id] = true
			}
		} else if !b.unsure {
			w.until = plumbing.NewHash(given.Head)
		}
		line.doubtful = nil
		if b.steps, err = w.walk(ctx, head); err != nil {
			return err
		}
		again, err := b.decide(&w, given)
		if err != nil {
			return err
		}
		if !again {
			return b.finish(ctx, &w, given)
		}
	}
}

// decide tells whether to walk again, knowing more of the merges that were met.
func (b *builder) decide(w *walker, given *index) (again bool, err error) {
	met := w.met()
	if w.stopped {
		for _, s := range given.Steps {
			met[plumbing.NewHash(s.Commit)] = len(w.order)
		}
	}
	unmet, decided, err := w.line.settle(w, met)
	b.unsure = unmet+decided+len(w.line.doubtful)+len(w.line.forced) > 0
	return decided > 0 || b.unsure && w.stopped, err
}

// finish completes the steps of a walk.
func (b *builder) finish(ctx context.Context, w *walker, given *index) error {
	if err := pairUp(ctx, b.store, b.moves, b.steps); err != nil {
		return err
	}
	if len(w.line.doubtful) > 0 {
		if err := b.walkSides(ctx, w, w.met()); err != nil {
			return err
		}
	}
	if b.extends = w.stopped; b.extends {
		b.steps = append(b.steps, given.steps()...)
	}
	b.shallow = w.cut
	return nil
}

// chosen returns the threads of policies. A file that left the folders of
// policies is withdrawn from the commit that moved it.
func (b *builder) chosen(threads []*thread) []*thread {
	lonely := loneliness(threads)
	named := b.byName(threads)
	b.named = named != nil
	var chosen []*thread
	for _, t := range threads {
		if named != nil && !named(t) {
			b.leave(t, otherText)
			continue
		}
		if i := slices.IndexFunc(t.revisions, func(r revision) bool { return b.choose.policy(r.path, lonely) }); i >= 0 {
			if i > 0 {
				left := t.revisions[i-1]
				left.path, left.gone = t.revisions[i].path, true
				t.revisions = append([]revision{left}, t.revisions[i:]...)
			}
			chosen = append(chosen, t)
			continue
		}
		b.leave(t, b.choose.why(t.path()))
	}
	return chosen
}

// loneliness returns a function that tells whether a file is the only text of
// its folder, now or at its end.
func loneliness(threads []*thread) func(string) bool {
	texts := make(map[string]int)
	for _, t := range threads {
		texts[folder(t.path())]++
	}
	return func(file string) bool { return texts[folder(file)] <= 1 }
}

// unknownTexts lists the texts of threads whose facts are not known, each
// once, neighbours in a history together.
func (b *builder) unknownTexts(threads []*thread) []plumbing.Hash {
	var ids []plumbing.Hash
	seen := make(map[plumbing.Hash]bool)
	for _, t := range threads {
		for i := range t.revisions {
			if r := &t.revisions[i]; !r.gone && !seen[r.blob] && b.facts[r.blob] == nil {
				seen[r.blob] = true
				ids = append(ids, r.blob)
			}
		}
		for i := range t.others {
			if r := &t.others[i]; !r.gone && !seen[r.blob] && b.facts[r.blob] == nil {
				seen[r.blob] = true
				ids = append(ids, r.blob)
			}
		}
	}
	return ids
}

// candidate finds the versions of a thread.
func (b *builder) candidate(t *thread) *candidate {
	all := timeline(t, b.facts)
	start := startOf(b.options.Starts, all)
	switch start {
	case policy.StartTag:
		all = tagTimeline(t, b.facts, b.steps, b.tags)
	case policy.StartLabel:
		all = b.bothLines(t, all)
	default:
		b.warnOfOtherLine(t, all)
	}
	c := &candidate{thread: t}
	good := b.lastGood(t)
	c.front, c.title = good.Front, good.Title
	c.policy = &policy.Policy{Path: t.path(), Starts: start, Versions: versionsOf(start, all), TextLang: good.Lang, Aliases: good.Front.Aliases}
	c.policy.Absences = absences(t, b.facts)
	if last := len(c.policy.Absences) - 1; last >= 0 && c.policy.Absences[last].Until.IsZero() {
		c.policy.Withdrawn = c.policy.Absences[last].From
	}
	b.warnOfFaults(c)
	return c
}

// lastGood returns the facts of the newest text that is not broken; of the newest
// where all are, but for its front matter.
func (b *builder) lastGood(t *thread) fact {
	for i := range t.revisions {
		if r := &t.revisions[i]; !r.gone && !b.facts[r.blob].Broken {
			return *b.facts[r.blob]
		}
	}
	broken := *b.facts[t.newest().blob]
	broken.Front = policy.FrontMatter{}
	return broken
}
