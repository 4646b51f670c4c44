package history

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// Text returns the bytes of a version as git holds them.
func (r *Repository) Text(v *policy.Version) ([]byte, error) {
	text, err := r.Blob(v.Blob)
	if err != nil {
		return nil, fmt.Errorf("text of %s at %s: %w", v.Path, v.Commit, err)
	}
	return text, nil
}

// Blob returns the bytes of the text with the given id.
func (r *Repository) Blob(id string) (text []byte, err error) {
	if !plumbing.IsHash(id) {
		return nil, fmt.Errorf("%q is not the id of a git object", id)
	}
	err = r.pool.with(func(s *store) error {
		held, err := s.read(plumbing.BlobObject, plumbing.NewHash(id))
		text = bytes.Clone(held)
		return err
	})
	return text, r.explain(err)
}

// ReadAt returns the bytes of the file that a revision keeps at a slash path
// from the root. That there is none is a *policy.Diagnostic that names what comes near.
func (r *Repository) ReadAt(revision, file string) (text []byte, err error) {
	if id, found := r.pool.pending.file(file); found && revision == policy.NoCommit {
		return r.Blob(id.String())
	}
	err = r.pool.with(func(s *store) error {
		held, err := s.readAt(revision, strings.TrimPrefix(path.Clean("/"+file), "/"))
		text = bytes.Clone(held)
		return err
	})
	return text, r.explain(err)
}

func (s *store) readAt(revision, file string) ([]byte, error) {
	id, err := s.resolve(revision)
	if err != nil {
		return nil, unborn(err)
	}
	c, err := s.readCommit(id)
	if err != nil {
		return nil, err
	}
	e, err := s.lookUp(c.tree, file)
	switch {
	case err != nil:
		return nil, err
	case e == nil:
		return nil, s.noSuchFile(c.tree, revision, file)
	case e.isTree():
		return nil, &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("%s is a folder at %s", file, revision), Hint: "name a file in it"}
	case !e.isFile():
		return nil, &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("%s is a symbolic link or a submodule at %s", file, revision), Hint: "name the file that holds the text"}
	}
	return s.read(plumbing.BlobObject, e.id)
}

// lookUp finds the entry of a path, or nil.
func (s *store) lookUp(tree plumbing.Hash, file string) (*entry, error) {
	found := &entry{mode: modeFolder, id: tree}
	for name := range strings.SplitSeq(file, "/") {
		if !found.isTree() {
			return nil, nil
		}
		raw, err := s.readTree(found.id)
		if err != nil {
			return nil, err
		}
		if found, err = child(raw, name); found == nil || err != nil {
			return nil, err
		}
	}
	return found, nil
}

// child finds a name in a raw tree.
func child(raw []byte, name string) (*entry, error) {
	for len(raw) > 0 {
		e, err := parseEntry(raw)
		if err != nil {
			return nil, err
		}
		if string(e.name) == name {
			return &e, nil
		}
		raw = raw[e.size:]
	}
	return nil, nil
}

// noSuchFile names up to three files whose paths come near.
func (s *store) noSuchFile(tree plumbing.Hash, revision, file string) error {
	d := differ{read: func(id plumbing.Hash) ([]byte, error) {
		if id.IsZero() {
			return nil, nil
		}
		return s.readTree(id)
	}, want: func(string) bool { return true }}
	if err := d.trees("", plumbing.Hash{}, tree); err != nil && !errors.Is(err, errTooMany) {
		return err
	}
	slices.SortStableFunc(d.out, func(a, b difference) int {
		return cmp.Compare(far(a.path, file), far(b.path, file))
	})
	fault := &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("there is no %s at %s", file, revision), Hint: "write the path as it is from the root of the repository"}
	var near []string
	for _, other := range d.out[:min(3, len(d.out))] {
		if far(other.path, file) <= max(3, len(file)/3) {
			near = append(near, other.path)
		}
	}
	if len(near) > 0 {
		fault.Hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	return fault
}

// far tells how unlike two paths are: a file of the same name elsewhere is
// near, else the letters to change count.
func far(a, b string) int {
	if strings.EqualFold(path.Base(a), path.Base(b)) {
		return 1
	}
	return policy.Distance(strings.ToLower(a), strings.ToLower(b))
}

// unborn makes a fault of a branch without a commit, where one is needed.
func unborn(err error) error {
	if err == errUnborn {
		return &policy.Diagnostic{Level: policy.Error, Message: "the branch has no commit yet", Hint: `publish the first texts with: git add . && git commit`}
	}
	return err
}
