package site

import (
	"context"
	"html/template"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
)

// writePolicy writes all pages of one policy. It goes from the newest version to
// the oldest and holds three texts at most: the one that came after, the one at
// hand, and the current one.
func (b *builder) writePolicy(ctx context.Context, pl *plan) (*history, error) {
	h := &history{plan: pl, Records: make([]*record, len(pl.versions))}
	current, err := b.read(pl, pl.current)
	if err != nil {
		return nil, err
	}
	kept := make(map[int]*versionPage) // those that are shown at an address that moves
	upcoming := pl.upcoming(b.On)
	var after *text
	for i := range pl.versions {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		at := current
		if i != pl.current {
			if at, err = b.read(pl, i); err != nil {
				return nil, err
			}
		}
		page, err := b.writeVersion(h, at, after, current)
		if err != nil {
			return nil, err
		}
		if i == pl.current || i == upcoming {
			kept[i] = page
		}
		after = at
		b.wrote()
	}
	return h, b.writeMoving(h, kept[pl.current], kept[upcoming])
}

// upcoming returns the index of the next version to take effect, or -1.
func (pl *plan) upcoming(on policy.Date) int {
	if next := pl.policy.Upcoming(on); len(next) > 0 {
		return slices.Index(pl.versions, next[0])
	}
	return -1
}

// writeVersion writes the page of one version, the redline that the version
// after it made of it, and its redline against the current one.
func (b *builder) writeVersion(h *history, at, after, current *text) (*versionPage, error) {
	i := at.index
	r := &record{
		Version: h.versions[i],
		Title:   name(h.plan, at.doc),
		Dir:     h.versionDir(i),
		Status:  h.policy.Status(h.versions[i], b.On),
		First:   i == len(h.versions)-1,
		Minutes: readingTime(at.doc),
	}
	h.Records[i] = r
	if !r.First {
		r.Previous, r.Compare = h.versions[i+1].Label, h.compareDir(i+1, i)
	}
	if after != nil {
		if err := b.writeStep(h, h.Records[after.index], at, after); err != nil {
			return nil, err
		}
	}
	if from, to, ok := h.towards(i); ok {
		r.ToCurrent = h.compareDir(from, to)
		if from-to > 1 {
			if err := b.writeCross(h, at, current); err != nil {
				return nil, err
			}
		}
	}
	return b.writeVersionPage(h, r, at)
}

// writeStep writes the redline of a version against the one before it.
func (b *builder) writeStep(h *history, r *record, before, at *text) error {
	x := redline.Compare(before.doc, at.doc)
	a := materiality.Assess(x)
	r.judge(x, a)
	n := notice.New(h.policy, r.Version, x, a, b.Rules)
	if n.Shows(notice.Banner, b.On) || n.Shows(notice.Popup, b.On) {
		n.Redline, n.Assessment = nil, nil // they hold both texts
		r.notice = n
	}
	return b.writeRedline(h, redlinePage{
		From: h.versions[before.index], To: r.Version,
		Record: r, Dir: r.Compare, Summary: r.Version.Front.Summary,
	}, x)
}

// writeCross writes the redline between a version and the current one, which
// are not neighbours. It counts as the gravest of the steps between them: an
// assessment is made of every step already, and a change that was taken back
// was a change all the same.
func (b *builder) writeCross(h *history, at, current *text) error {
	older, newer := at, current
	if older.index < newer.index {
		older, newer = newer, older
	}
	x := redline.Compare(older.doc, newer.doc)
	r := &record{Version: h.versions[newer.index], Title: name(h.plan, newer.doc), Stat: x.Stat(), Limited: x.Limited}
	p := redlinePage{
		From: h.versions[older.index], To: h.versions[newer.index],
		Record: r, Dir: h.compareDir(older.index, newer.index),
	}
	if at == older {
		p.Steps = h.Records[newer.index:older.index]
		for _, step := range p.Steps {
			r.Severity = max(r.Severity, step.Severity)
		}
	} else { // ahead of the current version: the steps are not known yet
		r.judge(x, materiality.Assess(x))
	}
	return b.writeRedline(h, p, x)
}

// versionPage is the page of one version.
type versionPage struct {
	*record
	History  *history
	ID       string // of the policy
	HeadID   string // anchor of its title
	Summary  string
	Contents []*policy.Clause
	Body     template.HTML
	Position string // which of its three addresses this is: "", "current" or "upcoming"
	raw      []byte
	text     []byte
	json     []byte
}
