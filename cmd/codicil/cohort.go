package main

import (
	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
)

// cohortFlag gives a verb the flag that says whose day is asked for.
func cohortFlag(cmd *cobra.Command, into *string) {
	cmd.Flags().StringVar(into, "cohort", "", "for `WHOM` the day is asked: existing (the default) or new accounts, where a version binds them from two days")
}

// cohort reads that flag.
func cohort(flag string) (policy.Cohort, error) {
	switch c := policy.Cohort(flag); c {
	case "":
		return policy.Existing, nil
	case policy.Existing, policy.NewAccounts:
		return c, nil
	}
	return "", usagef("--cohort: %q is neither new nor existing", flag)
}
