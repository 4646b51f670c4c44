package site

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"net/url"

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
	script, err := minified(newMinifier(), "text/javascript", "assets/notice.js")
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	short, long := sha256.Sum256(script), sha512.Sum384(script)
	e := &Embedding{
		Script:    base + noticePrefix + hex.EncodeToString(short[:])[:digestInName] + ".js",
		Integrity: "sha384-" + base64.StdEncoding.EncodeToString(long[:]),
		Latest:    base + embedDir + "notice.js",
		Origin:    u.Scheme + "://" + u.Host,
		Contained: base + embedDir + containedName,
		Fragment:  base + embedDir + fragmentName,
	}
	e.Tag = fmt.Sprintf(`<script async src="%s" integrity="%s" crossorigin="anonymous"></script>`, html.EscapeString(e.Script), e.Integrity)
	return e, nil
}
