package site

import (
	"errors"
	"net/url"
	"runtime"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/site/tree"
)

// Source gives the texts of the versions. It must be safe for concurrent use.
type Source interface {
	// Text returns the bytes of a version as git holds them.
	Text(v *policy.Version) ([]byte, error)
}

// Options say how a site is to be built. The zero value builds a site that can
// be put at any address, as of no day: give at least On.
type Options struct {
	Title     string         // of the site; "Policies" when empty
	BaseURL   string         // where it will be, with a path if it has one; empty when not known
	SiteRoot  string         // the address that links from the root of a host (/help) lead to; when empty they stay as they are written
	Follow    string         // the address of the pages by which people follow the policies by mail; empty when there are none
	Lang      string         // BCP 47 tag of policies that name none, and of the pages about all of them; when empty, the words of a policy tell its language, and "en" is the rest
	On        policy.Date    // the day to compute for
	Rules     notice.Rules   // how long and through which channels notice is given
	Book      Book           // how changes are judged; the rule book as it ships when nil
	Jobs      int            // workers; the number of processors when 0 or less
	Remind    bool           // the notice of a major change comes back once, on the day it takes effect
	Withdrawn []string       // paths of the site that may vanish, such as privacy/1.0/; one that ends in a slash stands for all below it
	Generator string         // program and version, told in feeds and pages
	Log       *integrity.Log // of versions; nil for one of all versions, which nobody has signed
	Texts     string         // stands for all policies with their texts; empty when nothing does
	Theme     Theme          // what the publisher changes about the looks
	Records   string         // folder outside of all repositories that remembers what was built where; empty for none: every build is one from nothing
	Printer   Printer        // of PDF files beside the permanent pages; nil for none
	Verify    bool           // compare the digest of each file of an earlier build, whatever the system says of it

	// Progress, when set, is told how far a step has come. Calls do not overlap.
	Progress func(step string, done, total int)

	langStated bool // Lang is the publisher's, and goes before what a text's words tell
}

// Book judges changes, and says how it differs from the rule book that ships.
type Book interface {
	comparison.Judge
	Changes() []materiality.RuleChange
}

// Summary says what a build made.
type Summary struct {
	Policies int                  `json:"policies"`
	Versions int                  `json:"versions"`
	Redlines int                  `json:"redlines"`
	Notices  int                  `json:"notices"` // shown on the day of the build
	Pages    int                  `json:"pages"`   // HTML files
	Files    int                  `json:"files"`
	Written  int                  `json:"written"`            // files that were not there or differed
	Bytes    int64                `json:"bytes"`              // of those written
	Warnings []*policy.Diagnostic `json:"warnings,omitempty"` // faults in texts that did not stop the build
	Failures []*policy.Diagnostic `json:"failures,omitempty"` // pairs of versions that could not be compared or judged; their pages say so
}

// ManifestName is the file at the root of a built site that lists its files with
// their digests, so that `sha256sum -c` checks them.
const ManifestName = tree.ManifestName

// complete fills in what o leaves open and refuses what cannot work.
func (o Options) complete() (Options, error) {
	if o.Title == "" {
		o.Title = "Policies"
	}
	o.langStated = o.langStated || o.Lang != ""
	if o.Lang == "" {
		o.Lang = "en"
	}
	if o.Generator == "" {
		o.Generator = "Codicil"
	}
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	var bookErr error
	if o.Book == nil {
		o.Book, bookErr = materiality.NewBook(nil)
	}
	base, err := baseURLOf(o.BaseURL)
	o.BaseURL = base
	if o.Follow != "" && !policy.SafeLink(o.Follow) {
		o.Follow = ""
	}
	root, rootErr := baseURLOf(o.SiteRoot)
	o.SiteRoot = strings.TrimSuffix(root, "/")
	return o, errors.Join(err, rootErr, bookErr, o.Theme.complete())
}

// baseURLOf checks the address of the site and makes it end in a slash.
func baseURLOf(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil {
		return strings.TrimRight(u.String(), "/") + "/", nil
	}
	return "", &policy.Diagnostic{
		Level:   policy.Error,
		Message: "base URL " + strings.TrimSpace(s) + " is not the address of a site",
		Hint:    "write it with its scheme and without query or fragment, as in https://example.com/legal",
		Err:     err,
	}
}
