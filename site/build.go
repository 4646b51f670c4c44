package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"html/template"
	"slices"
	"sync"

	"github.com/codicil/codicil/policy"
)

// builder is one run of Build.
type builder struct {
	Options
	src       Source
	stage     *stage
	templates *template.Template
	links     *linker
	css, js   string // paths of the site's style sheet, script
	icon      string // and icon
	buffers   sync.Pool

	mu      sync.Mutex
	summary Summary
	done    int // versions written, for the progress
	total   int
}

// history is what is known about one policy when its pages are written.
type history struct {
	*plan
	Records []*record // newest first
}

// Build writes the site of the policies to the folder dst, which it makes, or
// replaces when it holds a site built here. The old site stays as it is until
// the new one is whole. A fault of the user comes back as a *Fault. One build
// of a folder may run at a time: a second one makes the first fail.
func Build(ctx context.Context, dst string, policies []*policy.Policy, src Source, o Options) (*Summary, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	plans, err := newPlans(policies, o)
	if err != nil {
		return nil, err
	}
	stage, err := newStage(dst)
	if err != nil {
		return nil, err
	}
	b := &builder{Options: o, src: src, stage: stage, links: newLinker(plans)}
	b.readAnchors(plans)
	b.buffers.New = func() any { return new(bytes.Buffer) }
	if err := b.run(ctx, plans); err != nil {
		return nil, errors.Join(err, stage.discard())
	}
	return b.finish()
}

// run writes all files to the stage.
func (b *builder) run(ctx context.Context, plans []*plan) error {
	var err error
	if b.templates, err = parseTemplates(); err != nil {
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
	return ctx.Err()
}

// finish publishes what run has written.
func (b *builder) finish() (*Summary, error) {
	if err := b.stage.publish(); err != nil {
		return nil, errors.Join(err, b.stage.discard())
	}
	s := b.summary
	s.Files, s.Bytes = len(b.stage.files), b.stage.bytes
	slices.SortFunc(s.Warnings, func(x, y *policy.Diagnostic) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Message, y.Message))
	})
	return &s, nil
}

// writePolicies writes the pages of every policy, several policies at a time.
// Those with the longest histories go first, so that no worker is left alone
// with one at the end.
func (b *builder) writePolicies(ctx context.Context, plans []*plan) ([]*history, error) {
	order := slices.Clone(plans)
	slices.SortStableFunc(order, func(x, y *plan) int { return cmp.Compare(len(y.versions), len(x.versions)) })
	for _, pl := range plans {
		b.total += len(pl.versions)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan *plan)
	results := make(map[*plan]*history, len(plans))
	var workers sync.WaitGroup
	for range min(b.Jobs, len(plans)) {
		workers.Go(func() {
			for pl := range queue {
				h, err := b.writePolicy(ctx, pl)
				if err != nil {
					cancel(err)
					return
				}
				b.mu.Lock()
				results[pl] = h
				b.mu.Unlock()
			}
		})
	}
	feed(ctx, queue, order)
	workers.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	histories := make([]*history, len(plans))
	for i, pl := range plans {
		histories[i] = results[pl]
	}
	return histories, nil
}

// feed hands out the plans until all are taken or the work is called off.
func feed(ctx context.Context, queue chan<- *plan, order []*plan) {
	defer close(queue)
	for _, pl := range order {
		select {
		case queue <- pl:
		case <-ctx.Done():
			return
		}
	}
}

// wrote counts one version for the progress.
func (b *builder) wrote() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	b.Progress("versions", b.done, b.total)
}

// warn notes a fault that does not stop the build.
func (b *builder) warn(d *policy.Diagnostic) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.summary.Warnings = append(b.summary.Warnings, d)
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
