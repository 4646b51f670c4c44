package site

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// termsName and privacyName find, among the policies of a site, the terms of service
// and the privacy policy, as people call them in the languages that we speak.
var (
	termsName   = regexp.MustCompile(`(?i)\b(terms|conditions|tos|agb|nutzungsbedingungen|geschäftsbedingungen|cgu|condiciones|términos)\b|条款`)
	privacyName = regexp.MustCompile(`(?i)\b(privacy|datenschutz\w*|confidentialité|privacidad)\b|隐私`)
)

// legalRel returns the relation by which a page links to a policy, by the registry of
// IANA (RFC 6903): privacy-policy, terms-of-service, or none.
func legalRel(id, title string) string {
	name := strings.ReplaceAll(id, "-", " ") + " " + title
	switch {
	case privacyName.MatchString(name):
		return "privacy-policy"
	case termsName.MatchString(name):
		return "terms-of-service"
	}
	return ""
}

// writeLLMs writes llms.txt: where programs that read for people find the texts in
// force as Markdown.
func (b *builder) writeLLMs(histories []*policyBuild) error {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "# %s\n\n> Policies in all their versions. Each text is there as Markdown (index.md), plain text (index.txt) and JSON (index.json).\n\n## Policies\n\n", oneLine(b.Title))
	for _, h := range histories {
		if r := h.Current(); r.Status == policy.InForce {
			fmt.Fprintf(&buf, "- [%s](%s): version %s, in force since %s; language %s; all versions: %s\n", oneLine(r.Title), b.address(h.dir+"index.md"), oneLine(r.Version.Label), r.Version.From(), h.lang, b.address(h.apiPath()))
		}
	}
	fmt.Fprintf(&buf, "\n## For programs\n\n- [Index](%s): all policies\n- [Required](%s): which acceptance still holds\n", b.address("api/v1/index.json"), b.address(requiredName))
	return b.stage.Write("llms.txt", buf.Bytes())
}

// oneLine keeps words within a line of a list, and out of its marks.
func oneLine(s string) string {
	return strings.NewReplacer("[", "(", "]", ")", "<", "‹", ">", "›").Replace(strings.Join(strings.Fields(s), " "))
}

// writeTimeMap lists the versions of a policy that were in force by the days on
// which they came into it, as a TimeMap (RFC 7089). It holds full addresses only.
func (b *builder) writeTimeMap(h *policyBuild) error {
	home, known := b.absolute(h.dir)
	if !known {
		return nil
	}
	self, _ := b.absolute(h.address.TimeMap())
	lines := []string{fmt.Sprintf(`<%s>;rel="original"`, home), fmt.Sprintf(`<%s>;rel="self";type="application/link-format"`, self)}
	if gate := b.timeGate(h.plan); gate != "" {
		lines = append(lines, fmt.Sprintf(`<%s>;rel="timegate"`, gate))
	}
	for _, v := range mementos(h.policy, b.On) {
		at, _ := b.absolute(h.address.Version(v.Label))
		lines = append(lines, fmt.Sprintf(`<%s>;rel="memento";datetime="%s"`, at, momentOf(v)))
	}
	return b.stage.Write(h.address.TimeMap(), []byte(strings.Join(lines, ",\n")+"\n"))
}

// requiredName is the file that tells applications whom to ask again.
const requiredName = "api/v1/required.json"

// required says which acceptance of a policy still holds.
type required struct {
	ID       string  `json:"id"`
	Title    string  `json:"title"`
	URL      string  `json:"url"`
	Existing *cohort `json:"existing"` // accounts that are there; null when no version binds them
	New      *cohort `json:"new"`      // accounts made from today on
	Since    string  `json:"since"`    // what changed since the version that somebody accepted: a URI template
}

// cohort is what holds for some of the accounts.
type cohort struct {
	Version  string   `json:"version"`           // that binds them
	Required string   `json:"required"`          // the lowest version whose acceptance still holds
	Accepted []string `json:"accepted"`          // all whose acceptance holds, the newest first
	Changes  *ahead   `json:"changes,omitempty"` // when that changes next, as far as is announced
}

// ahead is the day from which a later version must have been accepted.
type ahead struct {
	On       policy.Date `json:"on"`
	Required string      `json:"required"`
}

// writeRequired writes which acceptance still holds, so that an application asks
// people again only after a major change, and from the day it binds them.
func (b *builder) writeRequired(histories []*policyBuild) error {
	list := []required{}
	for _, h := range histories {
		if h.policy.TranslationOf == "" && !h.withdrawn() {
			list = append(list, required{
				ID: h.policy.ID, Title: h.Current().Title, URL: b.address(h.dir),
				Existing: h.holds(policy.Existing, b.On), New: h.holds(policy.NewAccounts, b.On),
				Since: b.address("") + h.address.SinceTemplate("accepted"),
			})
		}
	}
	return b.writeJSON(requiredName, struct {
		Schema   int         `json:"schema"`
		On       policy.Date `json:"on"`
		Policies []required  `json:"policies"`
	}{1, b.On, list})
}

// holds says which acceptance holds for a cohort: that of the version which binds
// it, of those before it up to the last major change, and of what is announced.
func (h *policyBuild) holds(who policy.Cohort, on policy.Date) *cohort {
	v := h.policy.Binding(who, on)
	if v == nil {
		return nil
	}
	c := &cohort{Version: v.Label}
	for _, r := range slices.Backward(h.Upcoming()) {
		if r.Version != v {
			c.Accepted = append(c.Accepted, r.Version.Label)
		}
	}
	i := slices.Index(h.versions, v)
	for {
		c.Accepted = append(c.Accepted, h.versions[i].Label)
		c.Required = h.versions[i].Label
		before := h.before(i)
		if h.Records[i].Severity >= policy.Major || before >= len(h.versions) {
			break
		}
		i = before
	}
	for _, r := range h.Upcoming() {
		if r.Version != v && r.Severity >= policy.Major {
			c.Changes = &ahead{r.Version.FromFor(who), r.Version.Label}
			break
		}
	}
	return c
}

// wantsMarkdown reports whether a program asks for the Markdown of a page.
func wantsMarkdown(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "text/markdown") && !strings.Contains(accept, "text/html")
}
