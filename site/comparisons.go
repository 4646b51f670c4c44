package site

import (
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
)

// comparisonsPage leads to the comparison of any two versions of a policy: to
// those that are ready without script, to all with it.
type comparisonsPage struct {
	*policyBuild
	Choices  []choice
	From, To string // segments of the versions that are in the form at first
}

// choice is a version to be compared.
type choice struct{ Slug, Label string }

// Ready lists the versions that have a redline against the one before.
func (p *comparisonsPage) Ready() []*record {
	return slices.DeleteFunc(slices.Clone(p.Records), func(r *record) bool { return r.Compare == "" })
}

// Past lists the versions before the current one that have a redline against it.
func (p *comparisonsPage) Past() []*record {
	return p.Records[p.current+1 : min(p.current+1+near, len(p.Records))]
}

// writeComparisons writes the page on which any two versions are compared, of a
// policy that has two.
func (b *builder) writeComparisons(h *policyBuild) error {
	if len(h.Records) < 2 {
		return nil
	}
	c := &comparisonsPage{policyBuild: h, To: h.slugs[h.current]}
	if before := h.before(h.current); before < len(h.slugs) {
		c.From = h.slugs[before]
	} else { // the first one is in force: what is to come is what people ask for
		c.From, c.To = c.To, h.slugs[0]
	}
	for i, v := range h.versions {
		c.Choices = append(c.Choices, choice{h.slugs[i], v.Label})
	}
	title, w := h.Current().Title, b.words(h.lang)
	return b.writePage("comparisons", &page{
		Dir: h.address.Comparisons(), Title: w.say("comparisons.of", title), words: w, NoIndex: true,
		Description: w.say("comparisons.of", title),
		Crumbs:      []crumb{{title, h.dir}, {w.say("versions.all"), h.address.History()}},
		Languages:   h.tongues((*plan).Path),
		C:           c,
	})
}

// readyComparison returns where the comparison that a form asks for is in a
// built site; empty where it is not ready.
func readyComparison(dir fs.FS, page string, r *http.Request) string {
	from, to := r.URL.Query().Get("from"), r.URL.Query().Get("to")
	if r.URL.Query().Get("view") == "sides" || from == "" || to == "" || strings.ContainsAny(from+to, `/\`) || path.Base(path.Dir(page)) != "compare" {
		return ""
	}
	name := from + "..." + to
	if _, err := fs.Stat(dir, path.Join(path.Dir(page), name, "index.html")); err != nil {
		return ""
	}
	return "./" + name + "/"
}
