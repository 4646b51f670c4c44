package history

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// Signer is someone whose signature makes a commit a publication.
type Signer struct {
	Email string // by which a good signature is reported
	Key   string // an SSH public key in one line, or an armoured block of OpenPGP public keys
}

// ErrUnsigned is a commit without a signature.
var ErrUnsigned = errors.New("the commit is not signed")

// SignedBy checks the signature of a commit and returns the address of the
// signer who made it. ErrUnsigned says that there is none; any other error that
// it is not one of the signers', does not fit the commit, or is of a kind that
// cannot be checked here (X.509).
func (r *Repository) SignedBy(commit string, signers []Signer) (email string, err error) {
	err = r.pool.with(func(s *store) error {
		raw, err := s.read(plumbing.CommitObject, plumbing.NewHash(commit))
		if err != nil {
			return err
		}
		payload, signature := splitSignature(raw)
		email, err = signedBy(payload, signature, signers, pgpSigner)
		return err
	})
	return email, r.explain(err)
}

// splitSignature takes the signature out of the head of a raw commit. What is
// left is what was signed.
func splitSignature(raw []byte) (payload []byte, signature string) {
	head, message, _ := bytes.Cut(raw, []byte("\n\n"))
	var armour strings.Builder
	inside := ""
	for line := range bytes.Lines(append(bytes.Clone(head), '\n')) {
		key, rest, _ := bytes.Cut(line, []byte(" "))
		switch {
		case len(key) == 0 && inside == "gpgsig": // a line that goes on begins with a space
			armour.Write(rest)
			continue
		case len(key) == 0 && inside != "":
			continue
		}
		inside = ""
		if name := string(key); name == "gpgsig" || name == "gpgsig-sha256" {
			if inside = name; name == "gpgsig" {
				armour.Write(rest)
			}
			continue
		}
		payload = append(payload, line...)
	}
	payload = append(append(payload, '\n'), message...)
	return payload, armour.String()
}

// pgpSigner finds the signer whose OpenPGP key made a signature.
func pgpSigner(payload []byte, signature string, signers []Signer) (string, error) {
	memory := new(plumbing.MemoryObject)
	memory.SetType(plumbing.CommitObject)
	if _, err := memory.Write(payload); err != nil {
		return "", err
	}
	c := new(object.Commit)
	if err := c.Decode(memory); err != nil {
		return "", fmt.Errorf("read the signed commit: %w", err)
	}
	c.PGPSignature = signature
	last := errors.New("no signer has an OpenPGP key")
	for _, signer := range signers {
		if !strings.Contains(signer.Key, "-----BEGIN PGP") {
			continue
		}
		if _, err := c.Verify(signer.Key); err != nil {
			last = fmt.Errorf("the OpenPGP signature is not good: %w", err)
			continue
		}
		return signer.Email, nil
	}
	return "", last
}
