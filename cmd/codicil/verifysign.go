package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/integrity"
)

// signer is someone whose signature makes a commit a publication.
type signer struct {
	Email string `yaml:"email"`
	Key   string `yaml:"key"` // an SSH public key, an armoured OpenPGP key, or a file that holds one
}

// signers returns the configured signers with their keys.
func (c *config) signers() ([]history.Signer, error) {
	var list []history.Signer
	for _, s := range c.Signers {
		key := strings.TrimSpace(s.Key)
		if !strings.Contains(key, " ") && !strings.Contains(key, "\n") { // a key has at least two words
			text, err := c.read(key, maxConfig)
			if err != nil {
				return nil, hinted(fmt.Errorf("signers: read the key of %s: %w", s.Email, err), "write the public key itself, or the path of a file that holds it")
			}
			key = string(text)
		}
		list = append(list, history.Signer{Email: s.Email, Key: key})
	}
	return list, nil
}

// unsigned reports versions that a commit without a good signature published,
// when signers are configured.
func (w *workspace) unsigned(ctx context.Context, c *integrity.Checker) ([]*policy.Diagnostic, error) {
	signers, err := w.config.signers()
	if err != nil || len(signers) == 0 {
		return nil, err
	}
	return c.Signatures(ctx, func(commit string) (bool, error) {
		_, err := w.repo.SignedBy(commit, signers)
		return errors.Is(err, history.ErrUnsigned), err
	})
}
