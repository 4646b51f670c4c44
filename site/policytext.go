package site

import (
	"bytes"
	"html/template"
	"path"
	"strings"

	"github.com/codicil/codicil/render"
)

// Where the texts in force stand for the pages of other sites: as pieces of HTML to
// be included, and as pages for a frame.
const (
	textDir  = embedDir + "policy/"
	frameDir = embedDir + "frame/"
)

// textFile returns the path of the text in force as a piece of HTML.
func (pl *plan) textFile() string { return textDir + strings.TrimSuffix(pl.dir, "/") + ".html" }

// frameOf returns the path of the text in force as a page for a frame.
func (pl *plan) frameOf() string { return frameDir + pl.dir }

// policyText is the text in force as it is on the page of another site: with its
// state, without the links that clauses have to themselves.
type policyText struct {
	*versionPage
	Words  template.HTML
	Tongue []textTongue // the other languages of the policy
}

// textTongue is the text in another language, by the name that the script knows it by.
type textTongue struct{ Lang, Path, ID string }

// writePolicyText writes the text in force for the pages of other sites.
func (b *builder) writePolicyText(h *policyBuild, shown *versionPage) error {
	w := b.words(h.lang)
	buf := b.buffer()
	defer b.release(buf)
	render.DocumentHTML(buf, refer(untitled(shown.text.doc), h.reader.memory))
	c := &policyText{versionPage: shown, Words: template.HTML(markTerms(buf.Bytes()))}
	for _, s := range h.siblings {
		if s.pl != h.plan && !s.Gone {
			c.Tongue = append(c.Tongue, textTongue{s.Lang, s.Dir, strings.TrimSuffix(s.Dir, "/")})
		}
	}
	canonical, _ := b.absolute(h.dir)
	file := h.textFile()
	piece := &page{Dir: path.Dir(file) + "/", Abroad: true, words: w, Lang: w.lang, Site: &b.Options, C: c}
	out := b.buffer()
	defer b.release(out)
	if err := b.execute(out, "text.tmpl", w, piece); err != nil {
		return err
	}
	if err := b.stage.Write(file, rootedPage(out.Bytes(), piece.root())); err != nil {
		return err
	}
	// Links leave the frame, but for those within the text.
	c.Words = template.HTML(bytes.ReplaceAll([]byte(c.Words), []byte(` href="#`), []byte(` target="_self" href="#`)))
	return b.writePage("frame", &page{Dir: h.frameOf(), Title: shown.Title, Description: shown.description(w), words: w, NoIndex: true, Canonical: canonical, C: c})
}
