package materiality

import (
	"slices"

	"github.com/codicil/codicil/policy"
)

// evidence is what speaks for a change being about a category, as numbers
// between 0 and about 2.
type evidence [evidences]float64

// The evidence for a category, in the gravest findings.
const (
	always       = iota // 1
	ofStrongest         // the weight of its findings, as a share of the strongest category's
	ofAll               // the same, as a share of all
	ofOne               // the weight of its weightiest finding
	ofSure              // 1 when one of its findings is sure
	ofDistracted        // its mean share in what each finding is about
	evidences
)

// weights are how much each piece of evidence counts: a linear model, its
// coefficients fitted to labelled pairs by logistic regression. One set serves
// all categories, so that none is favoured.
var weights = evidence{-2.93, 0.95, 1.74, 2.06, 0.78, 1.20}

// leastLeaning is the sum from which a change counts as being about a category:
// two chances in five.
const leastLeaning = -0.405

// heaviest is the weight up to which a finding counts, and a unit of it.
const (
	heaviest   = 24
	weightUnit = 12
)

// categories returns what the gravest findings are about: the strongest
// category, and all others for which enough speaks.
func categories(list []judged, gravest policy.Severity, model evidence) []Category {
	all := weigh(list, gravest)
	var out []Category
	strongest, most := Category(""), 0.0
	for _, c := range rubric {
		e, ok := all[c]
		if !ok {
			continue
		}
		if e[ofStrongest] > most {
			strongest, most = c, e[ofStrongest]
		}
		if model.sum(e) >= leastLeaning {
			out = append(out, c)
		}
	}
	if strongest != "" && !slices.Contains(out, strongest) {
		out = append(out, strongest)
	}
	slices.Sort(out)
	return out
}

func (m evidence) sum(e evidence) float64 {
	total := 0.0
	for i := range m {
		total += m[i] * e[i]
	}
	return total
}

// weigh collects the evidence for each category that the gravest findings name.
func weigh(list []judged, gravest policy.Severity) map[Category]evidence {
	sum, top, mass, sure := map[Category]float64{}, map[Category]float64{}, map[Category]float64{}, map[Category]float64{}
	findings, total, most := 0.0, 0.0, 0.0
	for _, r := range list {
		if r.Severity != gravest {
			continue
		}
		findings++
		for _, t := range r.topics {
			mass[t.category] += t.score / r.total()
		}
		if r.Category == "" {
			continue
		}
		w := min(r.weight, weightUnit)
		sum[r.Category] += w
		total += w
		most = max(most, sum[r.Category])
		top[r.Category] = max(top[r.Category], min(r.weight, heaviest)/weightUnit)
		if r.Confidence == High {
			sure[r.Category] = 1
		}
	}
	all := map[Category]evidence{}
	for c, w := range sum {
		if most == 0 {
			all[c] = evidence{1, 1, 1, 0, sure[c], 0}
			continue
		}
		all[c] = evidence{1, w / most, w / total, top[c], sure[c], mass[c] / findings}
	}
	return all
}

// total is the weight of everything that a finding is about.
func (r judged) total() float64 {
	sum := 0.0
	for _, t := range r.topics {
		sum += t.score
	}
	return sum
}
