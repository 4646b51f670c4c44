package site

import (
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// versionFacts are what never changes about a version, under the names that
// `codicil log --json` uses.
type versionFacts struct {
	Label     string           `json:"label"`
	Committed string           `json:"committed"` // RFC 3339, UTC
	Published string           `json:"published"` // RFC 3339, UTC
	Effective policy.Date      `json:"effective"`
	New       policy.Date      `json:"effective_new,omitzero"` // for new accounts, where that is another day
	Certainty policy.Certainty `json:"certainty"`
	Commit    string           `json:"commit"`
	Path      string           `json:"path"`
	SHA256    string           `json:"sha256"`
}

func factsOf(v *policy.Version) versionFacts {
	return versionFacts{
		Label: v.Label, Committed: stamp(v.Committed), Published: stamp(v.Published), Effective: v.Effective, New: v.EffectiveNew,
		Certainty: v.Certainty, Commit: v.Commit, Path: v.Path, SHA256: v.SHA256,
	}
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// versionEntry is a version in the history of its policy, as of one day.
type versionEntry struct {
	versionFacts
	Title        string                 `json:"title"`
	Severity     *policy.Severity       `json:"severity"` // null for the first version, which changes nothing
	Proposed     *policy.Severity       `json:"proposed,omitempty"`
	Status       policy.Status          `json:"status"`
	Categories   []materiality.Category `json:"categories"`
	Summary      string                 `json:"summary,omitempty"`
	ChangeReason string                 `json:"change_reason,omitempty"`
	ApprovedBy   string                 `json:"approved_by,omitempty"`
	Reasons      []reasonData           `json:"reasons"`
	Changed      []string               `json:"changed_clauses"`
	Silent       []silentData           `json:"silent_changes,omitempty"`
	Steps        []policy.Step          `json:"announcements,omitempty"` // what was said about its day, oldest first
	URL          string                 `json:"url"`
	Compare      string                 `json:"compare,omitempty"`
	Since        string                 `json:"changes_since"`
}

// reasonData is one reason of an assessment.
type reasonData struct {
	Rule     string               `json:"rule"`
	Category materiality.Category `json:"category"`
	Severity policy.Severity      `json:"severity"`
	Clause   string               `json:"clause"`
	Before   string               `json:"before"`
	After    string               `json:"after"`
	Why      string               `json:"why"`

	Confidence materiality.Confidence `json:"confidence"`
}

// silentData is a revision that changed a published text without a new label.
type silentData struct {
	Commit    string `json:"commit"`
	Published string `json:"published"`
}

// policyEntry is one policy in the index.
type policyEntry struct {
	ID            string   `json:"id"`
	Title         string   `json:"title"`
	Path          string   `json:"path"`
	Lang          string   `json:"lang"`
	TranslationOf string   `json:"translation_of,omitempty"`
	InForce       string   `json:"in_force"` // label; empty when none is
	Upcoming      []string `json:"upcoming"`
	Withdrawn     string   `json:"withdrawn,omitempty"`
	Versions      int      `json:"versions"`
	URL           string   `json:"url"`
	API           string   `json:"api"`
}

// apiPath returns where the history of a policy is kept for programs.
func (pl *plan) apiPath() string { return pl.address.API() }

// writePolicyAPI writes the history of one policy for programs.
func (b *builder) writePolicyAPI(h *policyBuild) error {
	list := make([]versionEntry, 0, len(h.Records))
	for _, r := range h.Records {
		list = append(list, b.versionEntry(b.words(h.lang), r))
	}
	return b.writeJSON(h.apiPath(), struct {
		policyEntry
		Versions []versionEntry `json:"versions"`
	}{b.policyEntry(h), list})
}

// writeAPI writes the index of all policies for programs.
func (b *builder) writeAPI(histories []*policyBuild) error {
	entries := make([]policyEntry, 0, len(histories))
	for _, h := range histories {
		entries = append(entries, b.policyEntry(h))
	}
	return b.writeJSON("api/v1/index.json", struct {
		Title     string        `json:"title"`
		On        policy.Date   `json:"on"`
		Generator string        `json:"generator"`
		Policies  []policyEntry `json:"policies"`
	}{b.Title, b.On, b.Generator, entries})
}

func (b *builder) policyEntry(h *policyBuild) policyEntry {
	e := policyEntry{
		ID: h.policy.ID, Title: h.Current().Title, Path: h.policy.Path, Lang: h.lang, TranslationOf: h.policy.TranslationOf,
		Upcoming: []string{}, Withdrawn: h.policy.Withdrawn.String(), Versions: len(h.Records),
		URL: b.address(h.dir), API: b.address(h.apiPath()),
	}
	if v := h.policy.InForce(b.On); v != nil {
		e.InForce = v.Label
	}
	for _, r := range h.Upcoming() {
		e.Upcoming = append(e.Upcoming, r.Version.Label)
	}
	return e
}

func (b *builder) versionEntry(w *words, r *record) versionEntry {
	v := r.Version
	e := versionEntry{
		versionFacts: factsOf(v), Title: r.Title, Status: r.Status, Summary: v.Front.Summary,
		ChangeReason: v.Front.ChangeReason, ApprovedBy: v.Front.ApprovedBy, URL: b.address(r.Dir), Since: b.address(r.Since),
		Steps: v.Steps(), Categories: append([]materiality.Category{}, r.Categories...), Changed: append([]string{}, w.clauseNames(r.Clauses)...), Reasons: []reasonData{},
	}
	if !r.First {
		e.Severity, e.Compare = &r.Severity, b.address(r.Compare)
		if r.Declared || r.Severity != r.Proposed {
			e.Proposed = &r.Proposed
		}
	}
	for _, reason := range r.Reasons {
		e.Reasons = append(e.Reasons, reasonData(reason))
	}
	for _, s := range v.Silent {
		e.Silent = append(e.Silent, silentData{s.Commit, stamp(s.Published)})
	}
	return e
}
