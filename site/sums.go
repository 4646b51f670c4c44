package site

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
)

// sumsName is the file of a site that lists its versions.
const sumsName = "versions.sum"

// sumsHead says what the lines hold, and how a reader checks them: the texts
// against the repository and the site, the lines against each other.
const sumsHead = `# Each line: policy@version, SHA-256 of its Markdown text, effective date, commit, path, address of the text, chain. The oldest version of a policy comes first.
# In a clone of the repository:  git show COMMIT:PATH | sha256sum
# On this site:                  curl -s ADDRESS | sha256sum
# The chain of a policy:         grep '^privacy@' versions.sum | while read -r v sum day commit path url chain; do p=$(echo "$p $v $sum $day $commit $path" | sha256sum | cut -d' ' -f1); [ "$p" = "$chain" ] || echo "$v is not what followed"; done
`

// Chain returns the digest that binds a version to all before it of its policy:
// over the chain of the version before, empty for the first, and what
// versions.sum tells of this one. Whoever keeps the chain of one version can
// tell later whether anything up to it was rewritten.
func Chain(before, ref string, v *policy.Version) string {
	return chain(before, sumColumns(ref, v))
}

func chain(before, columns string) string {
	sum := sha256.Sum256([]byte(before + " " + columns + "\n"))
	return hex.EncodeToString(sum[:])
}

// sumColumns are the columns of a line that the chain binds.
func sumColumns(ref string, v *policy.Version) string {
	return integrity.OneWord(ref) + " " + v.SHA256 + " " + v.Effective.String() + " " + v.Commit + " " + integrity.OneWord(v.Path)
}

// writeSums writes the digests of all versions.
func (b *builder) writeSums(histories []*policyBuild) error {
	const line = 300 // about how many bytes
	lines := make([]byte, 0, len(sumsHead)+line*b.total)
	lines = append(lines, sumsHead...)
	was := b.lastText(sumsName)
	for _, h := range histories {
		if h.stood {
			var same string
			if same, was = linesOf(h, was); same != "" {
				lines = append(lines, same...)
				continue
			}
		}
		last := ""
		for _, r := range slices.Backward(h.Records) {
			columns := sumColumns(h.policy.Ref(r.Version), r.Version)
			last = chain(last, columns)
			lines = append(lines, columns+" "+b.address(r.Dir+"index.md")+" "+last+"\n"...)
		}
	}
	return b.stage.Write(sumsName, lines)
}

// legalContext is /.well-known/legal-context.json: which texts bind, where they
// are and by which digest they are known, for programs that act for a reader.
type legalContext struct {
	Schema    int             `json:"schema"`
	Publisher string          `json:"publisher"`
	Documents []legalDocument `json:"documents"`

	// What the Legal Context Protocol asks for: the terms as one file.
	Terms       string `json:"terms"`
	TermsFormat string `json:"termsFormat"`
	ContentHash string `json:"contentHash,omitempty"`
}

type legalDocument struct {
	ID            string       `json:"id"`
	Title         string       `json:"title"`
	Lang          string       `json:"lang"`
	TranslationOf string       `json:"translation_of,omitempty"`
	InForce       *legalText   `json:"in_force"` // null when none is
	Upcoming      []*legalText `json:"upcoming"`
	History       string       `json:"history"`
}

type legalText struct {
	Version   string      `json:"version"`
	Effective policy.Date `json:"effective"`
	URL       string      `json:"url"`  // permanent
	Text      string      `json:"text"` // of the Markdown, over which the digest is
	SHA256    string      `json:"sha256"`
}

// writeLegalContext writes the texts that bind now or are announced. A program
// looks for the file at the root of the host; where the site is below that,
// its publisher copies it there.
func (b *builder) writeLegalContext(histories []*policyBuild) error {
	c := legalContext{Schema: 1, Publisher: b.Title, Documents: []legalDocument{}}
	for _, h := range histories {
		current := h.Current()
		if current.Status == policy.Withdrawn {
			continue
		}
		d := legalDocument{
			ID: h.policy.ID, Title: current.Title, Lang: h.lang, TranslationOf: h.policy.TranslationOf,
			Upcoming: []*legalText{}, History: b.address(h.apiPath()),
		}
		if current.Status == policy.InForce {
			d.InForce = b.legalText(current)
		}
		for _, r := range h.Upcoming() {
			d.Upcoming = append(d.Upcoming, b.legalText(r))
		}
		c.Documents = append(c.Documents, d)
	}
	c.Terms, c.TermsFormat = b.address(""), "html" // where nothing is in force
	if r := mainTerms(histories); r != nil {
		c.Terms, c.TermsFormat, c.ContentHash = b.address(r.Dir+"index.md"), "markdown", "0x"+r.Version.SHA256
	}
	return b.writeJSON(".well-known/legal-context.json", c)
}

func (b *builder) legalText(r *record) *legalText {
	v := r.Version
	return &legalText{Version: v.Label, Effective: v.Effective, URL: b.address(r.Dir), Text: b.address(r.Dir + "index.md"), SHA256: v.SHA256}
}

// mainTerms returns the text in force that binds who deals with the publisher: the
// terms of service, else the first text in force; nil when none is.
func mainTerms(histories []*policyBuild) *record {
	var first *record
	for _, h := range histories {
		r := h.Current()
		switch {
		case h.Original != nil || r.Status != policy.InForce:
		case legalRel(h.policy.ID, r.Title) == "terms-of-service":
			return r
		case first == nil:
			first = r
		}
	}
	return first
}
