package workspace

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/worktree"
)

// signersOf returns the configured signers with their keys.
func signersOf(c *config.Config) ([]history.Signer, error) {
	var list []history.Signer
	for _, s := range c.Signers {
		key := strings.TrimSpace(s.Key)
		if !strings.Contains(key, " ") && !strings.Contains(key, "\n") { // a key has at least two words
			text, err := c.Read(key, worktree.MaxConfig)
			if err != nil {
				return nil, policy.Hinted(fmt.Errorf("signers: read the key of %s: %w", s.Email, err), "write the public key itself, or the path of a file that holds it")
			}
			key = string(text)
		}
		list = append(list, history.Signer{Email: s.Email, Key: key})
	}
	return list, nil
}

// Unsigned reports versions that a commit without a good signature published,
// when signers are configured.
func (w *Workspace) Unsigned(ctx context.Context, c *integrity.Checker) ([]*policy.Diagnostic, error) {
	signers, err := signersOf(w.Config)
	if err != nil || len(signers) == 0 {
		return nil, err
	}
	return c.Signatures(ctx, func(commit string) (bool, error) {
		_, err := w.Repo.SignedBy(commit, signers)
		return errors.Is(err, history.ErrUnsigned), err
	})
}
