package site

import (
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Embedding is what another site needs to show the notices.
type Embedding struct {
	Tag       string `json:"tag"`       // for its pages
	Script    string `json:"script"`    // address of the copy that never changes
	Integrity string `json:"integrity"` // of that copy, by Subresource Integrity
	Latest    string `json:"latest"`    // address of the copy that changes with the program; without integrity
	Origin    string `json:"origin"`    // for script-src and connect-src of its content security policy
	Contained string `json:"self_contained"`
	Fragment  string `json:"fragment"` // address of the notices as a piece of HTML, for pages without script
}

// Embed returns what another site needs to show the notices of the site at
// baseURL, which may not be empty.
func Embed(baseURL string) (*Embedding, error) {
	s, err := scriptAt(baseURL, "notice")
	if err != nil {
		return nil, err
	}
	e := &Embedding{
		Script:    s.address,
		Integrity: s.integrity,
		Latest:    s.base + embedDir + "notice.js",
		Origin:    s.origin,
		Contained: s.base + embedDir + containedName,
		Fragment:  s.base + embedDir + fragmentName,
	}
	e.Tag = s.tag("")
	return e, nil
}

// PolicyEmbedding is what another site needs to show the text in force of a policy
// within its own page.
type PolicyEmbedding struct {
	Tag      string `json:"tag"`      // puts the text where it is
	Fragment string `json:"fragment"` // address of the text as a piece of HTML, to be included by a server or when a site is built
	Include  string `json:"include"`  // directive that includes it on a server of the same host
	Frame    string `json:"frame"`    // an element that shows it where no script of another site may run
	Sizer    string `json:"sizer"`    // a tag that makes the frame as high as the text
	Link     string `json:"link"`     // to the policy, with its relation where there is one
	Rel      string `json:"rel,omitempty"`
	Origin   string `json:"origin"` // for script-src, connect-src and frame-src of a content security policy
}

// EmbedPolicy returns what another site needs to show the text in force of a policy
// of the site at baseURL, which may not be empty.
func EmbedPolicy(baseURL string, p *policy.Policy) (*PolicyEmbedding, error) {
	s, err := scriptAt(baseURL, "policy")
	if err != nil {
		return nil, err
	}
	address := policy.AddressOf(p)
	pl := &plan{dir: address.Page()}
	title := html.EscapeString(p.Title)
	e := &PolicyEmbedding{
		Fragment: s.base + policy.EscapePath(pl.textFile()), Origin: s.origin, Sizer: s.tag(""), Rel: legalRel(p.ID, p.Title),
	}
	rel := ""
	if e.Rel != "" {
		rel = ` rel="` + e.Rel + `"`
	}
	e.Link = fmt.Sprintf(`<a%s href="%s">%s</a>`, rel, html.EscapeString(s.base+policy.EscapePath(pl.dir)), title)
	e.Tag = s.tag(fmt.Sprintf(` data-policy="%s" data-title="%s"`, html.EscapeString(strings.TrimSuffix(pl.dir, "/")), title)) +
		"\n<noscript>" + e.Link + "</noscript>"
	e.Include = fmt.Sprintf(`<!--#include virtual="%s" -->`, html.EscapeString(strings.TrimPrefix(e.Fragment, s.origin)))
	e.Frame = fmt.Sprintf(`<iframe src="%s" title="%s" width="720" height="600"></iframe>`, html.EscapeString(s.base+policy.EscapePath(pl.frameOf())), title)
	return e, nil
}

// String returns the three ways as lines for a page.
func (e *PolicyEmbedding) String() string {
	return e.Tag + "\n\n<!-- or included by a server of the same host, or when your site is built, from " + e.Fragment + " -->\n" + e.Include +
		"\n\n<!-- or in a frame; the second line makes it as high as its text -->\n" + e.Frame + "\n" + e.Sizer + "\n"
}

// PolicyLinks are the links to policies, for the foot of a page.
type PolicyLinks []*PolicyEmbedding

// String returns them, a line each.
func (l PolicyLinks) String() string {
	var lines strings.Builder
	for _, e := range l {
		lines.WriteString(e.Link + "\n")
	}
	return lines.String()
}

// EmbedLinks returns the links to each policy that is in force on a day; translations
// are reached from their originals.
func EmbedLinks(baseURL string, policies []*policy.Policy, on policy.Date) (PolicyLinks, error) {
	list := PolicyLinks{}
	for _, p := range policies {
		if p.TranslationOf != "" || p.InForce(on) == nil {
			continue
		}
		e, err := EmbedPolicy(baseURL, p)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

// script is one of the scripts for other sites, as a site at some address has it.
type script struct{ base, origin, address, integrity string }

func scriptAt(baseURL, name string) (*script, error) {
	base, err := baseURLOf(baseURL)
	if err != nil {
		return nil, err
	}
	if base == "" {
		return nil, &policy.Diagnostic{
			Level:   policy.Error,
			Message: "the address of the site is not known, so other sites cannot load from it",
			Hint:    "set base_url in the configuration, or give --base-url",
		}
	}
	data, err := minified(newMinifier(), "text/javascript", "assets/"+name+".js")
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	long := sha512.Sum384(data)
	return &script{base, u.Scheme + "://" + u.Host, base + lastingCopy(name, data), "sha384-" + base64.StdEncoding.EncodeToString(long[:])}, nil
}

// tag returns the element that loads the script, with more attributes.
func (s *script) tag(more string) string {
	return fmt.Sprintf(`<script async src="%s" integrity="%s" crossorigin="anonymous"%s></script>`, html.EscapeString(s.address), s.integrity, more)
}
