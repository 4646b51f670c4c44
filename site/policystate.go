package site

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/site/tree"
)

// policyState is what is known about one policy: all that it takes where its pages
// stand, which is so for nearly every policy of a large site.
type policyState struct {
	ID       string
	Dated    key      // of the pages that change with the day
	Of       string   // digest of the text in force
	Links    []link   // of all texts, with the place each leads to
	Dead     []string // links of the text in force that lead nowhere
	Words    string   // of the text in force, for the index
	Keys     []byte   // of the versions and their pages, newest first, as versionKeys.add writes them
	Versions []*versionState
}

// versionState is what is known about one version.
type versionState struct {
	Title   string
	Minutes int
	Judged  judgement // whole for the version shown, else short
	Faults  []*policy.Diagnostic
}

// policyRest is what only those need to know who make pages of a policy.
type policyRest struct {
	Anchors []string     // of the text in force
	Clauses []clauseName // of that text
	Judged  []judgement  // of all versions, newest first
}

// versionKeys are the keys of a version and of its pages.
type versionKeys struct {
	version key
	page    key // of its text
	step    key // of the redline against the version before; zero for the first
	since   key // of the redline against the current version
}

// keysOf returns the keys of the version with index i.
func (pl *plan) keysOf(i int) versionKeys {
	k := versionKeys{version: pl.keys[i], page: pl.pageKey(i), since: pl.sinceKey(i)}
	if before := pl.before(i); before < len(pl.versions) {
		k.step = pl.redlineKey("step", before, i)
	}
	return k
}

const keysSize = 4 * len(key{})

// add writes the keys behind others.
func (k versionKeys) add(to []byte) []byte {
	return append(append(append(append(to, k.version[:]...), k.page[:]...), k.step[:]...), k.since[:]...)
}

// known reports whether all of the keys say something.
func (k versionKeys) known() bool {
	return k.version.known() && k.page.known() && k.since.known()
}

// keys reads what add has written for the version with index i.
func (p *policyState) keys(i int) (k versionKeys) {
	data := p.Keys[i*keysSize : (i+1)*keysSize]
	for _, to := range []*key{&k.version, &k.page, &k.step, &k.since} {
		data = data[copy(to[:], data):]
	}
	return k
}

// of returns what is known about the policy with that id, nil for nothing.
func (s *state) of(id string) *policyState {
	if s == nil {
		return nil
	}
	at, ok := s.parts[id]
	p := new(policyState)
	if !ok || s.decode(part{at: at.at, size: at.first}, p) != nil || len(p.Keys) != len(p.Versions)*keysSize {
		return nil
	}
	return p
}

// rest returns what else is known about a policy.
func (s *state) rest(p *policyState) (*policyRest, error) {
	at, rest := s.parts[p.ID], new(policyRest)
	err := s.decode(part{at: at.at + at.first, size: at.size - at.first}, rest)
	if err == nil && len(rest.Judged) != len(p.Versions) {
		err = fmt.Errorf("%d judgements of %d versions", len(rest.Judged), len(p.Versions))
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s cannot be read: %w", tree.ErrChanged, stateName, err)
	}
	return rest, nil
}

// decode reads a piece of a part.
func (s *state) decode(at part, into any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = slices.Grow(s.data[:0], int(at.size))[:at.size]
	if _, err := s.file.ReadAt(s.data, at.at); err != nil {
		return err
	}
	if s.read == nil {
		s.in.Reset(s.types)
		s.read = gob.NewDecoder(&s.in)
		_ = s.read.Decode(new(policyState)) // where it fails, all that follows does
		_ = s.read.Decode(new(policyRest))
	}
	s.in.Reset(s.data)
	return s.read.Decode(into)
}

// policy returns what is known about a policy, if the site still shows all
// versions of it that it knows and their links still lead to the same places.
func (s *state) policy(pl *plan, l *linker) *policyState {
	p := s.of(pl.policy.ID)
	if p == nil {
		return nil
	}
	for i := range p.Versions {
		if version := p.keys(i).version; (i >= len(pl.keys) || version != pl.keys[i]) && !slices.Contains(pl.keys, version) {
			return nil
		}
	}
	for _, link := range p.Links {
		if l.elsewhere(link.File, link.Link) != link.To {
			return nil
		}
	}
	return p
}

// anchors returns those of the text in force of a policy, if it is still the
// text with this digest; else nil.
func (s *state) anchors(id, digest string) map[string]bool {
	p := s.of(id)
	if p == nil || digest == "" || p.Of != digest {
		return nil
	}
	rest, err := s.rest(p)
	if err != nil {
		return nil
	}
	anchors := make(map[string]bool, len(rest.Anchors))
	for _, a := range rest.Anchors {
		anchors[a] = true
	}
	return anchors
}

// known is what the last build knew of a version.
type known struct {
	versionKeys
	*versionState
	judged judgement
}

// known returns what the last build knew of each version, by its key.
func (b *builder) known(h *policyBuild) (map[key]known, error) {
	if h.old == nil {
		return nil, nil
	}
	rest, err := b.restOf(h)
	if err != nil {
		return nil, err
	}
	list := make(map[key]known, len(h.old.Versions))
	for i, v := range h.old.Versions {
		if k := h.old.keys(i); k.version.known() {
			list[k.version] = known{k, v, rest.Judged[i]}
		}
	}
	return list, nil
}

// restOf reads the rest of what the last build knew of a policy, once.
func (b *builder) restOf(h *policyBuild) (*policyRest, error) {
	if h.oldRest == nil {
		rest, err := b.old.rest(h.old)
		if err != nil {
			return nil, err
		}
		h.oldRest = rest
	}
	return h.oldRest, nil
}

// wholeJudgements lets all records have all of what the last build knew of them.
func (b *builder) wholeJudgements(h *policyBuild) error {
	if !h.short {
		return nil
	}
	rest, err := b.restOf(h)
	if err != nil {
		return err
	}
	for i, r := range h.Records {
		r.judgement = rest.Judged[i]
	}
	h.short = false
	return nil
}

// wholeState lets a policy have all of what the last build knew of it and still holds.
func (b *builder) wholeState(h *policyBuild) error {
	if h.old == nil {
		return nil
	}
	rest, err := b.restOf(h)
	if err != nil {
		return err
	}
	if h.rest == nil {
		h.rest = &policyRest{Anchors: rest.Anchors, Clauses: rest.Clauses}
	}
	return b.wholeJudgements(h)
}

// keepState writes down what the next build must know of the policy.
func (b *builder) keepState(h *policyBuild) (part, error) {
	if h.failed {
		return b.states.take(&policyState{ID: h.state.ID}, new(policyRest))
	}
	if h.upToDate() && bytes.Equal(b.states.types, b.old.types) {
		return b.states.copy(h.state.ID, b.old)
	}
	if err := b.wholeState(h); err != nil {
		return part{}, err
	}
	for i, r := range h.Records {
		h.rest.Judged = append(h.rest.Judged, r.judgement)
		if h.state.Versions[i].Judged = r.judgement; i != h.current {
			h.state.Versions[i].Judged = r.short()
		}
	}
	return b.states.take(h.state, h.rest)
}
