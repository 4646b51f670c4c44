package site

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// unframed keeps other sites from showing a page in a frame. Those that are made for
// it lie in frameDir.
const unframed = "frame-ancestors 'none'"

// pagePolicy is a content security policy under which every page works: nothing from
// elsewhere, nothing inline. A page can state it itself, for hosts that set no headers.
const pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'"

// writeHeaders writes the headers in the form that Netlify and Cloudflare Pages
// read. The pages do not need them.
// Of several rules that hold for a page they send every policy, and the browser obeys
// all of them: so frames are forbidden folder by folder, but for frameDir. The rules of
// versions come last, as hosts read only so many.
func (b *builder) writeHeaders(histories []*policyBuild) error {
	frames := "/\n  Content-Security-Policy: " + unframed + "\n"
	for _, top := range topFolders(histories) {
		frames += "/" + policy.EscapePath(top) + "/*\n  Content-Security-Policy: " + unframed + "\n"
	}
	return b.stage.Write("_headers", []byte(`/*
  Content-Security-Policy: `+pagePolicy+`
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/.well-known/*
  Access-Control-Allow-Origin: *
/api/*
  Access-Control-Allow-Origin: *
/api/v1/required.json
  Cache-Control: public, max-age=300, stale-while-revalidate=3600
/api/v1/notices/*
  Cache-Control: public, max-age=300, stale-while-revalidate=3600
/on/index.json
  Cache-Control: public, max-age=300
/search/*.json
  Cache-Control: public, max-age=300
/*/timemap
  Content-Type: application/link-format
/embed/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
/embed/v1/notice.*.js
  Cache-Control: public, max-age=31536000, immutable
/*/index.md
  Content-Type: text/markdown; charset=utf-8
/*.atom
  Content-Type: application/atom+xml; charset=utf-8
/log/tile/*
  Content-Type: application/octet-stream
  Cache-Control: public, max-age=31536000, immutable
/log/checkpoint
  Content-Type: text/plain; charset=utf-8
/log/codicil.sum
  Content-Type: text/plain; charset=utf-8
/versions.sum
  Content-Type: text/plain; charset=utf-8
`+frames+b.mementoHeaders(histories)))
}

// mostFolders bounds the rules about frames: Cloudflare Pages reads a hundred rules.
const mostFolders = 70

// topFolders lists the folders at the root of the site that hold pages; nothing where
// they are too many for a rule each.
func topFolders(histories []*policyBuild) []string {
	tops := []string{"changes", "log", "on", "search"}
	for _, h := range histories {
		top, _, _ := strings.Cut(h.dir, "/")
		tops = append(tops, top)
		for _, old := range h.former {
			top, _, _ := strings.Cut(old.Page(), "/")
			tops = append(tops, top)
		}
	}
	slices.Sort(tops)
	if tops = slices.Compact(tops); len(tops) > mostFolders {
		return nil
	}
	return tops
}

// sitemap is a list of pages by the protocol of sitemaps.org.
type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string          `xml:"loc"`
	LastMod string          `xml:"lastmod,omitempty"`
	Tongues []sitemapTongue `xml:"xhtml:link"` // the page in all its languages, itself included
}

// sitemapTongue is a page in another language, as search engines read it.
type sitemapTongue struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// sitemapTongues lists the page of a policy that path names in the languages of the
// policy; the original also stands for all others.
func (h *policyBuild) sitemapTongues(home string, path func(*plan) string) []sitemapTongue {
	var list []sitemapTongue
	for _, s := range h.siblings {
		if s.Gone {
			continue
		}
		to := home + policy.EscapePath(path(s.pl))
		list = append(list, sitemapTongue{"alternate", s.Lang, to})
		if s.pl.policy.TranslationOf == "" {
			list = append(list, sitemapTongue{"alternate", "x-default", to})
		}
	}
	return list
}

// writeSitemap writes robots.txt and the pages worth finding: the texts in
// force and their histories. A sitemap holds full addresses only, so a site
// that does not know where it is has none.
func (b *builder) writeSitemap(histories []*policyBuild) error {
	robots := "User-agent: *\nAllow: /\n"
	home, known := b.absolute("")
	if !known {
		return b.stage.Write("robots.txt", []byte(robots))
	}
	list := sitemap{XHTML: "http://www.w3.org/1999/xhtml", URLs: []sitemapURL{{Loc: home}, {Loc: home + "changes/"}}}
	for _, h := range histories {
		effective := h.Current().Version.From()
		if effective.After(b.On) {
			effective = policy.DateOf(h.Current().Version.Published)
		}
		list.URLs = append(list.URLs,
			sitemapURL{home + policy.EscapePath(h.dir), effective.String(), h.sitemapTongues(home, (*plan).Path)},
			sitemapURL{home + policy.EscapePath(h.address.History()), policy.DateOf(h.Records[0].Version.Published).String(), h.sitemapTongues(home, func(pl *plan) string { return pl.address.History() })})
	}
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	encoder := xml.NewEncoder(&buf)
	encoder.Indent("", " ")
	if err := encoder.Encode(list); err != nil {
		return err
	}
	buf.WriteByte('\n')
	if err := b.stage.Write("sitemap.xml", buf.Bytes()); err != nil {
		return err
	}
	return b.stage.Write("robots.txt", []byte(robots+"Sitemap: "+home+"sitemap.xml\n"))
}
