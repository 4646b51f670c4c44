package main

import (
	"math"
	"slices"

	"github.com/codicil/codicil/policy/materiality"
)

// example is what is known of one thing, with the answer.
type example struct {
	features materiality.Features
	yes      bool
	weight   float64
}

// column is one feature in all examples.
type column struct {
	name   string
	rows   []int
	values []float64
}

// How often the curve is laid anew, and how often each coefficient is looked at
// for one curve.
const (
	curves = 8
	passes = 6
)

// logistic fits a logistic regression with coefficients held small (ridge), by
// Newton's method, each step found by descent along one coefficient after the
// other in the order of their names. Features that fewer than least examples
// have are left out.
func logistic(list []example, strength float64, least int) map[string]float64 {
	columns := columnsOf(list, least)
	n := &newton{columns: columns, weights: make([]float64, len(columns)), sums: make([]float64, len(list)),
		slope: make([]float64, len(list)), curve: make([]float64, len(list))}
	for range curves {
		for i := range list {
			e := &list[i]
			p := 1 / (1 + math.Exp(-n.sums[i]))
			answer := 0.0
			if e.yes {
				answer = 1
			}
			n.slope[i] = strength * e.weight * (p - answer)
			n.curve[i] = strength * e.weight * max(p*(1-p), leastCurve)
		}
		for range passes {
			n.pass()
		}
	}
	out := make(map[string]float64, len(columns))
	for k := range columns {
		out[columns[k].name] = n.weights[k]
	}
	return out
}

// leastCurve keeps the steps from growing where everything is sure.
const leastCurve = 0.02

// newton is one fitting at work.
type newton struct {
	columns      []column
	weights      []float64
	sums         []float64 // of each example
	slope, curve []float64 // of the loss of each example; the slope moves along with its sum
}

// pass looks at each coefficient once.
func (n *newton) pass() {
	for k := range n.columns {
		c := &n.columns[k]
		gradient, curve := n.weights[k], 1.0
		for i, row := range c.rows {
			x := c.values[i]
			gradient += x * n.slope[row]
			curve += x * x * n.curve[row]
		}
		step := -gradient / curve
		n.weights[k] += step
		for i, row := range c.rows {
			n.sums[row] += step * c.values[i]
			n.slope[row] += step * c.values[i] * n.curve[row]
		}
	}
}

// columnsOf turns examples round, sorted by name.
func columnsOf(list []example, least int) []column {
	at := map[string]int{}
	var columns []column
	for row := range list {
		for _, x := range list[row].features {
			k, ok := at[x.Name]
			if !ok {
				k = len(columns)
				at[x.Name] = k
				columns = append(columns, column{name: x.Name})
			}
			columns[k].rows, columns[k].values = append(columns[k].rows, row), append(columns[k].values, x.Value)
		}
	}
	columns = slices.DeleteFunc(columns, func(c column) bool { return len(c.rows) < least })
	slices.SortFunc(columns, func(a, b column) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return columns
}
