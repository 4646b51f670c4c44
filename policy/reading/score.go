package reading

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// Label is what careful readers say of a pair of texts, as a line of a file of
// labels has it.
type Label struct {
	ID         string                 `json:"id"`
	Severity   policy.Severity        `json:"severity"`
	Categories []materiality.Category `json:"categories"`
	Disputed   bool                   `json:"disputed"` // the readers did not agree; not counted
}

// Tally counts how a judge of changes does against labels. The zero Tally is
// ready.
type Tally struct {
	Pairs       int // judged, without the disputed ones
	Failed      int // without an answer: counted as wrong
	exact       int
	major       int // by label
	found       int // of these, called major
	called      int // major by the judge
	harmless    int // by label none or editorial
	falseAlarms int // of these, called major
	missed      int // major by label, called none or editorial

	sameCategories, labelCategories, judgeCategories int
}

// Add counts one pair.
func (t *Tally) Add(truth Label, severity policy.Severity, categories []materiality.Category) {
	t.Pairs++
	if truth.Severity == severity {
		t.exact++
	}
	if severity == policy.Major {
		t.called++
	}
	switch {
	case truth.Severity == policy.Major:
		t.major++
		if severity == policy.Major {
			t.found++
		}
		if severity <= policy.Editorial {
			t.missed++
		}
	case truth.Severity <= policy.Editorial:
		t.harmless++
		if severity == policy.Major {
			t.falseAlarms++
		}
	}
	t.labelCategories += len(truth.Categories)
	t.judgeCategories += len(categories)
	for _, c := range categories {
		if slices.Contains(truth.Categories, c) {
			t.sameCategories++
		}
	}
}

// Fail counts a pair without an answer.
func (t *Tally) Fail(truth Label) {
	t.Pairs++
	t.Failed++
	t.labelCategories += len(truth.Categories)
	switch {
	case truth.Severity == policy.Major:
		t.major++
	case truth.Severity <= policy.Editorial:
		t.harmless++
	}
}

// Figures are the shares of a tally, each from 0 to 1.
type Figures struct {
	Pairs          int     `json:"pairs"`
	Failed         int     `json:"failed"`
	F1             float64 `json:"major_f1"`
	Precision      float64 `json:"major_precision"`
	Recall         float64 `json:"major_recall"`
	FalseAlarms    float64 `json:"false_alarms"`     // of the harmless ones, called major
	CalledHarmless float64 `json:"called_harmless"`  // of the major ones, called none or editorial
	Exact          float64 `json:"exact"`            // the very severity
	CategoryF1     float64 `json:"category_f1"`      // over all pairs
	SecondsPerPair float64 `json:"seconds_per_pair"` // set by the caller
	TokensPerPair  float64 `json:"tokens_per_pair"`  // set by the caller
}

// Figures returns the shares.
func (t *Tally) Figures() Figures {
	f := Figures{Pairs: t.Pairs, Failed: t.Failed,
		Precision: share(t.found, t.called), Recall: share(t.found, t.major), F1: share(2*t.found, t.called+t.major),
		FalseAlarms: share(t.falseAlarms, t.harmless), CalledHarmless: share(t.missed, t.major), Exact: share(t.exact, t.Pairs),
		CategoryF1: share(2*t.sameCategories, t.labelCategories+t.judgeCategories)}
	return f
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Table writes figures beside each other, a row a judge, as Markdown.
func Table(names []string, rows []Figures) string {
	var b strings.Builder
	b.WriteString("| judge | n | failed | F1 | precision | recall | false alarms | called harmless | exact | category F1 | s a pair | tokens a pair |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	for i, f := range rows {
		fmt.Fprintf(&b, "| %s | %d | %d | %.3f | %.3f | %.3f | %.1f %% | %.1f %% | %.3f | %.3f | %.3f | %.0f |\n", names[i], f.Pairs, f.Failed,
			f.F1, f.Precision, f.Recall, 100*f.FalseAlarms, 100*f.CalledHarmless, f.Exact, f.CategoryF1, f.SecondsPerPair, f.TokensPerPair)
	}
	return b.String()
}
