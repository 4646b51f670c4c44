package main

import (
	"strings"

	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
)

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
	b := proof.NewAccount(p, made)
	if a.json {
		return printJSON(a.stdout, b)
	}
	b.Describe(a.stdout)
	return nil
}
