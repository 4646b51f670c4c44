package main

import (
	"math"
	"slices"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// How strongly coefficients may grow, and how many examples must have a feature.
const (
	changeStrength = 0.15
	pairStrength   = 1.0
	leastExamples  = 6
	aboutStrength  = 0.4
	aboutExamples  = 4
	naturalWeight  = 2.0
	rounds         = 4 // how often it is asked anew which change of a pair is its gravest
)

func severities() []policy.Severity {
	return []policy.Severity{policy.Editorial, policy.Minor, policy.Major}
}

// trainer fits models to pairs, and to those of some folds only.
type trainer struct {
	pairs  []*pair
	names  table
	fitted [folds + 1][folds + 1]func() *weights
}

// none is the fold that no pair is in.
const none = folds

// newTrainer numbers what is known of the changes of pairs.
func newTrainer(pairs []*pair) *trainer {
	t := &trainer{pairs: pairs}
	for _, p := range pairs {
		p.fold = p.deal()
		for _, c := range p.described.Changes {
			p.rows = append(p.rows, t.names.cells(c))
		}
	}
	for f := range folds + 1 {
		for g := range f + 1 {
			fit := sync.OnceValue(func() *weights {
				return fitChanges(where(pairs, func(p *pair) bool { return p.fold != f && p.fold != g }), len(t.names.names))
			})
			t.fitted[f][g], t.fitted[g][f] = fit, fit
		}
	}
	return t
}

// without returns a model that knows single changes, fitted to all pairs but those
// of two folds.
func (t *trainer) without(f, g int) *materiality.Model {
	if f == none {
		f = g
	}
	m := new(materiality.Model)
	for i, w := range t.fitted[f][g]() {
		m.Set(materiality.ChangeTarget(severities()[i]), t.names.named(w))
	}
	return m
}

// fit fits a model to all pairs but those of a fold. What weighs whole pairs is
// fitted to sums of changes that were not among those they were fitted to.
func (t *trainer) fit(out int) *materiality.Model {
	var m *materiality.Model
	parts := make([][]lesson, folds)
	var work sync.WaitGroup
	work.Go(func() { m = t.without(out, out) })
	for f := range folds {
		if f == out {
			continue
		}
		work.Go(func() {
			held := t.without(out, f)
			for _, p := range where(t.pairs, func(p *pair) bool { return p.fold == f }) {
				parts[f] = append(parts[f], lesson{p, held.Summary(p.described.Changes), held.About(p.described)})
			}
		})
	}
	work.Wait()
	lessons := slices.Concat(parts...)
	for _, s := range severities() {
		var list []example
		var names table
		for _, l := range lessons {
			if len(l.described.Changes) > 0 {
				list = append(list, example{names.cells(l.summary), l.Severity >= s, l.weight()})
			}
		}
		m.Set(materiality.PairTarget(s), names.named(logistic(list, len(names.names), pairStrength, 1, nil)))
	}
	fitCategories(m, lessons)
	return m
}

// lesson is a pair with what a model sees of it that was not fitted to it.
type lesson struct {
	*pair
	summary materiality.Features
	about   materiality.Features
}

// fitCategories fits what tells the categories, to pairs in which substance
// changed: first one set of weights for all of them, then what is peculiar to each.
func fitCategories(m *materiality.Model, lessons []lesson) {
	lessons = slices.DeleteFunc(slices.Clone(lessons), func(l lesson) bool {
		return l.Severity < policy.Minor || len(l.described.Changes) == 0
	})
	var all []example
	var names table
	for _, l := range lessons {
		for _, c := range materiality.Categories() {
			all = append(all, example{names.cells(materiality.Own(l.about, c)), slices.Contains(l.Categories, c), 1})
		}
	}
	m.Set(materiality.PooledTarget, names.named(logistic(all, len(names.names), 1, aboutExamples, nil)))
	fitted := make([]map[string]float64, len(materiality.Categories()))
	var work sync.WaitGroup
	for i, c := range materiality.Categories() {
		work.Go(func() {
			var list []example
			var names table
			for _, l := range lessons {
				list = append(list, example{names.cells(m.Pooled(l.about, c)), slices.Contains(l.Categories, c), 1})
			}
			fitted[i] = names.named(logistic(list, len(names.names), aboutStrength, aboutExamples, nil))
		})
	}
	work.Wait()
	for i, c := range materiality.Categories() {
		m.Set(materiality.AboutTarget(c), fitted[i])
	}
}

func where(pairs []*pair, keep func(*pair) bool) []*pair {
	var list []*pair
	for _, p := range pairs {
		if keep(p) {
			list = append(list, p)
		}
	}
	return list
}

// weights are those of what is known of a change, for each severity.
type weights [3][]float64

// fitChanges fits what weighs single changes. A pair is labelled, its changes
// are not: one of them at least is as grave as the pair, none is graver. Which
// one it is, is asked of the model itself, round after round; the rules are
// asked first.
func fitChanges(pairs []*pair, size int) *weights {
	w := new(weights)
	for i, s := range severities() {
		for range rounds {
			w[i] = logistic(changeExamples(pairs, s, w[i]), size, changeStrength, leastExamples, w[i])
		}
	}
	return w
}

// changeExamples makes examples for one severity of the changes of pairs: of a
// pair that is as grave, its gravest change; of another, all.
func changeExamples(pairs []*pair, s policy.Severity, weights []float64) []example {
	var list []example
	for _, p := range pairs {
		gravest, most := -1, math.Inf(-1)
		for k, cells := range p.rows {
			grave := float64(p.described.Rules[k])
			if weights != nil {
				grave = sum(cells, weights)
			}
			if grave > most {
				gravest, most = k, grave
			}
		}
		for k, cells := range p.rows {
			switch {
			case k == gravest:
				list = append(list, example{cells, p.Severity >= s, p.weight()})
			case p.Severity < s:
				list = append(list, example{cells, false, p.weight() / math.Sqrt(float64(len(p.rows)))})
			}
		}
	}
	return list
}

func sum(cells []cell, weights []float64) float64 {
	total := 0.0
	for _, x := range cells {
		total += x.value * weights[x.at]
	}
	return total
}
