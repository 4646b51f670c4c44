package history

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func labelled(version, effective, text string) string {
	var b strings.Builder
	b.WriteString("---\n")
	if version != "" {
		fmt.Fprintf(&b, "version: %s\n", version)
	}
	if effective != "" {
		fmt.Fprintf(&b, "effective_date: %s\n", effective)
	}
	return b.String() + "---\n" + text + "\n"
}

func TestLabels(t *testing.T) {
	for _, test := range []struct {
		name      string
		revisions []string
		want      string
		silent    int // of the newest version
		effective string
	}{
		{"a new version starts one", []string{
			"2024-01-01", labelled("1.0", "2024-02-01", "One."),
			"2024-03-01", labelled("1.10", "2024-04-01", "Two."),
		}, "1.10 1.0", 0, "2024-04-01"},
		{"a new date starts one where there is no version", []string{
			"2024-01-01", labelled("", "2024-02-01", "One."),
			"2024-03-01", labelled("", "2024-04-01", "Two."),
		}, "2024-04-01 2024-02-01", 0, "2024-04-01"},
		{"revisions before and on the effective date fold", []string{
			"2024-01-01", labelled("1", "2024-02-01", "One."),
			"2024-01-15", labelled("1", "2024-02-01", "Won."),
			"2024-02-01", labelled("1", "2024-02-01", "Wan."),
		}, "1", 0, "2024-02-01"},
		{"a revision after it is silent", []string{
			"2024-01-01", labelled("1", "2024-02-01", "One."),
			"2024-02-02", labelled("1", "2024-02-01", "Two."),
			"2024-02-03", labelled("1", "2024-02-01", "*Two.*"),
			"2024-02-04", labelled("1", "2024-02-01", "Three."),
		}, "1", 2, "2024-02-01"},
		{"a date put off before it came folds", []string{
			"2024-01-01", labelled("1", "2024-02-01", "One."),
			"2024-01-20", labelled("1", "2024-03-01", "One."),
			"2024-02-15", labelled("1", "2024-03-01", "Two."),
		}, "1", 0, "2024-03-01"},
		{"a text with a new date under an old version is numbered", []string{
			"2024-01-01", labelled("1", "2024-02-01", "One."),
			"2024-05-01", labelled("1", "2024-06-01", "Two."),
		}, "1.2 1", 0, "2024-06-01"},
		{"without a date a version binds at once", []string{
			"2024-01-01", labelled("1", "", "One."),
			"2024-01-02", labelled("1", "", "Two."),
		}, "1", 1, "2024-01-01"},
		{"texts from before the labels have dates for labels", []string{
			"2024-01-01", "Zero.\n",
			"2024-01-02", "Half.\n",
			"2024-01-03", labelled("1", "", "One."),
		}, "1 2024-01-02 2024-01-01", 0, "2024-01-03"},
		{"a text that loses its label keeps it", []string{
			"2024-01-01", labelled("1", "2024-02-01", "One."),
			"2024-01-02", "---\nversion: [\n---\nTwo.\n",
			"2024-01-03", labelled("1", "2024-02-01", "Three."),
		}, "1", 0, "2024-02-01"},
		{"labels fit into a URL", []string{
			"2024-01-01", labelled(`"2 / beta?"`, "", "One."),
			"2024-01-02", labelled(`".."`, "", "Two."),
		}, "v-- 2---beta-", 0, "2024-01-02"},
		{"an old label that comes back is numbered", []string{
			"2024-01-01", labelled("1", "", "One."),
			"2024-01-02", labelled("2", "", "Two."),
			"2024-01-03", labelled("1", "", "One."),
		}, "1.2 2 1", 0, "2024-01-03"},
		{"a version in force that is reverted gives way on the day of the revert", []string{
			"2024-01-01", labelled("1", "2024-01-10", "One."),
			"2024-02-01", labelled("2", "2024-03-01", "Two."),
			"2024-05-01", labelled("1", "2024-01-10", "One."),
			"2024-05-01", labelled("1", "2024-01-10", "*One.*"),
		}, "1.2 2 1", 0, "2024-05-01"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := find(t, revisions(t, test.revisions...).history(Options{}), "a")
			var labels []string
			for _, v := range p.Versions {
				labels = append(labels, v.Label)
			}
			if got := strings.Join(labels, " "); got != test.want {
				t.Errorf("labels %s, want %s", got, test.want)
			}
			v := p.Versions[0]
			if len(v.Silent) != test.silent || v.Effective.String() != test.effective {
				t.Errorf("%d silent, effective %s; want %d and %s", len(v.Silent), v.Effective, test.silent, test.effective)
			}
			if p.Starts != policy.StartLabel {
				t.Errorf("starts by %s", p.Starts)
			}
		})
	}
}

func TestTwoVersionsOfOneDayAreNumbered(t *testing.T) {
	t.Parallel()
	r := revisions(t, "2024-01-01", "One.\n", "2024-01-01", "Two.\n", "2024-01-01", "Three.\n")
	wantOutline(t, r.history(Options{}), "a: 2024-01-01.3 2024-01-01.2 2024-01-01")
}
