package workspace

import (
	"fmt"
	"slices"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/review"
)

// Examine looks whether everything is there to publish: the clone, the
// configuration, the texts, the pins, the clock and the address.
func (w *Workspace) Examine() ([]review.Finding, error) {
	r, checker, err := w.AsRepository()
	if err != nil {
		return nil, err
	}
	found := append([]review.Finding{w.clone(), w.configured()}, w.texts(r)...)
	return append(found, pinned(r, checker), w.clock(), w.address()), nil
}

func (w *Workspace) clone() review.Finding {
	switch {
	case w.History.Shallow:
		return review.NewFinding("clone", review.Amiss, "it is shallow: versions are missing, and nothing can be published", "run `git fetch --unshallow`; in CI, check out with full depth")
	case w.History.Head == "":
		return review.NewFinding("clone", review.Note, "there is no commit yet", "commit a text to publish it")
	}
	return review.NewFinding("clone", review.Fine, fmt.Sprintf("the whole history, at %.12s", w.History.Head), "")
}

func (w *Workspace) configured() review.Finding {
	if w.Config.File == "" {
		return review.NewFinding("configuration", review.Note, "there is none; every key has a default", "`codicil init` writes one")
	}
	return review.NewFinding("configuration", review.Fine, w.Config.File, "")
}

func (w *Workspace) texts(r review.Repository) []review.Finding {
	var found []review.Finding
	for _, d := range slices.Concat(r.Texts(), r.Addresses()) {
		if d.Level == policy.Error {
			found = append(found, review.NewFinding("texts", review.Amiss, d.Error(), d.Hint))
		}
	}
	if len(found) > 0 {
		return found
	}
	if drafts, err := w.Staged(); err == nil && len(w.History.Policies) == 0 && len(drafts) > 0 {
		return []review.Finding{review.NewFinding("texts", review.Note, "nothing is published yet: "+policy.Plural(len(drafts), "draft", "drafts"),
			"`codicil check` says what is left to fill in; take `draft: true` out to publish")}
	}
	if len(w.History.Policies) == 0 {
		return []review.Finding{review.NewFinding("texts", review.Note, "no policy was found", "commit a Markdown file; `codicil new terms` begins one")}
	}
	versions := 0
	for _, p := range w.History.Policies {
		versions += len(p.Versions)
	}
	return []review.Finding{review.NewFinding("texts", review.Fine, policy.Plural(len(w.History.Policies), "policy", "policies")+", "+policy.Plural(versions, "version", "versions"), "")}
}

func pinned(r review.Repository, c *integrity.Checker) review.Finding {
	switch {
	case len(r.Integrity) > 0:
		return review.NewFinding(integrity.SumName, review.Amiss, r.Integrity[0].Error(), r.Integrity[0].Hint)
	case c == nil || c.Pins == nil:
		return review.NewFinding(integrity.SumName, review.Note, "no version is pinned", "`codicil verify --update` pins what is published")
	}
	return review.NewFinding(integrity.SumName, review.Fine, policy.Plural(len(c.Pins), "version is", "versions are")+" pinned and unchanged", "")
}

// clock finds a machine whose day is wrong: what is in force hangs on it.
func (w *Workspace) clock() review.Finding {
	now, newest := w.Clock(), time.Time{}
	for _, p := range w.History.Policies {
		if len(p.Versions) > 0 && p.Versions[0].Published.After(newest) {
			newest = p.Versions[0].Published
		}
	}
	if newest.After(now.Add(time.Hour)) {
		return review.NewFinding("clock", review.Amiss, fmt.Sprintf("it says %s, and a text was published on %s", now.UTC().Format(time.DateOnly), newest.UTC().Format(time.DateOnly)), "set the clock of this machine")
	}
	return review.NewFinding("clock", review.Fine, now.UTC().Format(time.RFC3339), "")
}

func (w *Workspace) address() review.Finding {
	if w.Config.BaseURL == "" {
		return review.NewFinding("base_url", review.Note, "it is not set: feeds and emails cannot link to the site", "set base_url in codicil.yaml")
	}
	return review.NewFinding("base_url", review.Fine, w.Config.BaseURL, "")
}
