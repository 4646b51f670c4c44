package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/site/tree"
)

// builder is one run of Build.
type builder struct {
	Options
	src          Source
	key          key          // of the options
	old          *state       // of the last build; nil when everything is to be made
	folder       *tree.Folder // that the site is in
	stage        *tree.Stage
	states       *stateWriter
	years        []yearState              // of this build
	search       key                      // of the index of words
	proofs       key                      // of the proofs, beside the entries of the log
	proved       []bool                   // by the number of a full tile of the log: the last build has made its proofs from the same
	recent       map[*policy.Version]bool // the versions that the feed of the whole site tells of
	templates    *templateSets
	steps        *steps // that the templates of the publisher take
	links        *linker
	log          *logData
	css, js      string // paths of the site's style sheet, script
	onJS         string // of the script that asks for another day
	compareJS    string // of the script that compares any two versions
	searchJS     string // of the script that looks for words
	frameJS      string // of the script that tells how high a page in a frame is
	icon, logo   string // and pictures
	languages    map[string]*words
	noticeScript []byte // for other sites
	buffers      sync.Pool
	shared       shared

	mu      sync.Mutex
	summary Summary
	done    int // versions written, for the progress
	total   int
}

// policyBuild is what is known about one policy when its pages are written.
type policyBuild struct {
	*plan
	Records     []*record    // newest first
	found       string       // the words of the text in force, for the index
	foundBefore *string      // what the last build found; nil when it is not known
	Original    *policyBuild // of a translation; nil when it is none, or the original is not here
	state       *policyState
	rest        *policyRest  // nil while that of the last build holds
	written     part         // where both are kept once the pages are made
	old         *policyState // of the last build; nil when nothing of it holds
	oldRest     *policyRest  // once it was needed
	short       bool         // the judgements of the records are those of old
	remade      bool         // some page of it
	stood       bool         // all pages of it are those of the last build, once it is released
	failed      bool         // some pair of its versions could not be compared or judged
	reader      *reader
}

// Build writes the site of the policies to the folder dst, which it makes, or
// brings up to date when it holds a site built here. What the last build has
// made and nothing has changed is neither made nor written again; the outcome
// is the same, byte for byte. The old site stays as it is until the new one is
// whole. A fault of the user comes back as a *policy.Diagnostic. A build waits for another
// one of the same folder.
func Build(ctx context.Context, dst string, policies []*policy.Policy, src Source, o Options) (*Summary, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	plans, err := newPlans(policies, o)
	if err != nil {
		return nil, err
	}
	log, err := o.logged(policies)
	if err != nil {
		return nil, err
	}
	s, err := build(ctx, dst, plans, log, src, o)
	if errors.Is(err, tree.ErrChanged) && ctx.Err() == nil {
		s, err = build(ctx, dst, plans, log, src, o)
	}
	return s, err
}

// build builds the site once.
func build(ctx context.Context, dst string, plans []*plan, log *logData, src Source, o Options) (*Summary, error) {
	folder, err := tree.Open(ctx, dst, o.Records, o.Verify)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	whole := o.wholeKey(plans, log)
	head := readHead(folder)
	if head.stands() && whole.known() && head.Whole == whole {
		_ = folder.Note(o.stamp()) // else the next build looks again
		return &head.Summary, nil
	}
	b, err := newBuilder(folder, plans, log, src, o)
	if err != nil {
		return nil, err
	}
	defer b.old.close()
	if err := b.run(ctx, plans, whole); err != nil {
		return nil, errors.Join(err, b.states.close(), b.stage.Discard())
	}
	s := b.summary
	s.Written, s.Bytes = b.stage.Written, b.stage.Bytes
	return &s, nil
}

// UpToDate returns the summary of the site in dst when it was built here from
// these very options and texts and no file of it was altered, so that nothing is
// left to do; else nil. It reads no policy.
func UpToDate(dst string, o Options) *Summary {
	o, err := o.complete()
	if err != nil {
		return nil
	}
	folder := tree.UpToDate(dst, o.Records, o.stamp(), o.Verify)
	if folder == nil {
		return nil
	}
	defer folder.Close()
	if head := readHead(folder); head.stands() {
		return &head.Summary
	}
	return nil
}

// stands reports whether the last build left nothing to try again.
func (h *stateHead) stands() bool { return h != nil && len(h.Summary.Failures) == 0 }

// newBuilder reads what the last build has left.
func newBuilder(folder *tree.Folder, plans []*plan, log *logData, src Source, o Options) (*builder, error) {
	languages, err := readLanguages()
	if err != nil {
		return nil, err
	}
	old := readState(folder)
	stage, err := folder.Stage()
	if err != nil {
		old.close()
		return nil, err
	}
	file, err := stage.Scratch()
	if err != nil {
		old.close()
		return nil, errors.Join(fmt.Errorf("writing %s: %w", stateName, err), stage.Discard())
	}
	states, err := newStateWriter(file)
	if err != nil {
		old.close()
		return nil, errors.Join(err, file.Close(), stage.Discard())
	}
	b := &builder{Options: o, src: src, key: o.optionsKey(), old: old, folder: folder, stage: stage, states: states, recent: recent(plans), links: newLinker(plans, o.SiteRoot), log: log, languages: languages}
	b.readAnchors(plans)
	b.shared.b = b
	b.buffers.New = func() any { return new(bytes.Buffer) }
	return b, nil
}

// run makes all files and publishes them.
func (b *builder) run(ctx context.Context, plans []*plan, whole key) error {
	var err error
	b.steps = newSteps(ctx)
	if b.templates, err = newTemplateSets(b.Theme.Templates, b.steps); err != nil {
		return err
	}
	if err := b.writeAssets(); err != nil {
		return err
	}
	histories, err := b.writePolicies(ctx, plans)
	if err != nil {
		return err
	}
	b.Progress("index", 0, 1)
	if err := b.writeOverviews(histories); err != nil {
		return err
	}
	b.Progress("index", 1, 1)
	if err := ctx.Err(); err != nil {
		return err
	}
	return b.finish(histories, whole)
}

// finish publishes what was made.
func (b *builder) finish(histories []*policyBuild, whole key) error {
	if err := b.carryOver(); err != nil {
		return err
	}
	s := &b.summary
	slices.SortFunc(s.Warnings, func(x, y *policy.Diagnostic) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Message, y.Message))
	})
	slices.SortFunc(s.Failures, func(x, y *policy.Diagnostic) int { return cmp.Compare(x.Message, y.Message) })
	m, err := b.stage.Merge(stateName)
	if err != nil {
		return err
	}
	if err := b.vanished(m.Gone); err != nil {
		return err
	}
	s.Files, s.Pages = m.Files, m.Pages
	order := make([]part, len(histories))
	for i, h := range histories {
		order[i] = h.written
	}
	head := stateHead{Program: program(), Whole: whole, Summary: *s, Years: b.years, Search: b.search, Proofs: b.proofs, Types: b.states.types}
	if len(s.Failures) > 0 {
		head.Years, head.Search = nil, key{} // what failed is not known
	}
	return b.stage.Publish(m, b.stamp(), func(w io.Writer) error {
		return errors.Join(b.states.give(w, head, order), b.states.close())
	})
}

// writePolicies writes the pages of every policy, several at a time: a policy
// together with its translations, which need to know what became of it. Those
// with the longest histories go first, so that no worker is left alone with one
// at the end.
func (b *builder) writePolicies(ctx context.Context, plans []*plan) ([]*policyBuild, error) {
	order := families(plans)
	for _, pl := range plans {
		b.total += len(pl.versions)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan []*plan)
	results := make(map[*plan]*policyBuild, len(plans))
	var workers sync.WaitGroup
	for range min(b.Jobs, len(order)) {
		workers.Go(func() {
			for family := range queue {
				list, err := b.writeFamily(ctx, family)
				if err != nil {
					cancel(err)
					return
				}
				b.mu.Lock()
				for _, h := range list {
					results[h.plan] = h
				}
				b.mu.Unlock()
			}
		})
	}
	feed(ctx, queue, order)
	workers.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	histories := make([]*policyBuild, len(plans))
	for i, pl := range plans {
		histories[i] = results[pl]
	}
	return histories, nil
}

// feed hands out the families until all are taken or the work is called off.
func feed(ctx context.Context, queue chan<- []*plan, order [][]*plan) {
	defer close(queue)
	for _, family := range order {
		select {
		case queue <- family:
		case <-ctx.Done():
			return
		}
	}
}

// families puts each policy together with its translations, the original first.
func families(plans []*plan) [][]*plan {
	of := make(map[string]int)
	var list [][]*plan
	for _, pl := range plans {
		i, known := of[pl.family()]
		if !known {
			i = len(list)
			of[pl.family()] = i
			list = append(list, nil)
		}
		list[i] = append(list[i], pl)
	}
	versions := func(family []*plan) (n int) {
		for _, pl := range family {
			n += len(pl.versions)
		}
		return n
	}
	for _, family := range list {
		slices.SortStableFunc(family, func(x, y *plan) int {
			return cmp.Compare(len(x.policy.TranslationOf), len(y.policy.TranslationOf)) // the original has none
		})
	}
	slices.SortStableFunc(list, func(x, y []*plan) int { return cmp.Compare(versions(y), versions(x)) })
	return list
}

// wrote counts versions for the progress.
func (b *builder) wrote(versions int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done += versions
	b.Progress("versions", b.done, b.total)
}

// warn notes a fault that does not stop the build.
func (b *builder) warn(list ...*policy.Diagnostic) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.summary.Warnings = append(b.summary.Warnings, list...)
}

// buffer lends an empty buffer; give it back with release.
func (b *builder) buffer() *bytes.Buffer {
	buf := b.buffers.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}

func (b *builder) release(buf *bytes.Buffer) {
	const tooLarge = 8 << 20 // one giant must not pin its memory for good
	if buf.Cap() <= tooLarge {
		b.buffers.Put(buf)
	}
}
