package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/render/terminal"
)

func (a *app) rulesCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rules [ID]",
		Short:   "Show the rule book of assess and check",
		Long:    "Rules lists the rules by which changes are judged, texts are linted and changes are let through;\none rule is shown with its worked examples.",
		Example: "  codicil rules\n  codicil rules period-changed",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.rules(args) },
	}
}

func (a *app) rules(args []string) error {
	if len(args) == 1 {
		return a.rule(args[0])
	}
	list := materiality.Rules()
	if a.json {
		shown := make([]listing.Rule, 0, len(list))
		for _, r := range list {
			shown = append(shown, listing.NewRule(r))
		}
		document := map[string]any{"rules": shown}
		for _, c := range chapters() {
			document[c.name] = c.rules
		}
		return printJSON(a.stdout, document)
	}
	rows := [][]string{{"RULE", "SEVERITY", "CATEGORY", "LOOKS FOR"}}
	for _, r := range list {
		rows = append(rows, []string{r.ID, r.Severity.String(), cmp.Or(string(r.Category), "-"), r.Title})
	}
	terminal.Columns(a.stdout, rows)
	for _, c := range chapters() {
		a.listBook(strings.ToUpper(c.name), c.rules)
	}
	a.say("%s; `codicil rules RULE` shows one with its examples", policy.Plural(len(list), "rule", "rules"))
	return nil
}

// listBook lists rules of check under a heading.
func (a *app) listBook(heading string, list []policy.RuleEntry) {
	rows := [][]string{{heading, "TITLE"}}
	for _, r := range list {
		rows = append(rows, []string{r.ID, r.Title})
	}
	fmt.Fprintln(a.stdout)
	terminal.Columns(a.stdout, rows)
}

func (a *app) rule(id string) error {
	r, ok := materiality.RuleByID(id)
	if !ok {
		if r, ok := ruleByID(id); ok {
			return a.bookRule(r)
		}
		var ids []string
		for _, rule := range materiality.Rules() {
			ids = append(ids, rule.ID)
		}
		for _, rule := range book() {
			ids = append(ids, rule.ID)
		}
		return policy.Unknown("rule", id, ids)
	}
	if a.json {
		return printJSON(a.stdout, listing.NewRule(r))
	}
	fmt.Fprintf(a.stdout, "%s · %s", r.ID, r.Severity)
	if r.Category != "" {
		fmt.Fprintf(a.stdout, " · %s", r.Category)
	}
	fmt.Fprintf(a.stdout, "\n\nLooks for: %s\nSays: %s\n", r.Title, r.Message)
	printExamples(a.stdout, "Finds", r.Examples)
	printExamples(a.stdout, "Leaves alone", r.CounterExamples)
	return nil
}

// bookRule shows a rule of check.
func (a *app) bookRule(r policy.RuleEntry) error {
	if a.json {
		return printJSON(a.stdout, r)
	}
	fmt.Fprintf(a.stdout, "%s: %s\n\n%s\n", r.ID, r.Title, r.Reason)
	if r.Before != "" {
		fmt.Fprintf(a.stdout, "\nBefore:\n%s\n\nAfter:\n%s\n", r.Before, r.After)
	}
	return nil
}

func printExamples(w io.Writer, title string, list []materiality.Example) {
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, e := range list {
		fmt.Fprintf(w, "  was: %s\n  now: %s\n\n", cmp.Or(strings.TrimSpace(e.Before), "(nothing)"), cmp.Or(strings.TrimSpace(e.After), "(nothing)"))
	}
}
