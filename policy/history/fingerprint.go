package history

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// Fingerprint returns a digest of all that the history of HEAD follows from,
// beside the Options: its commit, the tags, and where a shallow clone ends. It
// opens no object, so that it takes no longer for a long history. It is empty
// while there is no commit.
func (r *Repository) Fingerprint() (string, error) {
	lines := make(map[string]bool)
	err := r.pool.with(func(s *store) error {
		head, err := storer.ResolveReference(s.main, plumbing.HEAD)
		if err != nil {
			return err
		}
		lines["HEAD "+head.Hash().String()] = true
		refs, err := s.main.IterReferences()
		if err != nil {
			return err
		}
		defer refs.Close()
		return refs.ForEach(func(ref *plumbing.Reference) error {
			if ref.Name().IsTag() {
				lines[ref.Name().String()+" "+ref.Hash().String()] = true
			}
			return nil
		})
	})
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the references: %w", err)
	}
	for commit := range r.boundary {
		lines["shallow "+commit.String()] = true
	}
	sum := sha256.New()
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		fmt.Fprintln(sum, line)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
