package integrity

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"github.com/codicil/codicil/policy"
)

// postponed tells whether all that changed since a version was pinned is that it
// binds later, and people could read that before its day: an announced day may be
// put off, and never pulled forward.
func (c *Checker) postponed(p pinned) bool {
	if p.gone || p.version.Effective.String() == p.Effective {
		return false
	}
	since := false
	for _, step := range p.version.Steps() {
		if since && step.Kind == policy.BroughtForward {
			return false
		}
		since = since || step.Effective.String() == p.Effective
	}
	pinnedDay, err := policy.ParseDate(p.Effective)
	return since && err == nil && p.version.Effective.After(pinnedDay) && c.sameBody(p)
}

// sameBody tells whether the text of a version is the pinned one below the front
// matter.
func (c *Checker) sameBody(p pinned) bool {
	now, err := c.Repository.ReadAt(p.version.Commit, p.version.Path)
	if err != nil {
		return false
	}
	for _, v := range p.policy.Versions {
		then, err := c.Repository.ReadAt(p.Commit, v.Path)
		if sum := sha256.Sum256(then); err != nil || hex.EncodeToString(sum[:]) != p.SHA256 {
			continue
		}
		return bytes.Equal(body(then), body(now))
	}
	return false
}

func body(text []byte) []byte {
	_, rest, _ := policy.SplitFrontMatter(text)
	return bytes.TrimSpace(rest)
}
