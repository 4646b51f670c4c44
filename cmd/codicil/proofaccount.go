package main

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
)

// boundTerm is a time in which one version binds, in the JSON of proof --account.
type boundTerm struct {
	Label string      `json:"label"` // empty while the policy was withdrawn
	From  policy.Date `json:"from"`
	Until policy.Date `json:"until,omitzero"` // the last day; none while nothing that is announced ends it
}

// proofOfAccount shows by which versions the owner of an account is bound: of two
// cohorts they are of one, by the day on which the account was made.
func (a *app) proofOfAccount(w *workspace.Workspace, reference, account string) error {
	made, err := policy.ParseDate(account)
	if err != nil {
		return usagef("--account: %w", err)
	}
	id, _, _ := strings.Cut(reference, "@")
	p, err := w.Find(id)
	if err != nil {
		return err
	}
	terms := []boundTerm{}
	for _, t := range p.Terms(made) {
		term := boundTerm{From: t.From, Until: t.Until}
		if t.Version != nil {
			term.Label = t.Version.Label
		}
		terms = append(terms, term)
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"policy": p.ID, "account": made, "terms": terms})
	}
	fmt.Fprintf(a.stdout, "%s, for an account made on %s:\n", p.ID, made)
	for _, t := range terms {
		what := "bound by " + t.Label
		if t.Label == "" {
			what = "bound by nothing: it was withdrawn"
		}
		if t.Until.IsZero() {
			fmt.Fprintf(a.stdout, "  %s from %s\n", what, t.From)
		} else {
			fmt.Fprintf(a.stdout, "  %s from %s until %s\n", what, t.From, t.Until)
		}
	}
	return nil
}
