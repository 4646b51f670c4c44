package review

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
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
func Compare(texts Texts, comparer comparison.Comparer, p *policy.Policy, v *policy.Version) (*Change, error) {
	after, err := side(texts, p, v)
	if err != nil {
		return nil, err
	}
	before, err := previous(texts, p, v)
	if err != nil {
		return nil, err
	}
	c := comparer.Compare(before, after)
	return &Change{p, v, c.Redline, c.Assessment()}, nil
}

// side reads a version as one of two texts to compare.
func side(texts Texts, p *policy.Policy, v *policy.Version) (comparison.Side, error) {
	doc, err := Document(texts, v)
	return comparison.Side{Name: p.Ref(v), Doc: doc}, err
}

// previous reads the version before v; of the first, there is no text.
func previous(texts Texts, p *policy.Policy, v *policy.Version) (comparison.Side, error) {
	if before := p.Previous(v); before != nil {
		return side(texts, p, before)
	}
	return comparison.Side{}, nil
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
