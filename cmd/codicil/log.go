package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/render/terminal"
)

func (a *app) logCommand() *cobra.Command {
	var limit int
	var audit bool
	cmd := &cobra.Command{
		Use:   "log ID",
		Short: "Show the versions of a policy, newest first",
		Long: "Log shows the versions of a policy. With --audit it says, for one policy or for all, how many\n" +
			"versions were major by our reading, and whether anything announced them: a label, a date line\n" +
			"that moved, a summary.",
		Example: "  codicil log privacy\n  codicil log privacy --json\n  codicil log --audit",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case audit:
				return a.logAudit(cmd.Context(), args)
			case len(args) == 0:
				return usagef("log needs the ID of a policy; --audit alone takes all")
			}
			return a.log(cmd.Context(), args[0], limit)
		},
	}
	cmd.Flags().BoolVar(&audit, "audit", false, "say which major changes were announced")
	cmd.Flags().IntVarP(&limit, "limit", "n", 0, "show only the newest `N` versions")
	return cmd
}

// loggedVersion is a version in the JSON of log.
type loggedVersion struct {
	Label        string                 `json:"label"`
	Severity     string                 `json:"severity"`
	Declared     string                 `json:"declared,omitempty"`
	Proposed     string                 `json:"proposed"`
	Categories   []materiality.Category `json:"categories"`
	Status       policy.Status          `json:"status"`
	Summary      string                 `json:"summary,omitempty"`
	ChangeReason string                 `json:"change_reason,omitempty"`
	ApprovedBy   string                 `json:"approved_by,omitempty"`
	Committed    time.Time              `json:"committed"`
	Published    time.Time              `json:"published"`
	Effective    policy.Date            `json:"effective"`
	EffectiveNew policy.Date            `json:"effective_new,omitzero"` // for new accounts, where that is another day
	Certainty    policy.Certainty       `json:"certainty"`
	Commit       string                 `json:"commit"`
	Path         string                 `json:"path"`
	SHA256       string                 `json:"sha256"`
	Reverts      string                 `json:"reverts,omitempty"`        // label of the older version whose words it brings back
	StaleDate    policy.Date            `json:"stale_date,omitzero"`      // of the date line that stayed while other words changed
	Steps        []policy.Step          `json:"announcements,omitempty"`  // what was said about its day, oldest first
	Silent       []string               `json:"silent_changes,omitempty"` // commits that changed the text without a label
}

func (a *app) log(ctx context.Context, id string, limit int) error {
	w, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	p, err := w.Find(id)
	if err != nil {
		return err
	}
	versions := p.Versions
	if limit > 0 && limit < len(versions) {
		versions = versions[:limit]
	}
	list := make([]loggedVersion, 0, len(versions))
	for _, v := range versions {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := w.Compare(p, v)
		if err != nil {
			return err
		}
		list = append(list, logVersion(c, a.today()))
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"id": p.ID, "versions": list})
	}
	a.printLog(list)
	return nil
}

func logVersion(c *review.Change, on policy.Date) loggedVersion {
	v := c.Version
	l := loggedVersion{
		Label:        v.Label,
		Severity:     c.Assessment.Decided().String(),
		Proposed:     c.Assessment.Severity.String(),
		Categories:   append([]materiality.Category{}, c.Assessment.Categories...),
		Status:       c.Policy.Status(v, on),
		Summary:      v.Front.Summary,
		ChangeReason: v.Front.ChangeReason,
		ApprovedBy:   v.Front.ApprovedBy,
		Committed:    v.Committed,
		Published:    v.Published,
		Effective:    v.Effective,
		EffectiveNew: v.EffectiveNew,
		Certainty:    v.Certainty,
		Commit:       v.Commit,
		Path:         v.Path,
		SHA256:       v.SHA256,
		Reverts:      v.Reverts,
		StaleDate:    v.StaleDate,
		Steps:        v.Steps(),
	}
	if c.Assessment.Declared != nil {
		l.Declared = c.Assessment.Declared.String()
	}
	for _, r := range v.Silent {
		l.Silent = append(l.Silent, r.Commit)
	}
	return l
}

func (a *app) printLog(list []loggedVersion) {
	rows := [][]string{{"VERSION", "SEVERITY", "STATUS", "EFFECTIVE", "", "PUBLISHED", "COMMIT"}}
	for _, l := range list {
		rows = append(rows, []string{
			l.Label, l.Severity, string(l.Status), l.Effective.String(), string(l.Certainty),
			l.Published.Format(time.DateOnly), l.Commit[:min(12, len(l.Commit))],
		})
	}
	terminal.Columns(a.stdout, rows)
	for _, l := range list {
		for _, remark := range l.remarks() {
			fmt.Fprintf(a.stdout, "%s: %s\n", l.Label, remark)
		}
	}
}

// remarks says what else a reader should know about a version.
func (l *loggedVersion) remarks() []string {
	var remarks []string
	if len(l.Steps) > 1 {
		steps := make([]string, len(l.Steps))
		for i, s := range l.Steps {
			steps[i] = s.String()
		}
		remarks = append(remarks, strings.Join(steps, ", "))
	}
	if !l.EffectiveNew.IsZero() && l.EffectiveNew != l.Effective {
		remarks = append(remarks, fmt.Sprintf("binds accounts made from %s on from their first day", l.EffectiveNew))
	}
	if l.Reverts != "" {
		remarks = append(remarks, "brings back the words of "+l.Reverts)
	}
	if !l.StaleDate.IsZero() {
		remarks = append(remarks, fmt.Sprintf("the text changed, but its date line still says %s", l.StaleDate))
	}
	if len(l.Silent) > 0 {
		remarks = append(remarks, fmt.Sprintf("the text changed %s after it took effect, without a new label (%.12s)", terminal.Plural(len(l.Silent), "time", "times"), l.Silent[0]))
	}
	if l.Declared != "" && l.Declared != l.Proposed {
		remarks = append(remarks, fmt.Sprintf("declared %s, reads as %s", l.Declared, l.Proposed))
	}
	return remarks
}
