package history

import (
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// Resolve returns the full id of the commit that a revision names: a full or
// short id, a branch, a tag, a remote branch, HEAD or @, each with ~N and ^N.
// A name that leads nowhere is a *policy.Diagnostic.
func (r *Repository) Resolve(name string) (string, error) {
	var id plumbing.Hash
	err := r.pool.with(func(s *store) (err error) {
		id, err = s.resolve(name)
		return unborn(err)
	})
	if err != nil {
		return "", r.explain(err)
	}
	return id.String(), nil
}

// errUnborn is a branch without a commit.
var errUnborn = errors.New("the branch has no commit yet")

// ancestry is what may follow a name: ~2, ^, ^2, ^{commit}.
var ancestry = regexp.MustCompile(`^(?:~(\d*)|\^\{(?:commit)?\}|\^(\d*))`)

func (s *store) resolve(name string) (plumbing.Hash, error) {
	base, rest := name, ""
	if i := strings.IndexAny(name, "~^"); i >= 0 {
		base, rest = name[:i], name[i:]
	}
	id, err := s.resolveName(base)
	for err == nil && rest != "" {
		m := ancestry.FindStringSubmatch(rest)
		if m == nil {
			return id, unknownRevision(name)
		}
		rest = rest[len(m[0]):]
		if id, err = s.ancestor(name, id, m); err == nil {
			_, err = s.readCommit(id) // a shallow clone names parents that it does not have
		}
	}
	return id, err
}

// ancestor takes one step of ancestry from a commit.
func (s *store) ancestor(name string, id plumbing.Hash, m []string) (plumbing.Hash, error) {
	number := func(digits string) int {
		if digits == "" {
			return 1
		}
		n, _ := strconv.Atoi(digits)
		return n
	}
	generations, parent := 1, 1
	switch {
	case strings.HasPrefix(m[0], "~"):
		generations = number(m[1])
	case strings.HasPrefix(m[0], "^{"):
		generations = 0
	default:
		if parent = number(m[2]); parent == 0 {
			generations = 0
		}
	}
	for range generations {
		c, err := s.readCommit(id)
		if err != nil {
			return id, err
		}
		if len(c.parents) < parent {
			return id, &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("the history has no %s: it does not reach back so far", name), Hint: "see what there is with: git log --first-parent"}
		}
		id = c.parents[parent-1]
	}
	return id, nil
}

// refRules are the places where git looks for a name, in its order.
func refRules() []string {
	return []string{"%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"}
}

func (s *store) resolveName(name string) (plumbing.Hash, error) {
	if name == "" || name == "@" {
		name = "HEAD"
	}
	if plumbing.IsHash(name) {
		return s.peel(plumbing.NewHash(name))
	}
	var commit plumbing.Hash
	first := plumbing.ReferenceName("")
	for _, rule := range refRules() {
		ref := plumbing.ReferenceName(fmt.Sprintf(rule, name))
		id, err := s.reference(ref)
		switch {
		case err == nil:
			if id, err = s.peel(id); err != nil {
				return id, err
			}
			if first == "" {
				first, commit = ref, id
			}
			if id != commit {
				return id, ambiguous(name, first, ref)
			}
		case errors.Is(err, errUnborn):
			return id, err
		case !isNoReference(err):
			return id, fmt.Errorf("read reference %s: %w", ref, err)
		}
		if first == plumbing.HEAD || strings.HasPrefix(string(first), "refs/") && string(first) == name {
			break // the whole name of one
		}
	}
	if first != "" {
		return commit, nil
	}
	return s.shortID(name)
}

// ErrTwoCommits says that a name is that of a tag and of a branch, which differ.
var ErrTwoCommits = errors.New("a name of two commits")

// ambiguous refuses a name of two references. Git takes the tag and warns: whoever
// may push a tag could have a change compared with itself.
func ambiguous(name string, first, second plumbing.ReferenceName) error {
	return &policy.Diagnostic{
		Level:   policy.Error,
		Err:     ErrTwoCommits,
		Message: fmt.Sprintf("%q names two commits: %s and %s", name, first, second),
		Hint:    "write the whole name of the one that is meant",
	}
}

// isNoReference tells an error that only means that no reference has the name:
// there is none, only longer ones begin like it, or none could be called so.
func isNoReference(err error) bool {
	return errors.Is(err, plumbing.ErrReferenceNotFound) || errors.Is(err, dotgit.ErrIsDir) || errors.Is(err, dotgit.ErrReferenceNameEscape)
}

// reference follows a reference to an object. HEAD that names a branch without
// a commit is errUnborn.
func (s *store) reference(name plumbing.ReferenceName) (plumbing.Hash, error) {
	const deepest = 5
	first := name
	for range deepest {
		ref, err := s.main.Reference(name)
		if errors.Is(err, plumbing.ErrReferenceNotFound) && first == plumbing.HEAD && name != first {
			return plumbing.Hash{}, errUnborn
		}
		if err != nil {
			return plumbing.Hash{}, err
		}
		if ref.Type() != plumbing.SymbolicReference {
			return ref.Hash(), nil
		}
		name = ref.Target()
	}
	return plumbing.Hash{}, fmt.Errorf("reference %s goes in circles", first)
}

// shortID finds the one commit whose id begins with the given digits.
func (s *store) shortID(digits string) (plumbing.Hash, error) {
	const shortest = 4
	prefix, err := hex.DecodeString(strings.ToLower(digits[:len(digits)/2*2]))
	if err != nil || len(digits) < shortest {
		return plumbing.Hash{}, unknownRevision(digits)
	}
	found := make(map[plumbing.Hash]bool)
	var last plumbing.Hash
	for _, layer := range s.layers {
		ids, err := layer.HashesWithPrefix(prefix)
		if err != nil {
			return last, fmt.Errorf("look for %s: %w", digits, err)
		}
		for _, id := range ids {
			if !strings.HasPrefix(id.String(), strings.ToLower(digits)) || found[id] {
				continue
			}
			if commit, err := s.peel(id); err == nil {
				found[id], last = true, commit
			}
		}
	}
	switch len(found) {
	case 0:
		return last, unknownRevision(digits)
	case 1:
		return last, nil
	}
	return last, &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("%s is the beginning of %d commit ids", digits, len(found)), Hint: "write more digits"}
}

// peel follows tags to the commit that they stand for.
func (s *store) peel(id plumbing.Hash) (plumbing.Hash, error) {
	kind := plumbing.AnyObject
	for {
		object, err := s.find(kind, id)
		if err != nil {
			return id, err
		}
		switch object.Type() {
		case plumbing.CommitObject:
			return id, nil
		case plumbing.TagObject:
		default:
			return id, &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("%s is a %s, not a commit", id, object.Type()), Hint: "name a branch, a tag or a commit"}
		}
		raw, err := s.read(plumbing.TagObject, id)
		if err != nil {
			return id, err
		}
		target, targetKind, err := parseTag(raw)
		if err != nil {
			return id, damaged("tag", id, err)
		}
		id, kind = target, targetKind
	}
}

func unknownRevision(name string) error {
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("no commit, branch or tag is called %q", name),
		Hint:    "see the names with: git branch --all, git tag, git log --oneline",
	}
}
