package main

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
)

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Look whether everything is there to publish and to give notice",
		Long: "Doctor looks at the clone, the configuration, the texts, the mail server, the ledger and the clock,\n" +
			"and says what to mend. It reaches the configured mail server, sends nothing and changes nothing.\n" +
			"What the administrator of your domain must publish in DNS, it prints as text. Exit code 3 says\n" +
			"that something is amiss.",
		Example: "  codicil doctor\n  codicil doctor --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
}

func (a *app) doctor(ctx context.Context) error {
	found, err := a.examine(ctx)
	if err != nil {
		return err
	}
	if a.json {
		if err := printJSON(a.stdout, map[string]any{"findings": found}); err != nil {
			return err
		}
	} else {
		for _, f := range found {
			fmt.Fprintf(a.stdout, "%-5s  %s: %s\n", f.State, f.Subject, f.Says)
			if f.Hint != "" {
				fmt.Fprintf(a.stdout, "       %s\n", f.Hint)
			}
		}
	}
	for _, f := range found {
		if f.State == review.Amiss {
			return &exitError{code: exitFindings}
		}
	}
	return nil
}

// examine looks at everything. What cannot even be opened is the only finding.
func (a *app) examine(ctx context.Context) ([]review.Finding, error) {
	w, err := a.open(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return []review.Finding{review.NewFinding("repository", review.Amiss, message(err), policy.Hint(err)), programs()}, nil
	}
	found, err := w.Examine()
	if err != nil {
		return nil, err
	}
	return append(append(found, a.room(w).Examine(ctx)...), programs()), nil
}

// programs looks whether what only another program can read can be imported.
func programs() review.Finding {
	if _, err := exec.LookPath("pandoc"); err != nil {
		return review.NewFinding("pandoc", review.Note, "it is not installed: OpenDocument and RTF files cannot be imported", "install pandoc (pandoc.org) if you need it")
	}
	return review.NewFinding("pandoc", review.Fine, "installed: OpenDocument and RTF files can be imported", "")
}
