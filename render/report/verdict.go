package report

import (
	"cmp"
	"fmt"
	"io"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
)

// Verdicts says, for each policy that would change, what the change is, and of
// each shared file that changed which policies it is part of.
func Verdicts(out io.Writer, result *review.Result) {
	for _, r := range result.Policies {
		if r.StatusChange != "" {
			fmt.Fprintf(out, "%s\n", r.StatusChange)
		}
		if r.Notice != nil {
			verdict(out, r)
		}
	}
	for _, s := range result.Shared {
		fmt.Fprintf(out, "%s\n", s)
		for _, p := range s.Policies {
			fmt.Fprintf(out, "  %s %s\n", p.ID, p.Says)
		}
	}
}

// verdict says what the change of one policy is.
func verdict(out io.Writer, r *review.Reviewed) {
	fmt.Fprintf(out, "%s → %s: %s, %s\n", r.Before, r.Notice.ID(), r.Notice.Severity, r.Redline.Stat())
	for _, m := range r.Moves {
		fmt.Fprintf(out, "  moved: %s\n", m)
	}
	for _, given := range r.Approvals {
		fmt.Fprintf(out, "  approved by %s\n", given)
	}
	if r.Opinion != nil {
		fmt.Fprintf(out, "  %s\n", r.Opinion.Verdict)
	}
	for i, reason := range r.Assessment.Reasons {
		if i == MaxReasons {
			fmt.Fprintf(out, "  and %d more: codicil assess %s\n", len(r.Assessment.Reasons)-i, r.Policy.ID)
			break
		}
		fmt.Fprintf(out, "  %s · %s: %s\n", reason.Severity, cmp.Or(reason.Clause, "document"), reason.Why)
	}
}

// Findings prints faults as compilers do, each with its hint.
func Findings(w io.Writer, found []*policy.Diagnostic) {
	for _, d := range found {
		place, rule := "", ""
		if d.File != "" {
			place = d.Position() + ": "
		}
		if d.Rule != "" {
			rule = " [" + d.Rule + "]"
		}
		fmt.Fprintf(w, "%s%s: %s%s\n", place, d.Level, d.Message, rule)
		if d.Excerpt != "" {
			fmt.Fprintln(w, d.Excerpt)
		}
		if d.Hint != "" {
			fmt.Fprintf(w, "  hint: %s\n", d.Hint)
		}
	}
}
