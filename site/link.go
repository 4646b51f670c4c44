package site

import (
	"net/url"
	"strings"

	"github.com/codicil/codicil/policy"
)

// relative returns the address of a path of the site, seen from a page in dir.
func relative(dir, path string) string {
	// A path of the same folder or below it needs no way up.
	if rest, ok := strings.CutPrefix(path, dir); ok {
		return "./" + policy.EscapePath(rest)
	}
	return strings.Repeat("../", strings.Count(dir, "/")) + policy.EscapePath(path)
}

// absolute returns the full address of a path, or false when the site does not
// know where it is.
func (o Options) absolute(path string) (string, bool) {
	if o.BaseURL == "" {
		return "", false
	}
	return o.BaseURL + policy.EscapePath(path), true
}

// address returns the full address of a path, or one that holds from the root
// of the site's host.
func (o Options) address(path string) string {
	if full, ok := o.absolute(path); ok {
		return full
	}
	return "/" + policy.EscapePath(path)
}

// basePath returns the path at which the site is on its host, ending in a
// slash.
func (o Options) basePath() string {
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.EscapedPath() == "" {
		return "/"
	}
	return u.EscapedPath()
}

// host returns the host name of the site for tag: addresses. A site that does
// not know its own gets a name that can never exist (RFC 2606).
func (o Options) host() string {
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.Hostname() == "" {
		return "codicil.invalid"
	}
	return strings.ToLower(u.Hostname())
}

func direction(lang string) string {
	if policy.RightToLeft(lang) {
		return "rtl"
	}
	return "ltr"
}
