package site

import (
	"maps"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// redirectsName is the file in which Netlify and Cloudflare Pages read what leads
// where.
const redirectsName = "_redirects"

// former lists the addresses that a policy had under earlier ids and that no other
// policy of the site has, or had, too.
func former(plans []*plan) {
	taken := make(map[string]bool)
	for _, pl := range plans {
		taken[strings.ToLower(pl.dir)] = true
	}
	for _, pl := range plans {
		for _, a := range pl.policy.Former() {
			if dir := strings.ToLower(a.Page()); !taken[dir] {
				taken[dir] = true
				pl.former = append(pl.former, a)
			}
		}
	}
}

// published is what a policy has published at some address, by the paths that it had
// and has.
type published struct {
	pages map[string]string // folders of pages
	files map[string]string // what no page can lead on to: feeds, texts for programs
}

// publishedAt lists what a policy had at an address, and where that is now.
func (pl *plan) publishedAt(old *policy.Address) published {
	now := pl.address
	was := &plan{address: old, dir: old.Page()}
	p := published{
		pages: map[string]string{
			old.History(): now.History(), old.Comparisons(): now.Comparisons(), old.Clauses(): now.Clauses(), was.frameOf(): pl.frameOf(),
		},
		files: map[string]string{
			old.Feed("atom"): now.Feed("atom"), old.Feed("json"): now.Feed("json"), old.TimeMap(): now.TimeMap(),
			was.apiPath(): pl.apiPath(), was.textFile(): pl.textFile(),
		},
	}
	withForms := map[string]string{old.Page(): now.Page(), old.Upcoming(): now.Upcoming()}
	for i, v := range pl.versions {
		withForms[old.Version(v.Label)] = now.Version(v.Label)
		p.pages[old.Since(v.Label)] = now.Since(v.Label)
		if before := pl.before(i); before < len(pl.versions) {
			from := pl.versions[before].Label
			withForms[old.Redline(from, v.Label)] = now.Redline(from, v.Label)
		}
	}
	for from, to := range withForms {
		p.pages[from] = to
		for _, form := range []string{"index.md", "index.txt", "index.json", paperName} {
			p.files[from+form] = to + form
		}
	}
	return p
}

// writeFormer keeps what the policy has published under ids that it had before: a
// page that leads on for each page, and a copy of each file that only programs read.
func (b *builder) writeFormer(h *policyBuild) error {
	for _, old := range h.former {
		p := h.publishedAt(old)
		for from, to := range p.pages {
			if h.upToDate() {
				b.keep(from)
			} else if err := b.writeMoved(h, from, to); err != nil {
				return err
			}
		}
		if h.upToDate() {
			b.stage.Keep(slices.Collect(maps.Keys(p.files))...)
		} else if err := b.stage.Copy(p.files); err != nil {
			return err
		}
	}
	return nil
}

// writeMoved writes a page that leads to where it is now.
func (b *builder) writeMoved(h *policyBuild, from, to string) error {
	w := b.words(h.lang)
	canonical, _ := b.absolute(to)
	return b.writePage("moved", &page{Dir: from, Title: h.Current().Title, words: w, Canonical: canonical, C: to})
}

// writeRedirects tells the host what leads where, for links that the pages cannot
// lead on: to a place within a page, and to files.
func (b *builder) writeRedirects(histories []*policyBuild) error {
	var lines strings.Builder
	for _, h := range histories {
		for _, old := range h.former {
			to, known := b.absolute(h.dir)
			if !known {
				to = "/" + policy.EscapePath(h.dir)
			}
			lines.WriteString("/" + policy.EscapePath(old.Page()) + "* " + to + ":splat 301\n")
		}
	}
	if lines.Len() == 0 {
		return nil
	}
	return b.stage.Write(redirectsName, []byte(lines.String()))
}
