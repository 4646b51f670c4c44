package history

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// tags returns the names of the tags at each commit, in order. Tags of other
// objects are passed over.
func (s *store) tags() (map[plumbing.Hash][]string, error) {
	refs, err := s.main.IterReferences()
	if err != nil {
		return nil, fmt.Errorf("read tags: %w", err)
	}
	defer refs.Close()
	tags := make(map[plumbing.Hash][]string)
	err = refs.ForEach(func(ref *plumbing.Reference) error {
		if !ref.Name().IsTag() || ref.Type() != plumbing.HashReference {
			return nil
		}
		commit, err := s.peel(ref.Hash())
		var fault *policy.Diagnostic
		if errors.As(err, &fault) {
			return nil
		}
		if err != nil {
			return err
		}
		tags[commit] = append(tags[commit], ref.Name().Short())
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read tags: %w", err)
	}
	for _, names := range tags {
		slices.Sort(names)
	}
	return tags, nil
}

// tagTimeline returns what each tag published of a thread, oldest first.
func tagTimeline(t *thread, facts map[plumbing.Hash]*fact, steps []step, tags map[plumbing.Hash][]string) []published {
	var all []published
	for i := len(steps) - 1; i >= 0; i-- {
		s := &steps[i]
		names := tags[s.commit]
		if len(names) == 0 {
			continue
		}
		r := t.at(i)
		if r == nil || !r.readable(facts) {
			continue
		}
		p := published{revision: *r, fact: facts[r.blob], tag: names[0]}
		p.commit, p.committed, p.at = s.commit, s.committed, s.at
		all = append(all, p)
	}
	return all
}

// at returns the revision that was current after a step, or nil.
func (t *thread) at(step int) *revision {
	i, _ := slices.BinarySearchFunc(t.revisions, step, func(r revision, step int) int { return cmp.Compare(r.step, step) })
	if i == len(t.revisions) {
		return nil
	}
	return &t.revisions[i]
}

// byTag starts a version with every tag whose text is not that of the last.
func (v *versioner) byTag(all []published) {
	for _, p := range all {
		if len(v.versions) == 0 || p.Words != v.words {
			v.add(p, p.tag)
		}
	}
}
