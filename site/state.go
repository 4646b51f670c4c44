package site

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy"
)

// stateName is the file at the root of a built site that says what its pages
// were made from. With it the next build knows what it need not make again; it
// may be deleted at any time, and costs the next build a little patience.
const stateName = ".codicil-state"

// stateHead begins the file. It alone tells whether anything is to be done.
type stateHead struct {
	Program string
	Whole   key
	Summary Summary
}

// state is what is known from the last build.
type state struct {
	stateHead
	byID map[string]*policyState
}

// policyState is what is known about one policy.
type policyState struct {
	ID       string
	Moving   key             // of the pages that change with the day
	Of       string          // digest of the text in force
	Anchors  []string        // of that text
	Links    []link          // of all texts, with the place each leads to
	Clauses  []clauseName    // of that text
	Dead     []string        // links of the text in force that lead nowhere
	Versions []*versionState // newest first
}

// versionState is what is known about one version: the keys of its pages, and
// what its history shows.
type versionState struct {
	Version key
	Page    key // of its text
	Step    key // of the redline against the version before
	Since   key // of the redline against the current version
	Title   string
	Minutes int
	Judged  judgement
	Faults  []*policy.Diagnostic
}

// readHead reads the head of the state in dst; nil when there is none that can
// be read.
func readHead(dst string) *stateHead {
	f, err := os.Open(filepath.Join(dst, stateName))
	if err != nil {
		return nil
	}
	defer f.Close()
	head := new(stateHead)
	if gob.NewDecoder(bufio.NewReader(f)).Decode(head) != nil {
		return nil
	}
	return head
}

// readState reads the state in dst, if it is the one that the list of files
// names and this program wrote it. Else everything is made anew.
func readState(dst string, files *listing) *state {
	data, err := os.ReadFile(filepath.Join(dst, stateName))
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(data)
	if listed, ok := files.digest(stateName); !ok || listed != hex.EncodeToString(sum[:]) {
		return nil
	}
	s := &state{byID: make(map[string]*policyState)}
	d := gob.NewDecoder(bytes.NewReader(data))
	if d.Decode(&s.stateHead) != nil || s.Program == "" || s.Program != program() {
		return nil
	}
	for {
		p := new(policyState)
		if err := d.Decode(p); errors.Is(err, io.EOF) {
			return s
		} else if err != nil {
			return nil
		}
		s.byID[p.ID] = p
	}
}

// encodeState writes the state of this build.
func encodeState(head stateHead, policies []*policyState) ([]byte, error) {
	var b bytes.Buffer
	e := gob.NewEncoder(&b)
	err := e.Encode(head)
	for _, p := range policies {
		err = errors.Join(err, e.Encode(p))
	}
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", stateName, err)
	}
	return b.Bytes(), nil
}

// policy returns what is known about a policy, if the site still shows all
// versions of it that it knows and their links still lead to the same places.
func (s *state) policy(pl *plan, l *linker) *policyState {
	if s == nil || s.byID[pl.policy.ID] == nil {
		return nil
	}
	p := s.byID[pl.policy.ID]
	now := make(map[key]bool, len(pl.keys))
	for _, k := range pl.keys {
		now[k] = true
	}
	for _, v := range p.Versions {
		if !now[v.Version] {
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
	if s == nil || s.byID[id] == nil || digest == "" || s.byID[id].Of != digest {
		return nil
	}
	anchors := make(map[string]bool, len(s.byID[id].Anchors))
	for _, a := range s.byID[id].Anchors {
		anchors[a] = true
	}
	return anchors
}

// versions returns what is known about each version, by its key.
func (p *policyState) versions() map[key]*versionState {
	if p == nil {
		return nil
	}
	known := make(map[key]*versionState, len(p.Versions))
	for _, v := range p.Versions {
		if v.Version.known() {
			known[v.Version] = v
		}
	}
	return known
}
