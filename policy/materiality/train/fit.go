package main

import (
	"math"
	"slices"

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
	m := fitChanges(pairs)
	var lessons []lesson
	for f := range folds {
		held := fitChanges(where(pairs, func(p *pair) bool { return p.fold() != f }))
		for _, p := range where(pairs, func(p *pair) bool { return p.fold() == f }) {
			lessons = append(lessons, lesson{p, held.Summary(p.described.Changes), held.About(p.described)})
		}
	}
	for _, s := range severities() {
		var list []example
		for _, l := range lessons {
			if len(l.described.Changes) > 0 {
				list = append(list, example{l.summary, l.Severity >= s, l.weight()})
			}
		}
		m.Set(materiality.PairTarget(s), logistic(list, pairStrength, 1))
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
	for _, l := range lessons {
		for _, c := range materiality.Categories() {
			all = append(all, example{materiality.Own(l.about, c), slices.Contains(l.Categories, c), 1})
		}
	}
	m.Set(materiality.PooledTarget, logistic(all, 1, aboutExamples))
	for _, c := range materiality.Categories() {
		var list []example
		for _, l := range lessons {
			list = append(list, example{m.Pooled(l.about, c), slices.Contains(l.Categories, c), 1})
		}
		m.Set(materiality.AboutTarget(c), logistic(list, aboutStrength, aboutExamples))
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
	for _, s := range severities() {
		target := materiality.ChangeTarget(s)
		for round := range rounds {
			list := changeExamples(pairs, s, func(p *pair, i int) float64 {
				if round == 0 {
					return float64(p.described.Rules[i])
				}
				return m.Sum(target, p.described.Changes[i])
			})
			m.Set(target, logistic(list, changeStrength, leastExamples))
		}
	}
	return m
}

// changeExamples makes examples for one severity of the changes of pairs: of a
// pair that is as grave, its gravest change; of another, all.
func changeExamples(pairs []*pair, s policy.Severity, grave func(*pair, int) float64) []example {
	var list []example
	for _, p := range pairs {
		gravest := -1
		for i := range p.described.Changes {
			if gravest < 0 || grave(p, i) > grave(p, gravest) {
				gravest = i
			}
		}
		for i, c := range p.described.Changes {
			switch {
			case i == gravest:
				list = append(list, example{c, p.Severity >= s, p.weight()})
			case p.Severity < s:
				list = append(list, example{c, false, p.weight() / math.Sqrt(float64(len(p.described.Changes)))})
			}
		}
	}
	return list
}
