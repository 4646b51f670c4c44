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
	naturalWeight  = 1.5
	rounds         = 4 // how often it is asked anew which change of a pair is its gravest
)

func severities() []policy.Severity {
	return []policy.Severity{policy.Editorial, policy.Minor, policy.Major}
}

// fit fits a model to pairs. What weighs whole pairs is fitted to sums of
// changes that were not among those they were fitted to.
func fit(pairs []*pair) *materiality.Model {
	var m *materiality.Model
	parts := make([][]lesson, folds)
	var work sync.WaitGroup
	work.Go(func() { m = fitChanges(pairs) })
	for f := range folds {
		work.Go(func() {
			held := fitChanges(where(pairs, func(p *pair) bool { return p.fold() != f }))
			for _, p := range where(pairs, func(p *pair) bool { return p.fold() == f }) {
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

// fitChanges fits what weighs single changes. A pair is labelled, its changes
// are not: one of them at least is as grave as the pair, none is graver. Which
// one it is, is asked of the model itself, round after round; the rules are
// asked first.
func fitChanges(pairs []*pair) *materiality.Model {
	m := new(materiality.Model)
	var names table
	rows := make([][][]cell, len(pairs))
	for i, p := range pairs {
		for _, c := range p.described.Changes {
			rows[i] = append(rows[i], names.cells(c))
		}
	}
	for _, s := range severities() {
		var weights []float64
		for range rounds {
			list := changeExamples(pairs, rows, s, weights)
			weights = logistic(list, len(names.names), changeStrength, leastExamples, weights)
		}
		m.Set(materiality.ChangeTarget(s), names.named(weights))
	}
	return m
}

// changeExamples makes examples for one severity of the changes of pairs: of a
// pair that is as grave, its gravest change; of another, all.
func changeExamples(pairs []*pair, rows [][][]cell, s policy.Severity, weights []float64) []example {
	var list []example
	for i, p := range pairs {
		gravest, most := -1, math.Inf(-1)
		for k, cells := range rows[i] {
			grave := float64(p.described.Rules[k])
			if weights != nil {
				grave = sum(cells, weights)
			}
			if grave > most {
				gravest, most = k, grave
			}
		}
		for k, cells := range rows[i] {
			switch {
			case k == gravest:
				list = append(list, example{cells, p.Severity >= s, p.weight()})
			case p.Severity < s:
				list = append(list, example{cells, false, p.weight() / math.Sqrt(float64(len(rows[i])))})
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
