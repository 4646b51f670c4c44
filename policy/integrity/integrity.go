package integrity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/codicil/codicil/policy"
)

// Repository is what is asked of the repository.
type Repository interface {
	// ReadAt returns the bytes of a file as a revision has it.
	ReadAt(revision, path string) ([]byte, error)
	// Past returns every state of files along the published line, the newest
	// first, by path.
	Past(files ...string) (map[string][][]byte, error)
	// Beside returns those of the commits that are not on the published line.
	Beside(commits []string) ([]string, error)
	// Unreachable returns those of the commits that the history of a revision
	// does not hold.
	Unreachable(revision string, commits []string) ([]string, error)
}

// Signed says why the signature of a commit is not one of those who may
// publish, and whether the commit has none at all; nil when it is good.
type Signed func(commit string) (unsigned bool, err error)

// Checker compares what was published with what the history holds.
type Checker struct {
	Repository Repository
	Policies   []*policy.Policy // all of the history, with all their versions
	Head       string           // commit that the history ends with; empty before the first
	Pins       []Pin
	File       string // path of codicil.sum in the repository
	Log        *Log   // that the pins make; nil before it was read

	// OnRecord returns why a line of codicil.sum may be another than it was, in the
	// word of somebody who answers for it, by the commit that it named; empty where
	// nobody does. Nil where nobody ever does.
	OnRecord func(commit string) string

	past map[string][][]byte // of codicil.sum wherever it lay, and of the checkpoint; nil before it was asked for
}

// Digests reads every version from git again and compares its digest.
func (c *Checker) Digests(ctx context.Context) ([]*policy.Diagnostic, error) {
	var found []*policy.Diagnostic
	for _, p := range c.Policies {
		for _, v := range p.Versions {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			src, err := c.Repository.ReadAt(v.Commit, v.Path)
			if err != nil {
				return nil, err
			}
			digest := sha256.Sum256(src)
			if hex.EncodeToString(digest[:]) != v.SHA256 {
				found = append(found, &policy.Diagnostic{
					File: v.Path, Level: policy.Error, Rule: "digest",
					Message: fmt.Sprintf("%s does not have the digest %s", p.Ref(v), v.SHA256),
					Hint:    "look into the repository with: git fsck; the saved index of the history may be deleted",
				})
			}
		}
	}
	return found, nil
}

// Labels reports labels that were given to a second text.
func (c *Checker) Labels() []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, p := range c.Policies {
		labelled := p.Labelled()
		for _, v := range p.Versions {
			first := labelled[string(v.Front.Version)]
			if p.Starts != policy.StartLabel || first == nil || first == v || v.Reverts == first.Label {
				continue
			}
			found = append(found, &policy.Diagnostic{
				File: v.Path, Line: 1, Column: 1, Level: policy.Error, Rule: "label-reused",
				Message: fmt.Sprintf("commit %.12s gave the label of %s to another text, listed as %s", v.Commit, p.Ref(first), p.Ref(v)),
				Hint:    "publish every text under a `version` of its own",
			})
		}
	}
	return found
}

// Signatures reports versions that a commit without a good signature published.
func (c *Checker) Signatures(ctx context.Context, signed Signed) ([]*policy.Diagnostic, error) {
	var found []*policy.Diagnostic
	for _, p := range c.Policies {
		for _, v := range p.Versions {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if v.Commit == policy.NoCommit {
				continue
			}
			unsigned, err := signed(v.Commit)
			if err == nil {
				continue
			}
			rule := "signature"
			if unsigned {
				rule = "unsigned"
			}
			found = append(found, &policy.Diagnostic{
				File: v.Path, Line: 1, Column: 1, Level: policy.Error, Rule: rule,
				Message: fmt.Sprintf("%s was published by commit %.12s, and %s", p.Ref(v), v.Commit, err),
				Hint:    "publish with a signature of one of the `signers`: git commit -S",
			})
		}
	}
	return found, nil
}
