package transparency

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// MaxCheckpoint is how many bytes of a checkpoint are read.
const MaxCheckpoint = 1 << 18

// ErrForm is the error of what is no checkpoint, proof or key at all.
var ErrForm = errors.New("not in the form of c2sp.org")

// Checkpoint says what a log looked like: how many entries it had, and the root
// of the tree over them.
type Checkpoint struct {
	Origin string // name of the log
	Size   int64
	Root   Hash

	Body     string        // what signatures and timestamps are over
	Note     []byte        // body and signatures, as read
	Signed   bool          // by the key of the log that was asked for
	Cosigned []Cosignature // by the witnesses that were asked for
	Others   []string      // names of those whose signatures count for nothing: nobody was asked to check them, or they are of another log's key
}

// Cosignature is a witness's word that it saw the log grow to this checkpoint
// and never shrink.
type Cosignature struct {
	Name string
	At   time.Time // by the clock of the witness
}

// NewCheckpoint describes the first entries of a log. It is not signed.
func NewCheckpoint(origin string, l *Log, size int64) (*Checkpoint, error) {
	root, err := l.Root(size)
	if err != nil {
		return nil, err
	}
	body := fmt.Sprintf("%s\n%d\n%s\n", origin, size, root)
	return &Checkpoint{Origin: origin, Size: size, Root: root, Body: body, Note: []byte(body + "\n")}, nil
}

// Keys are those whose signatures are checked.
type Keys struct {
	Log       *Key   // nil for none
	Witnesses []*Key // by cosignature/v1
}

// ParseCheckpoint reads a checkpoint, and checks the signatures of the keys. A
// signature of another key is no fault: it counts for nothing. One that claims
// to be of a key and is not is a fault.
func ParseCheckpoint(data []byte, keys Keys) (*Checkpoint, error) {
	if len(data) > MaxCheckpoint {
		return nil, fmt.Errorf("%w: longer than %d bytes", ErrForm, MaxCheckpoint)
	}
	body, signatures, found := bytes.Cut(data, []byte("\n\n"))
	if !found || len(signatures) == 0 { // nobody signed it
		return parseBody(string(bytes.TrimRight(body, "\n"))+"\n", data)
	}
	n, err := note.Open(data, keys.verifiers())
	unverified := (*note.UnverifiedNoteError)(nil)
	if errors.As(err, &unverified) {
		n, err = unverified.Note, nil
	}
	if invalid := (*note.InvalidSignatureError)(nil); errors.As(err, &invalid) {
		return nil, fmt.Errorf("the signature of %s is not over this checkpoint", invalid.Name)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	c, err := parseBody(n.Text, data)
	if err != nil {
		return nil, err
	}
	c.take(n, keys)
	return c, nil
}

// take notes who signed.
func (c *Checkpoint) take(n *note.Note, keys Keys) {
	for _, s := range n.Sigs {
		if keys.Log.is(s.Name, s.Hash) {
			if c.Signed = s.Name == c.Origin; !c.Signed {
				c.Others = append(c.Others, fmt.Sprintf("%s+%08x, which signs for its own log alone", s.Name, s.Hash))
			}
			continue
		}
		if at, ok := cosignedAt(s.Base64); ok {
			c.Cosigned = append(c.Cosigned, Cosignature{s.Name, at})
		}
	}
	for _, s := range n.UnverifiedSigs {
		c.Others = append(c.Others, fmt.Sprintf("%s+%08x", s.Name, s.Hash))
	}
}

// parseBody reads the three lines that count; those behind them are extensions.
func parseBody(body string, data []byte) (*Checkpoint, error) {
	lines := strings.SplitN(body, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return nil, fmt.Errorf("%w: a checkpoint begins with the name of the log, a size and a root", ErrForm)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return nil, fmt.Errorf("%w: %.40q is no size", ErrForm, lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return nil, fmt.Errorf("%w: %.60q is no root", ErrForm, lines[2])
	}
	return &Checkpoint{Origin: lines[0], Size: size, Root: Hash(root), Body: body, Note: data}, nil
}

// Sign returns the checkpoint with the signature of a log's secret key, and of
// nobody else.
func (c *Checkpoint) Sign(secret string) ([]byte, error) {
	signer, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		return nil, errors.New("the signing key cannot be read") // and is not quoted
	}
	return note.Sign(&note.Note{Text: c.Body}, signer)
}
