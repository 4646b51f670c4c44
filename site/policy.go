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
			if err := b.wholeState(original); err != nil {
				return nil, err
			}
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
	h.found, h.stood = h.state.Words, h.upToDate()
	if h.old != nil {
		h.foundBefore = &h.old.Words
	}
	if h.written, err = b.keepState(h); err != nil {
		return err
	}
	h.reader, h.old, h.oldRest, h.state, h.rest = nil, nil, nil, nil, nil
	for i, r := range h.Records {
		if !h.short && !b.wantsWhole(h, i) {
			r.judgement = r.short()
		}
	}
	return nil
}

// wantsWhole reports whether what is about more than one policy may tell more of a
// version than the change log does.
func (b *builder) wantsWhole(h *policyBuild, i int) bool {
	r := h.Records[i]
	return i == h.current || r.Status == policy.Upcoming || r.notice != nil || b.recent[r.Version]
}

// upToDate reports whether all pages of the policy are those of the last build.
func (h *policyBuild) upToDate() bool {
	return h.old != nil && !h.remade && bytes.Equal(h.old.Keys, h.state.Keys)
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
	h.state = &policyState{ID: pl.policy.ID, Keys: make([]byte, 0, keysSize*len(pl.versions)), Versions: make([]*versionState, len(pl.versions))}
	if h.old != nil {
		for _, l := range h.old.Links {
			h.reader.links[l] = true
		}
	}
	stands := h.old != nil
	for i := range pl.versions {
		k := pl.keysOf(i)
		h.state.Keys = k.add(h.state.Keys)
		stands = stands && k.known()
	}
	if stands && bytes.Equal(h.state.Keys, h.old.Keys) {
		return h, b.keepPolicy(h)
	}
	before, err := b.known(h)
	if err != nil {
		return nil, err
	}
	for i := range pl.versions {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err := b.writeVersion(h, i, before); err != nil {
			return nil, err
		}
		b.wrote(1)
	}
	return h, nil
}

// keepPolicy keeps all versions of a policy as the last build has made them.
func (b *builder) keepPolicy(h *policyBuild) error {
	h.short = true
	whole := false
	var dirs []string
	for i, was := range h.old.Versions {
		r := h.newRecord(i)
		r.Title, r.Minutes, r.judgement = was.Title, was.Minutes, was.Judged
		h.Records[i], h.state.Versions[i] = r, was
		dirs = append(dirs, r.Dir, r.Since)
		if !r.First {
			dirs = append(dirs, r.Compare)
			r.notice = b.shown(h, r)
		}
		if len(was.Faults) > 0 {
			b.warn(was.Faults...)
		}
		b.count(!r.First, h.compared(i))
		whole = whole || i != h.current && b.wantsWhole(h, i)
	}
	b.stage.Keep(dirs...)
	b.wrote(len(h.Records))
	if whole {
		return b.wholeJudgements(h)
	}
	return nil
}

// writeVersion writes the page of one version, its redline against the version
// before it, and what changed between it and the current one, each unless it
// is there already as the last build knew.
func (b *builder) writeVersion(h *policyBuild, i int, before map[key]known) error {
	r := h.newRecord(i)
	h.Records[i] = r
	keys, now := h.state.keys(i), new(versionState)
	was, there := before[keys.version]
	h.state.Versions[i] = now
	if there && keys.page.known() && was.page == keys.page {
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
		if there && keys.step.known() && was.step == keys.step {
			r.judgement = was.judged
			b.keep(r.Compare)
		} else {
			h.remade = true
			if err := b.writeStep(h, i); err != nil {
				return err
			}
		}
		r.notice = b.shown(h, r)
	}
	now.Title, now.Minutes = r.Title, r.Minutes
	if there && keys.since.known() && was.since == keys.since {
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
