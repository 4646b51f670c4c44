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
	data  []byte       // one piece of a part
	in    bytes.Reader // of it
	read  *gob.Decoder // from in
}

// part is where something is in a file, and how much of it is the first of its two.
type part struct{ at, size, first int64 }

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
		first, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		size, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		s.parts[string(id)] = part{counted.n - int64(r.Buffered()), int64(size), int64(first)}
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
