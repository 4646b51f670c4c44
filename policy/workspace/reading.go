package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// Subject is what a reader is asked about.
type Subject struct {
	Policy        *policy.Policy
	Label         string
	Draft         bool
	Redline       *redline.Redline
	Rules         *materiality.Assessment // what the rules say
	Before, After string                  // SHA-256 of the two texts
}

// Subject finds the two texts that a version is between: of a policy
// without a version, the work tree's if it differs from the newest one.
func (w *Workspace) Subject(arg string, on policy.Date) (*Subject, error) {
	p, v, err := w.Lookup(arg, on)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(arg, "@") && w.Repo.Root() != "" && len(p.Versions) > 0 {
		src, err := w.WorkTree(p)
		if err != nil {
			return nil, err
		}
		if v = p.Versions[0]; src != nil && review.Digest(src) != v.SHA256 {
			return w.draftSubject(p, on)
		}
	}
	compared, err := w.Compare(p, v)
	if err != nil {
		return nil, err
	}
	s := &Subject{Policy: p, Label: v.Label, Redline: compared.Redline, Rules: compared.Assessment, After: v.SHA256}
	if previous := p.Previous(v); previous != nil {
		s.Before = previous.SHA256
	}
	return s, nil
}

// draftSubject sets the text of the work tree beside what it changes.
func (w *Workspace) draftSubject(p *policy.Policy, on policy.Date) (*Subject, error) {
	after, err := w.workTreeSide(p)
	if err != nil {
		return nil, err
	}
	older, kept := review.Against(p, after.Doc, on)
	before := Side{Name: "nothing"}
	if older != nil {
		if before, err = w.Side(p, older); err != nil {
			return nil, err
		}
	}
	c := Pair{Before: before, After: after}.Compare(w.Comparer)
	return &Subject{Policy: p, Label: kept, Draft: true, Redline: c.Redline, Rules: c.Assessment(), Before: before.sha256, After: after.sha256}, nil
}

// readingFile is where the reading of a version is kept.
func (w *Workspace) readingFile(id, label string) string {
	return filepath.Join(w.Config.Dir, "readings", url.PathEscape(id)+"@"+url.PathEscape(label)+".json")
}

// KeepReading puts a record beside the policies, whole or not at all, and
// returns its file.
func (w *Workspace) KeepReading(r *reading.Record) (string, error) {
	text, err := r.Encode()
	if err != nil {
		return "", err
	}
	file := w.readingFile(r.Policy, r.Version)
	if err := worktree.MakeFolder(filepath.Dir(file), 0o755); err != nil {
		return "", fmt.Errorf("keep the reading: %w", err)
	}
	return file, worktree.Write(file, text)
}

// LoadRecord reads the reading of a version; nil where there is none.
func (w *Workspace) LoadRecord(id, label string) (*reading.Record, error) {
	file := w.readingFile(id, label)
	text, err := worktree.Read(w.Repo.Root(), file, maxRecord)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the reading: %w", err)
	}
	return reading.Decode(file, text)
}

// maxRecord bounds the file of a reading, in bytes.
const maxRecord = 4 << 20
