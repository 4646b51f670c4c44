package site

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/site/tree"
)

// stateName is the file at the root of a built site that says what its pages
// were made from. With it the next build knows what it need not make again; it
// may be deleted at any time, and costs the next build a little time.
//
// It is a head and then a part for each policy, which is read and written by
// itself: what is known of tens of thousands of versions is never held at once.
const stateName = ".codicil-state"

// stateHead begins the file. It alone tells whether anything is to be done.
type stateHead struct {
	Program string
	Whole   key
	Summary Summary
	Years   []yearState
	Search  key
	Proofs  key
	Types   []byte // what the states of policies are made of
}

// yearState is the key of one page of the change log.
type yearState struct {
	Year string
	Key  key
}

// state is what is known from the last build.
type state struct {
	file  *os.File
	parts map[string]part // by the id of the policy
	years []yearState

	search, proofs key

	mu    sync.Mutex
	types []byte
	in    bytes.Reader // of one part
	read  *gob.Decoder // from in
}

// part is where something is in a file.
type part struct{ at, size int64 }

// policyState is what is known about one policy.
type policyState struct {
	ID       string
	Dated    key             // of the pages that change with the day
	Of       string          // digest of the text in force
	Anchors  []string        // of that text
	Links    []link          // of all texts, with the place each leads to
	Clauses  []clauseName    // of that text
	Dead     []string        // links of the text in force that lead nowhere
	Words    string          // of the text in force, for the index
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

// readHead reads the head of the state of a site that is as this machine left
// it; nil when there is none.
func readHead(folder *tree.Folder) *stateHead {
	if !folder.Whole {
		return nil
	}
	f, err := folder.Open(stateName)
	if err != nil {
		return nil
	}
	defer f.Close()
	head, err := decodeHead(bufio.NewReader(f))
	if err != nil {
		return nil
	}
	return head
}

func decodeHead(r *bufio.Reader) (*stateHead, error) {
	data, err := readSized(r)
	if err != nil {
		return nil, err
	}
	head := new(stateHead)
	return head, gob.NewDecoder(bytes.NewReader(data)).Decode(head)
}

// readSized reads bytes that are behind their number.
func readSized(r *bufio.Reader) ([]byte, error) {
	size, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	if size > maxSized {
		return nil, fmt.Errorf("%d bytes are too many", size)
	}
	data := make([]byte, size)
	_, err = io.ReadFull(r, data)
	return data, err
}

// maxSized bounds what a damaged file can ask for.
const maxSized = 1 << 28

func sized(data []byte) []byte {
	return append(binary.AppendUvarint(nil, uint64(len(data))), data...)
}

// readState opens the state of a site, if it is the one that the list of files
// names and this program wrote it. Else everything is made anew. Close it.
func readState(folder *tree.Folder) *state {
	if !folder.Whole {
		return nil
	}
	f, err := folder.Open(stateName)
	if err != nil {
		return nil
	}
	s := &state{file: f, parts: make(map[string]part)}
	if s.index(folder.Files) != nil {
		s.close()
		return nil
	}
	return s
}

// index notes where the part of each policy is, and checks the whole.
func (s *state) index(files *tree.Listing) error {
	sum := sha256.New()
	counted := &counter{Reader: io.TeeReader(s.file, sum)}
	r := bufio.NewReaderSize(counted, 1<<16)
	head, err := decodeHead(r)
	if err != nil {
		return err
	}
	if head.Program == "" || head.Program != program() {
		return errors.New("another program wrote it")
	}
	s.years, s.search, s.proofs, s.types = head.Years, head.Search, head.Proofs, head.Types
	for {
		id, err := readSized(r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		size, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		s.parts[string(id)] = part{counted.n - int64(r.Buffered()), int64(size)}
		if _, err := r.Discard(int(size)); err != nil {
			return err
		}
	}
	if listed, ok := files.Digest(stateName); !ok || listed != hex.EncodeToString(sum.Sum(nil)) {
		return errors.New("it is not the one that the list of files names")
	}
	return nil
}

// counter counts the bytes that are read.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

func (s *state) close() {
	if s != nil {
		s.file.Close()
	}
}

// year returns the key of a page of the change log.
func (s *state) year(year string) key {
	if s != nil {
		for _, y := range s.years {
			if y.Year == year {
				return y.Key
			}
		}
	}
	return key{}
}

// of returns what is known about the policy with that id, nil for nothing.
func (s *state) of(id string) *policyState {
	if s == nil {
		return nil
	}
	at, ok := s.parts[id]
	if !ok {
		return nil
	}
	data := make([]byte, at.size)
	if _, err := s.file.ReadAt(data, at.at); err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read == nil {
		s.in.Reset(s.types)
		s.read = gob.NewDecoder(&s.in)
		_ = s.read.Decode(new(policyState)) // where it fails, all that follows does
	}
	p := new(policyState)
	s.in.Reset(data)
	if s.read.Decode(p) != nil {
		return nil
	}
	return p
}

// policy returns what is known about a policy, if the site still shows all
// versions of it that it knows and their links still lead to the same places.
func (s *state) policy(pl *plan, l *linker) *policyState {
	p := s.of(pl.policy.ID)
	if p == nil {
		return nil
	}
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
	p := s.of(id)
	if p == nil || digest == "" || p.Of != digest {
		return nil
	}
	anchors := make(map[string]bool, len(p.Anchors))
	for _, a := range p.Anchors {
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
