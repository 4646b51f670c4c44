package history

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// Statement is what somebody signed: a commit or a tag with its message.
type Statement struct {
	Commit  string    // full id; empty of a tag
	Tag     string    // name; empty of a commit
	Message string    // that was signed
	At      time.Time // as the signer dates it
	Signer  string    // Email of the signer
}

// Statements returns what the signers signed in words that hold a phrase: the
// commits that a revision goes back to, through any parent, and the tags of the
// repository, in order of their days. What has no good signature of theirs is
// passed over.
func (r *Repository) Statements(revision, phrase string, signers []Signer) ([]Statement, error) {
	var list []Statement
	err := r.pool.with(func(s *store) error {
		head, err := s.resolve(revision)
		if err != nil {
			return unborn(err)
		}
		if err := s.signedCommits(head, r.boundary, phrase, signers, &list); err != nil {
			return err
		}
		return s.signedTags(phrase, signers, &list)
	})
	slices.SortStableFunc(list, func(a, b Statement) int { return a.At.Compare(b.At) })
	return list, r.explain(err)
}

func (s *store) signedCommits(head plumbing.Hash, boundary map[plumbing.Hash]bool, phrase string, signers []Signer, list *[]Statement) error {
	seen := map[plumbing.Hash]bool{head: true}
	queue := []plumbing.Hash{head}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		raw, err := s.read(plumbing.CommitObject, at)
		if err != nil {
			return err
		}
		c, err := parseCommit(raw)
		if err != nil {
			return damaged("commit", at, err)
		}
		if bytes.Contains(raw, []byte(phrase)) {
			payload, signature := splitSignature(raw)
			if who, err := signedBy(payload, signature, signers, pgpSigner); err == nil {
				_, message, _ := bytes.Cut(payload, []byte("\n\n"))
				*list = append(*list, Statement{Commit: at.String(), Message: string(message), At: c.published.time(), Signer: who})
			}
		}
		if boundary[at] {
			continue
		}
		for _, parent := range c.parents {
			if !seen[parent] {
				seen[parent] = true
				queue = append(queue, parent)
			}
		}
	}
	return nil
}

// signedTags looks at the tags that are objects of their own.
func (s *store) signedTags(phrase string, signers []Signer, list *[]Statement) error {
	refs, err := s.main.IterReferences()
	if err != nil {
		return fmt.Errorf("read tags: %w", err)
	}
	defer refs.Close()
	return refs.ForEach(func(ref *plumbing.Reference) error {
		if !ref.Name().IsTag() || ref.Type() != plumbing.HashReference {
			return nil
		}
		raw, err := s.read(plumbing.TagObject, ref.Hash())
		if err != nil || !bytes.Contains(raw, []byte(phrase)) {
			return nil // a tag without words of its own says nothing
		}
		at := bytes.Index(raw, []byte("\n-----BEGIN "))
		if at < 0 {
			return nil
		}
		payload, signature := raw[:at+1], string(raw[at+1:])
		who, err := signedBy(payload, signature, signers, pgpTagSigner)
		if err != nil {
			return nil
		}
		head, message, _ := bytes.Cut(payload, []byte("\n\n"))
		st := Statement{Tag: ref.Name().Short(), Message: string(message), Signer: who}
		for line := range bytes.Lines(head) {
			if bytes.HasPrefix(line, []byte("tagger ")) {
				st.At = parseStamp(bytes.TrimSpace(line)).time()
			}
		}
		*list = append(*list, st)
		return nil
	})
}

// signedBy returns who of the signers made a signature.
func signedBy(payload []byte, signature string, signers []Signer, pgp func([]byte, string, []Signer) (string, error)) (string, error) {
	switch {
	case strings.HasPrefix(signature, "-----BEGIN SSH SIGNATURE-----"):
		return sshSigner(payload, signature, signers)
	case strings.HasPrefix(signature, "-----BEGIN PGP SIGNATURE-----"):
		return pgp(payload, signature, signers)
	case signature == "":
		return "", ErrUnsigned
	}
	return "", errors.New("the signature is of a kind that cannot be checked")
}

// pgpTagSigner finds the signer whose OpenPGP key signed a tag.
func pgpTagSigner(payload []byte, signature string, signers []Signer) (string, error) {
	memory := new(plumbing.MemoryObject)
	memory.SetType(plumbing.TagObject)
	if _, err := memory.Write(append(bytes.Clone(payload), signature...)); err != nil {
		return "", err
	}
	t := new(object.Tag)
	if err := t.Decode(memory); err != nil {
		return "", fmt.Errorf("read the signed tag: %w", err)
	}
	for _, signer := range signers {
		if !strings.Contains(signer.Key, "-----BEGIN PGP") {
			continue
		}
		if _, err := t.Verify(signer.Key); err == nil {
			return signer.Email, nil
		}
	}
	return "", ErrUnsigned
}
