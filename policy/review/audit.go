package review

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
)

// Audited counts, over a whole history, the versions that were major by our
// reading, and what announced them to readers.
type Audited struct {
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

// Add counts another audit in.
func (x *Audited) Add(y Audited) {
	x.Versions += y.Versions
	x.Major += y.Major
	x.Announced += y.Announced
	x.Label += y.Label
	x.DateLine += y.DateLine
	x.Summary += y.Summary
	x.Unannounced += y.Unannounced
	x.StaleDate += y.StaleDate
}

// Audit counts the major changes of one policy.
func Audit(ctx context.Context, texts Texts, comparer comparison.Comparer, p *policy.Policy) (Audited, error) {
	x, reader := Audited{ID: p.ID}, NewReader(texts, comparer)
	for _, v := range p.Versions {
		previous := p.Previous(v)
		if previous == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return x, err
		}
		c, err := reader.Compare(p, v)
		if err != nil {
			return x, err
		}
		x.Versions++
		if c.Assessment.Severity == policy.Major {
			x.major(p, v, previous)
		}
	}
	return x, nil
}

// major counts one major change and what told readers of it.
func (x *Audited) major(p *policy.Policy, v, previous *policy.Version) {
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

// AuditTable sets audits in rows, with their heads, those without a major change
// left out, and the total below them.
func AuditTable(list []Audited, total Audited) [][]string {
	rows := [][]string{{"POLICY", "VERSIONS", "MAJOR", "ANNOUNCED", "BY LABEL", "BY DATE LINE", "BY SUMMARY", "DATE LINE UNMOVED"}}
	for _, x := range append(slices.Clone(list), total) {
		if x.Major == 0 && x.ID != total.ID {
			continue
		}
		row := []string{x.ID}
		for _, n := range []int{x.Versions, x.Major, x.Announced, x.Label, x.DateLine, x.Summary, x.StaleDate} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	return rows
}
