package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/workspace"
)

// completion is what a shell can complete an argument by.
type completion func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// completions gives the verbs that take policies, versions or rules what a
// shell offers when the user presses Tab.
func (a *app) completions() map[string]completion {
	return map[string]completion{
		"log": a.completeIDs, "check": a.completeIDs, "fix": a.completeIDs, "expand": a.completeIDs,
		"show": a.completeVersions, "diff": a.completeVersions, "assess": a.completeVersions, "notify": a.completeVersions, "proof": a.completeVersions,
		"rules": a.completeRules,
	}
}

// completeIDs offers the ids of the policies.
func (a *app) completeIDs(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	w := a.openQuietly(cmd)
	if w == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, p := range w.History.Policies {
		if p.Withdrawn.IsZero() {
			ids = append(ids, p.ID+"\t"+p.Title)
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// completeVersions offers ids, and behind "@" the labels of that policy. Files
// stay on offer, for the verbs that compare them.
func (a *app) completeVersions(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	id, _, labels := strings.Cut(begun, "@")
	if !labels {
		ids, _ := a.completeIDs(cmd, args, begun)
		return ids, cobra.ShellCompDirectiveDefault
	}
	w := a.openQuietly(cmd)
	if w == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	p, err := w.Find(id)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var versions []string
	for _, v := range p.Versions {
		versions = append(versions, p.Ref(v)+"\t"+v.Effective.String())
	}
	return versions, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// completeRules offers the ids of the rule book.
func (a *app) completeRules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, r := range materiality.Rules() {
		ids = append(ids, r.ID+"\t"+r.Title)
	}
	for _, r := range book() {
		ids = append(ids, r.ID+"\t"+r.Title)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// openQuietly reads the repository; a shell that completes wants no complaints.
func (a *app) openQuietly(cmd *cobra.Command) *workspace.Workspace {
	a.quiet = true
	if enter(a.dir) != nil {
		return nil
	}
	w, err := a.open(cmd.Context())
	if err != nil {
		return nil
	}
	return w
}
