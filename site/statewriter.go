package site

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// stateWriter takes the state of each policy as soon as its pages are made, in
// whatever order that is, and gives them back in the order of the site. It may
// be used by several goroutines at once.
type stateWriter struct {
	file  *os.File
	mu    sync.Mutex
	size  int64
	buf   bytes.Buffer
	out   *gob.Encoder // to buf
	types []byte       // what it tells of the types of a state, once for all
	piece []byte       // of a file that is copied
}

// newStateWriter writes to the file. To write and to read what a state is made of takes
// longer than the state of a small policy: all have that in common.
func newStateWriter(file *os.File) (*stateWriter, error) {
	s := &stateWriter{file: file, piece: make([]byte, 1<<15)}
	s.out = gob.NewEncoder(&s.buf)
	err := errors.Join(s.out.Encode(policyState{}), s.out.Encode(policyRest{}))
	s.types = bytes.Clone(s.buf.Bytes())
	return s, err
}

// take writes the state of one policy down.
func (s *stateWriter) take(p *policyState, rest *policyRest) (part, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.buf.Reset()
	err := s.out.Encode(p)
	first := s.buf.Len()
	if err = errors.Join(err, s.out.Encode(rest)); err != nil {
		return part{}, fmt.Errorf("writing %s: %w", stateName, err)
	}
	return s.put(p.ID, first, s.buf.Len(), &s.buf)
}

// copy writes down the state of a policy as the last build left it.
func (s *stateWriter) copy(id string, old *state) (part, error) {
	at := old.parts[id]
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.put(id, int(at.first), int(at.size), io.NewSectionReader(old.file, at.at, at.size))
}

// put writes a state of so many bytes, behind the id that it belongs to; its first
// ones are the policyState.
func (s *stateWriter) put(id string, first, size int, state io.Reader) (part, error) {
	head := binary.AppendUvarint(binary.AppendUvarint(sized([]byte(id)), uint64(first)), uint64(size))
	at := part{at: s.size, size: int64(len(head) + size)}
	_, err := s.file.Write(head)
	if err == nil {
		_, err = io.CopyBuffer(struct{ io.Writer }{s.file}, state, s.piece)
	}
	if err != nil {
		return part{}, fmt.Errorf("writing %s: %w", stateName, err)
	}
	s.size += at.size
	return at, nil
}

// give writes the states that were taken in the given order, behind the head.
func (s *stateWriter) give(w io.Writer, head stateHead, order []part) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(head); err != nil {
		return err
	}
	if _, err := w.Write(sized(buf.Bytes())); err != nil {
		return err
	}
	for _, at := range order {
		if _, err := io.CopyBuffer(w, io.NewSectionReader(s.file, at.at, at.size), s.piece); err != nil {
			return err
		}
	}
	return nil
}

// close ends the writing. It may be called again.
func (s *stateWriter) close() error {
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	return f.Close()
}
