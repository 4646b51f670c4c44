package main

import (
	"math"

	"github.com/codicil/codicil/policy/materiality"
)

// table numbers the names of features as it meets them.
type table struct {
	at    map[string]int
	names []string
}

// cell is one feature of an example, by its number.
type cell struct {
	at    int
	value float64
}

// cells numbers what is known of one thing.
func (t *table) cells(f materiality.Features) []cell {
	if t.at == nil {
		t.at = map[string]int{}
	}
	list := make([]cell, len(f))
	for i, x := range f {
		at, ok := t.at[x.Name]
		if !ok {
			at = len(t.names)
			t.at[x.Name], t.names = at, append(t.names, x.Name)
		}
		list[i] = cell{at, x.Value}
	}
	return list
}

// named gives weights the names of their features.
func (t *table) named(weights []float64) map[string]float64 {
	out := map[string]float64{}
	for at, weight := range weights {
		if weight != 0 {
			out[t.names[at]] = weight
		}
	}
	return out
}

// example is what is known of one thing, with the answer.
type example struct {
	cells  []cell
	yes    bool
	weight float64
}

// How often the curve is laid anew at most, how often each coefficient is looked
// at for one curve, and how small the largest step is that ends the fitting.
const (
	curves  = 8
	passes  = 6
	settled = 1e-4
)

// logistic fits a logistic regression with coefficients held small (ridge), by
// Newton's method, each step found by descent along one coefficient after the
// other, from the given ones on (nil for none). Features that fewer than least
// examples have are left out.
func logistic(list []example, size int, strength float64, least int, start []float64) []float64 {
	n := newNewton(list, size, least, start)
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
		largest := 0.0
		for range passes {
			largest = max(largest, n.pass())
		}
		if largest < settled {
			break
		}
	}
	return n.weights
}

// leastCurve keeps the steps from growing where everything is sure.
const leastCurve = 0.02

// newton is one fitting at work.
type newton struct {
	columns      [][]cell // of each feature, the examples that have it
	weights      []float64
	sums         []float64 // of each example
	slope, curve []float64 // of the loss of each example; the slope moves along with its sum
}

func newNewton(list []example, size, least int, start []float64) *newton {
	n := &newton{columns: make([][]cell, size), weights: make([]float64, size), sums: make([]float64, len(list)),
		slope: make([]float64, len(list)), curve: make([]float64, len(list))}
	for row := range list {
		for _, x := range list[row].cells {
			n.columns[x.at] = append(n.columns[x.at], cell{row, x.value})
		}
	}
	copy(n.weights, start)
	for k, column := range n.columns {
		if len(column) < least {
			n.columns[k], n.weights[k] = nil, 0
		}
		for _, x := range n.columns[k] {
			n.sums[x.at] += n.weights[k] * x.value
		}
	}
	return n
}

// pass looks at each coefficient once, and returns the largest step.
func (n *newton) pass() float64 {
	largest := 0.0
	for k, column := range n.columns {
		if len(column) == 0 {
			continue
		}
		gradient, curve := n.weights[k], 1.0
		for _, x := range column {
			gradient += x.value * n.slope[x.at]
			curve += x.value * x.value * n.curve[x.at]
		}
		step := -gradient / curve
		n.weights[k] += step
		largest = max(largest, math.Abs(step))
		for _, x := range column {
			n.sums[x.at] += step * x.value
			n.slope[x.at] += step * x.value * n.curve[x.at]
		}
	}
	return largest
}
