package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// audited counts, over a whole history, the versions that were major by our
// reading, and what announced them to readers.
type audited struct {
	ID          string `json:"id,omitempty"`
	Versions    int    `json:"versions"` // that followed another
	Major       int    `json:"major"`
	Announced   int    `json:"major_announced"` // by a label, a tag, a summary or a date line that moved
	Label       int    `json:"by_label"`
	DateLine    int    `json:"by_date_line"`
	Summary     int    `json:"by_summary"`
	Unannounced int    `json:"major_unannounced"`
	StaleDate   int    `json:"major_with_date_line_unmoved"`
}

func (x *audited) add(y audited) {
	x.Versions += y.Versions
	x.Major += y.Major
	x.Announced += y.Announced
	x.Label += y.Label
	x.DateLine += y.DateLine
	x.Summary += y.Summary
	x.Unannounced += y.Unannounced
	x.StaleDate += y.StaleDate
}

// logAudit audits the named policy, or all of them.
func (a *app) logAudit(ctx context.Context, ids []string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	policies := w.history.Policies
	if len(ids) == 1 {
		p, err := w.find(ids[0])
		if err != nil {
			return err
		}
		policies = []*policy.Policy{p}
	}
	return a.audit(ctx, w, policies)
}

// audit says, for one policy or for all, how often a major change was announced.
func (a *app) audit(ctx context.Context, w *workspace, policies []*policy.Policy) error {
	bar := a.progress()
	defer bar.done()
	var list []audited
	var total audited
	for i, p := range policies {
		bar.step("policies", i, len(policies))
		one, err := w.auditPolicy(ctx, p)
		if err != nil {
			return err
		}
		list = append(list, one)
		total.add(one)
	}
	bar.done()
	if a.json {
		return printJSON(a.stdout, map[string]any{"policies": list, "total": total})
	}
	rows := [][]string{{"POLICY", "VERSIONS", "MAJOR", "ANNOUNCED", "BY LABEL", "BY DATE LINE", "BY SUMMARY", "DATE LINE UNMOVED"}}
	for _, x := range list {
		if x.Major > 0 {
			rows = append(rows, x.row())
		}
	}
	total.ID = "all"
	columns(a.stdout, append(rows, total.row()))
	if total.Major > 0 {
		fmt.Fprintf(a.stdout, "\n%d of %s were announced (%d %%); in %d the date line stayed.\n",
			total.Announced, plural(total.Major, "major change", "major changes"), 100*total.Announced/total.Major, total.StaleDate)
	}
	return nil
}

func (x *audited) row() []string {
	row := []string{x.ID}
	for _, n := range []int{x.Versions, x.Major, x.Announced, x.Label, x.DateLine, x.Summary, x.StaleDate} {
		row = append(row, fmt.Sprint(n))
	}
	return row
}

func (w *workspace) auditPolicy(ctx context.Context, p *policy.Policy) (audited, error) {
	x := audited{ID: p.ID}
	for _, v := range p.Versions {
		previous := p.Previous(v)
		if previous == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return x, err
		}
		c, err := w.compare(p, v)
		if err != nil {
			return x, err
		}
		x.Versions++
		if c.assessment.Severity == policy.Major {
			x.major(p, v, previous)
		}
	}
	return x, nil
}

// major counts one major change and what told readers of it.
func (x *audited) major(p *policy.Policy, v, previous *policy.Version) {
	label := p.Starts != policy.StartCommit
	dated := v.Certainty == policy.InText && v.Effective != previous.Effective
	summary := strings.TrimSpace(v.Front.Summary) != "" && v.Front.Summary != previous.Front.Summary
	x.Major++
	x.Label += count(label)
	x.DateLine += count(dated)
	x.Summary += count(summary)
	x.StaleDate += count(!v.StaleDate.IsZero())
	if label || dated || summary {
		x.Announced++
	} else {
		x.Unannounced++
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
