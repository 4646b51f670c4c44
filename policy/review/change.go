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
	return NewReader(texts, comparer).Compare(p, v)
}

// Reader compares the versions of a policy, one after the other: what neighbours
// share is read, parsed and compared once. Its answers are those of Compare. Only
// one goroutine may use it.
type Reader struct {
	texts  Texts
	series *comparison.Series
	parser policy.Parser
	last   map[*policy.Version]*policy.Document // the two versions compared last
}

// NewReader returns a reader that has read nothing.
func NewReader(texts Texts, comparer comparison.Comparer) *Reader {
	return &Reader{texts: texts, series: comparer.Series()}
}

// Compare sets a version beside the one before it; the first beside nothing.
func (r *Reader) Compare(p *policy.Policy, v *policy.Version) (*Change, error) {
	doc, err := r.document(v)
	if err != nil {
		return nil, err
	}
	after, before := comparison.Side{Name: p.Ref(v), Doc: doc}, comparison.Side{}
	read := map[*policy.Version]*policy.Document{v: doc}
	if previous := p.Previous(v); previous != nil {
		if doc, err = r.document(previous); err != nil {
			return nil, err
		}
		before = comparison.Side{Name: p.Ref(previous), Doc: doc}
		read[previous] = doc
	}
	r.last = read
	c := r.series.Compare(before, after)
	return &Change{p, v, c.Redline, c.Assessment()}, nil
}

// document returns the text of a version.
func (r *Reader) document(v *policy.Version) (*policy.Document, error) {
	if doc := r.last[v]; doc != nil {
		return doc, nil
	}
	return document(r.texts, &r.parser, v)
}

// side reads a version as one of two texts to compare.
func (r *Reviewer) side(p *policy.Policy, v *policy.Version) (comparison.Side, error) {
	doc, err := document(r.Texts, &r.parser, v)
	return comparison.Side{Name: p.Ref(v), Doc: doc}, err
}

// previous reads the version before v; of the first, there is no text.
func (r *Reviewer) previous(p *policy.Policy, v *policy.Version) (comparison.Side, error) {
	if before := p.Previous(v); before != nil {
		return r.side(p, before)
	}
	return comparison.Side{}, nil
}

// Notice returns the notice that is due about the version.
func (c *Change) Notice(rules notice.Rules) *notice.Notice {
	return notice.New(c.Policy, c.Version, c.Redline, c.Assessment, rules)
}

// Document reads the text of a version.
func Document(texts Texts, v *policy.Version) (*policy.Document, error) {
	return document(texts, new(policy.Parser), v)
}

func document(texts Texts, parser *policy.Parser, v *policy.Version) (*policy.Document, error) {
	src, err := texts.Text(v)
	if err != nil {
		return nil, fmt.Errorf("read %s at %.12s: %w", v.Path, v.Commit, err)
	}
	doc, fault := parser.ParsePublished(v.Path, src)
	if doc == nil {
		return nil, fault
	}
	return doc, nil
}
