package review

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
)

// Texts gives the bytes of published versions, as git holds them.
type Texts interface {
	Text(v *policy.Version) ([]byte, error)
}

// Change is what one version changes in its policy.
type Change struct {
	Policy     *policy.Policy // with the version in it
	Version    *policy.Version
	Redline    *redline.Redline // against the version before it; of the first, against nothing
	Assessment *materiality.Assessment
}

// Compare sets a version beside the one before it; the first beside nothing.
func Compare(texts Texts, book *materiality.Book, p *policy.Policy, v *policy.Version) (*Change, error) {
	after, err := Document(texts, v)
	if err != nil {
		return nil, err
	}
	var before *policy.Document
	if previous := p.Previous(v); previous != nil {
		if before, err = Document(texts, previous); err != nil {
			return nil, err
		}
	}
	r := redline.Compare(before, after)
	return &Change{p, v, r, book.Assess(r)}, nil
}

// Notice returns the notice that is due about the version.
func (c *Change) Notice(rules notice.Rules) *notice.Notice {
	return notice.New(c.Policy, c.Version, c.Redline, c.Assessment, rules)
}

// Document reads the text of a version.
func Document(texts Texts, v *policy.Version) (*policy.Document, error) {
	src, err := texts.Text(v)
	if err != nil {
		return nil, fmt.Errorf("read %s at %.12s: %w", v.Path, v.Commit, err)
	}
	return policy.ParsePublished(v.Path, src)
}
