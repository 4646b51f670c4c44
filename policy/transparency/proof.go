package transparency

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// proofHead begins a proof, and maxPath is how many hashes one can have: a tree
// has no more levels.
const (
	proofHead = "c2sp.org/tlog-proof@v1"
	maxPath   = 63
)

// Proof shows that one entry is under a checkpoint. Its form is tlog-proof,
// with the entry as the extra data.
type Proof struct {
	Entry      string
	Index      int64
	Path       []Hash // as of Log.Inclusion
	Checkpoint *Checkpoint
}

// Prove returns the proof of the entry with an index under a checkpoint of the log.
func (l *Log) Prove(index int64, c *Checkpoint) (*Proof, error) {
	path, err := l.Inclusion(index, c.Size)
	if err != nil {
		return nil, err
	}
	p := &Proof{Entry: l.Entry(index), Index: index, Path: path, Checkpoint: c}
	return p, p.check()
}

func (p *Proof) check() error {
	return CheckInclusion(p.Path, p.Entry, p.Index, p.Checkpoint.Size, p.Checkpoint.Root)
}

// Text writes the proof.
func (p *Proof) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nextra %s\nindex %d\n", proofHead, base64.StdEncoding.EncodeToString([]byte(p.Entry)), p.Index)
	for _, h := range p.Path {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteByte('\n')
	b.Write(p.Checkpoint.Note)
	return b.Bytes()
}

// IsProof reports whether a text claims to be a proof.
func IsProof(text []byte) bool { return bytes.HasPrefix(text, []byte(proofHead+"\n")) }

// ParseProof reads a proof and checks it: that the entry is under the
// checkpoint, and the signatures as ParseCheckpoint does.
func ParseProof(text []byte, keys Keys) (*Proof, error) {
	head, checkpoint, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head[:min(len(head), 2*MaxCheckpoint)]), "\n")
	if !found || len(lines) < 3 || lines[0] != proofHead || len(lines) > 3+maxPath {
		return nil, fmt.Errorf("%w: no proof of an entry", ErrForm)
	}
	extra, hasEntry := strings.CutPrefix(lines[1], "extra ")
	number, hasIndex := strings.CutPrefix(lines[2], "index ")
	entry, entryErr := base64.StdEncoding.Strict().DecodeString(extra)
	index, indexErr := strconv.ParseInt(number, 10, 64)
	if !hasEntry || !hasIndex || entryErr != nil || indexErr != nil || index < 0 || strconv.FormatInt(index, 10) != number {
		return nil, fmt.Errorf("%w: a proof names an entry and its index", ErrForm)
	}
	p := &Proof{Entry: string(entry), Index: index}
	for _, line := range lines[3:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return nil, fmt.Errorf("%w: %.60q is no hash", ErrForm, line)
		}
		p.Path = append(p.Path, h)
	}
	var err error
	if p.Checkpoint, err = ParseCheckpoint(checkpoint, keys); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("entry %d is not under the checkpoint of its proof", index)
	}
	return p, nil
}
