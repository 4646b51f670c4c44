package main

import (
	"context"
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/terminal"
)

// logAudit audits the named policy, or all of them.
func (a *app) logAudit(ctx context.Context, ids []string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	policies := w.History.Policies
	if len(ids) == 1 {
		p, err := w.Find(ids[0])
		if err != nil {
			return err
		}
		policies = []*policy.Policy{p}
	}
	return a.audit(ctx, w, policies)
}

// audit says, for one policy or for all, how often a major change was announced.
func (a *app) audit(ctx context.Context, w *workspace.Workspace, policies []*policy.Policy) error {
	bar := a.progress()
	defer bar.Done()
	var list []review.Audited
	var total review.Audited
	for i, p := range policies {
		bar.Step("policies", i, len(policies))
		one, err := review.Audit(ctx, w.Repo, w.Comparer, p)
		if err != nil {
			return err
		}
		list = append(list, one)
		total.Add(one)
	}
	bar.Done()
	if a.json {
		return printJSON(a.stdout, map[string]any{"policies": list, "total": total})
	}
	total.ID = "all"
	terminal.Columns(a.stdout, review.AuditTable(list, total))
	if total.Major > 0 {
		fmt.Fprintf(a.stdout, "\n%d of %s were announced (%d %%); in %d the date line stayed.\n",
			total.Announced, policy.Plural(total.Major, "major change", "major changes"), 100*total.Announced/total.Major, total.StaleDate)
	}
	return nil
}
