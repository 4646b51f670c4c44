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
	settled = 1e-3
)

// logistic fits a logistic regression with coefficients held small (ridge), by
// Newton's method, each step found by descent along one coefficient after the
// other, from the given ones on (nil for none). Features that fewer than least
// examples have are left out.
func logistic(list []example, size int, strength float64, least int, start []float64) []float64 {
	n := newNewton(list, size, least, start)
	for range curves {
		for i := range list {
			e, at := &list[i], &n.at[i]
			p := 1 / (1 + math.Exp(-at.sum))
			answer := 0.0
			if e.yes {
				answer = 1
			}
			at.slope = strength * e.weight * (p - answer)
			at.curve = strength * e.weight * max(p*(1-p), leastCurve)
		}
		largest := 0.0
		for range passes {
			step := n.pass()
			largest = max(largest, step)
			if step < settled {
				break
			}
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
	columns [][]cell // of each feature, the examples that have it
	weights []float64
	at      []point // of each example
}

// point is where an example stands: its sum, and the slope and the curve of its loss; the
// slope moves along with the sum.
type point struct{ sum, slope, curve float64 }

func newNewton(list []example, size, least int, start []float64) *newton {
	n := &newton{columns: columnsOf(list, size), weights: make([]float64, size), at: make([]point, len(list))}
	copy(n.weights, start)
	for k, column := range n.columns {
		if len(column) < least {
			n.columns[k], n.weights[k] = nil, 0
		}
		for _, x := range n.columns[k] {
			n.at[x.at].sum += n.weights[k] * x.value
		}
	}
	return n
}

// columnsOf turns examples round, into one stretch of memory.
func columnsOf(list []example, size int) [][]cell {
	counts := make([]int, size)
	all := 0
	for i := range list {
		for _, x := range list[i].cells {
			counts[x.at]++
			all++
		}
	}
	memory, columns := make([]cell, all), make([][]cell, size)
	for k, n := range counts {
		columns[k], memory = memory[:0:n], memory[n:]
	}
	for i := range list {
		for _, x := range list[i].cells {
			columns[x.at] = append(columns[x.at], cell{i, x.value})
		}
	}
	return columns
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
			p := &n.at[x.at]
			gradient += x.value * p.slope
			curve += x.value * x.value * p.curve
		}
		step := -gradient / curve
		n.weights[k] += step
		largest = max(largest, math.Abs(step))
		for _, x := range column {
			p := &n.at[x.at]
			p.sum += step * x.value
			p.slope += step * x.value * p.curve
		}
	}
	return largest
}
