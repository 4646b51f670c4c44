package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
)

// text is the words of a version, while pages are made of them. Versions with
// the same bytes share one.
type text struct {
	raw     []byte
	written *policy.Document // as it was written, to be compared
	doc     *policy.Document // as it is shown: its links lead to pages of the site
	links   *resolver
	fault   error    // of the text; it is shown nevertheless
	dead    []string // links that lead nowhere

	body  template.HTML // of its page, made when it is first asked for
	plain []byte
	words []byte // its clauses as JSON
}

// reader reads the texts of one policy. It keeps the text in force and the
// last few others: a text often is beside itself, in the redline to the
// version before and in that to the version after, and many an old one comes
// back.
type reader struct {
	b      *builder
	pl     *plan
	texts  []held // the one asked for last comes last
	pairs  []*pair
	links  map[link]bool // met in texts
	parser policy.Parser
	memory memory
	series *comparison.Series
}

// held is a text that a reader keeps, by the digest and path of its bytes.
type held struct {
	sha256, path string
	text         *text
}

// link is a link between files and the place that it leads to on the site.
type link struct{ File, Link, To string }

// heldTexts is how many texts a reader keeps: two that are compared, the one in
// force, and one that may come back.
const heldTexts = 4

func (b *builder) newReader(pl *plan) *reader {
	return &reader{b: b, pl: pl, links: make(map[link]bool), memory: make(memory), series: comparison.Comparer{Judge: b.Book}.Series()}
}

// text returns the text of the version with index i.
func (r *reader) text(i int) (*text, error) {
	v := r.pl.versions[i]
	for at, h := range r.texts {
		if h.sha256 == v.SHA256 && h.path == v.Path && v.SHA256 != "" {
			r.texts = append(slices.Delete(r.texts, at, at+1), h)
			return h.text, nil
		}
	}
	t, err := r.read(v)
	if err != nil {
		return nil, err
	}
	if len(r.texts) == heldTexts {
		r.texts = slices.Delete(r.texts, r.oldest(), r.oldest()+1)
	}
	r.texts = append(r.texts, held{v.SHA256, v.Path, t})
	return t, nil
}

// oldest returns the place of the text to give up: the one not asked for
// longest, but never the one in force.
func (r *reader) oldest() int {
	if current := r.pl.versions[r.pl.current]; r.texts[0].sha256 == current.SHA256 {
		return 1
	}
	return 0
}

// read fetches and parses one version. A text with faults is published
// nevertheless, as it was published before, and the faults become warnings.
func (r *reader) read(v *policy.Version) (*text, error) {
	ref := r.pl.policy.Ref(v)
	raw, err := r.b.src.Text(v)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", ref, err)
	}
	sum := sha256.Sum256(raw)
	if digest := hex.EncodeToString(sum[:]); v.SHA256 != "" && v.SHA256 != digest {
		return nil, fmt.Errorf("the text of %s has digest %s, but its history says %s", ref, digest, v.SHA256)
	}
	makeRoom(raw)
	t := &text{raw: raw}
	t.written, t.fault = r.parser.ParsePublished(v.Path, raw)
	if t.written == nil {
		return nil, fmt.Errorf("parsing %s: %w", ref, t.fault)
	}
	t.links = r.b.links.of(v.Path, t.written)
	t.doc, t.dead = t.links.shown(t.written, r.links)
	rank(t.doc.Blocks)
	return t, nil
}

// diagnostic makes a warning about one version of an error.
func diagnostic(ref, path string, err error) *policy.Diagnostic {
	warning := policy.Diagnostic{File: path, Rule: "text", Message: err.Error()}
	var d *policy.Diagnostic
	if errors.As(err, &d) {
		warning = *d
	}
	warning.Level = policy.Warning
	warning.Message = ref + ": " + warning.Message
	return &warning
}
