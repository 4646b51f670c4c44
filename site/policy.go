package site

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
)

// writeFamily writes all pages of a policy and of its translations. What never
// changes comes first: what moves tells of the others.
func (b *builder) writeFamily(ctx context.Context, family []*plan) ([]*policyBuild, error) {
	list := make([]*policyBuild, len(family))
	for i, pl := range family {
		h, err := b.writePolicy(ctx, pl)
		if err != nil {
			return nil, err
		}
		list[i] = h
	}
	for _, h := range list {
		if original := list[0]; original != h && original.policy.ID == h.policy.TranslationOf {
			h.Original = original
		}
	}
	for _, h := range list {
		if err := b.writeDated(h); err != nil {
			return nil, err
		}
	}
	for _, h := range list {
		if err := errors.Join(b.writeFormer(h), b.releasePolicy(h)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// releasePolicy lets go of what only the pages of the policy itself need, once they
// are made: a site may have tens of thousands of versions.
func (b *builder) releasePolicy(h *policyBuild) (err error) {
	h.found = h.state.Words
	if h.failed {
		h.state = &policyState{ID: h.state.ID}
	}
	if h.upToDate() && bytes.Equal(b.states.types, b.old.types) {
		h.written, err = b.states.copy(h.state.ID, b.old)
	} else {
		h.written, err = b.states.take(h.state)
	}
	if err != nil {
		return err
	}
	h.reader, h.old, h.state = nil, nil, nil
	for i, r := range h.Records {
		if i != h.current && r.Status != policy.Upcoming && r.notice == nil && !b.recent[r.Version] {
			best := slices.Clone(r.Reasons[:min(1, len(r.Reasons))]) // the change log shows it
			r.judgement = judgement{Severity: r.Severity, Proposed: r.Proposed, Declared: r.Declared, Stat: r.Stat, Limited: r.Limited, Reasons: best}
		}
	}
	return nil
}

// upToDate reports whether all pages of the policy are those of the last build.
func (h *policyBuild) upToDate() bool {
	return h.old != nil && !h.remade && len(h.old.Versions) == len(h.state.Versions)
}

// recent returns the versions of which the feed of the whole site tells.
func recent(plans []*plan) map[*policy.Version]bool {
	var all []*policy.Version
	for _, pl := range plans {
		all = append(all, pl.versions...)
	}
	slices.SortStableFunc(all, func(x, y *policy.Version) int { return y.Published.Compare(x.Published) })
	list := make(map[*policy.Version]bool)
	for i, v := range all {
		// Versions of one moment may be in another order there.
		if i >= feedEntries && !v.Published.Equal(all[feedEntries-1].Published) {
			break
		}
		list[v] = true
	}
	return list
}

// writePolicy writes the permanent pages of one policy and its redlines, from
// the newest version to the oldest. Only a few texts are held at a time.
func (b *builder) writePolicy(ctx context.Context, pl *plan) (*policyBuild, error) {
	h := &policyBuild{plan: pl, Records: make([]*record, len(pl.versions)), old: b.old.policy(pl, b.links), reader: b.newReader(pl)}
	h.state = &policyState{ID: pl.policy.ID, Versions: make([]*versionState, len(pl.versions))}
	known := h.old.versions()
	if h.old != nil {
		for _, l := range h.old.Links {
			h.reader.links[l] = true
		}
	}
	for i := range pl.versions {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		was := known[pl.keys[i]]
		if was == nil {
			was = new(versionState)
		}
		if err := b.writeVersion(h, i, was); err != nil {
			return nil, err
		}
		b.wrote()
	}
	return h, nil
}

// writeVersion writes the page of one version, its redline against the version
// before it, and what changed between it and the current one, each unless it
// is there already as was says.
func (b *builder) writeVersion(h *policyBuild, i int, was *versionState) error {
	r := h.newRecord(i)
	h.Records[i] = r
	now := &versionState{Version: h.keys[i], Page: h.pageKey(i), Since: h.sinceKey(i)}
	h.state.Versions[i] = now
	if now.Page.known() && was.Page == now.Page {
		r.Title, r.Minutes, now.Faults = was.Title, was.Minutes, was.Faults
		b.keep(h.versionDir(i))
	} else {
		h.remade = true
		if err := b.writeVersionPage(h, i, now); err != nil {
			return err
		}
	}
	b.warn(now.Faults...)
	if !r.First {
		now.Step = h.redlineKey("step", h.before(i), i)
		if now.Step.known() && was.Step == now.Step {
			r.judgement = was.Judged
			b.keep(r.Compare)
		} else {
			h.remade = true
			if err := b.writeStep(h, i); err != nil {
				return err
			}
		}
		r.notice = b.shown(h, r)
	}
	now.Title, now.Minutes, now.Judged = r.Title, r.Minutes, r.judgement
	if now.Since.known() && was.Since == now.Since {
		b.keep(r.Since)
	} else {
		h.remade = true
		if err := b.writeSince(h, i); err != nil {
			return err
		}
	}
	b.count(!r.First, h.compared(i))
	return nil
}

// keep leaves the files of a folder as the last build has made them.
func (b *builder) keep(dir string) { b.stage.Keep(dir) }

// count adds one version, and its redlines, to the summary.
func (b *builder) count(redlines ...bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.summary.Versions++
	for _, is := range redlines {
		if is {
			b.summary.Redlines++
		}
	}
}

// newRecord begins the record of a version with what is known without its text.
func (h *policyBuild) newRecord(i int) *record {
	v := h.versions[i]
	r := &record{Version: v, Dir: h.versionDir(i), Status: h.status(v), First: h.before(i) == len(h.versions), Since: h.sinceDir(i)}
	r.next = h.replacedBy(i)
	if r.Status == policy.Upcoming {
		r.until = h.succession.Until(v, h.on)
	}
	if !r.First {
		r.Previous, r.Compare = h.versions[h.before(i)].Label, h.compareDir(h.before(i), i)
	}
	return r
}

// shown returns the notice about a version, if it is shown on the day of the
// build. What was called off, or withdrawn, is announced no longer.
func (b *builder) shown(h *policyBuild, r *record) *notice.Notice {
	if n := b.noticeOf(h, r); n != nil && (n.Shows(notice.Banner, b.On) || n.Shows(notice.Popup, b.On)) {
		return n
	}
	return nil
}

// noticeOf returns the notice about a version; nil for one that was called off or
// withdrawn.
func (b *builder) noticeOf(h *policyBuild, r *record) *notice.Notice {
	if r.Status == policy.Cancelled || r.Status == policy.Withdrawn {
		return nil
	}
	a := &materiality.Assessment{Severity: r.Proposed, Undecided: !r.Declared && r.Severity != r.Proposed}
	if r.Declared {
		a.Declared = &r.Severity
	}
	n := notice.New(h.policy, r.Version, nil, a, b.Rules)
	n.Assessment = nil
	return n
}

// upcoming returns the index of the next version to take effect, or -1.
func (pl *plan) upcoming(on policy.Date) int {
	if next := pl.policy.Upcoming(on); len(next) > 0 {
		return slices.Index(pl.versions, next[0])
	}
	return -1
}
