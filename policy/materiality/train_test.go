package materiality

import (
	"math"
	"testing"
)

// lesson is the evidence for one category of one pair, and whether careful
// readers named it.
type lesson struct {
	evidence evidence
	named    bool
}

// lessons reads the evidence off the pairs whose change has substance.
func lessons(list []*labelled, in func(*labelled) bool) []lesson {
	var out []lesson
	for _, p := range list {
		if !in(p) || len(p.Categories) == 0 {
			continue
		}
		named := map[Category]bool{}
		for _, c := range p.Categories {
			named[c] = true
		}
		all := weigh(p.found, p.assessment.Severity)
		for _, c := range Categories() {
			if e, ok := all[c]; ok {
				out = append(out, lesson{e, named[c]})
			}
		}
	}
	return out
}

// fit finds the leanings that make the lessons most likely (logistic regression
// by gradient ascent, with a penalty on large coefficients).
func fit(lessons []lesson) evidence {
	const steps, rate, penalty = 600, 2.0, 1.0
	var m evidence
	for range steps {
		var up evidence
		for _, l := range lessons {
			err := -1 / (1 + math.Exp(-m.sum(l.evidence)))
			if l.named {
				err++
			}
			for i := range up {
				up[i] += err * l.evidence[i]
			}
		}
		for i := range m {
			if i != always {
				up[i] -= penalty * m[i]
			}
			m[i] += rate * up[i] / float64(len(lessons))
		}
	}
	return m
}

func TestFitLearnsWhatSeparatesTheNamedFromTheRest(t *testing.T) {
	var list []lesson
	for i := range 100 {
		strong := float64(i%2) + 0.1
		list = append(list, lesson{evidence{1, strong, 0.5, 0, 0, 0.5}, i%2 == 1})
	}
	m := fit(list)
	if m[ofStrongest] < 1 {
		t.Errorf("what decides counts %.2f", m[ofStrongest])
	}
	if math.Abs(m[ofOne]) > 0.01 || math.Abs(m[ofSure]) > 0.01 {
		t.Errorf("what never differs counts: %v", m)
	}
}
