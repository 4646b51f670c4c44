package materiality

import (
	_ "embed" // the coefficients
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
)

// Model weighs what is known of changes. Its coefficients are fitted to
// labelled pairs by the command train beside this package. The zero Model
// knows nothing.
type Model struct {
	rows      map[string]*[targets]float64 // the weights for every target, by the name of a feature
	catalogue *catalogue                   // nil while the weights may change
}

// Target is a question that a model answers by yes or no.
type Target int

// The targets: whether one change is at least as grave as each severity,
// whether a whole pair of texts is, whether what speaks for a category makes a
// change be about it, and whether a change is about each category.
const (
	changeTargets Target = 0
	pairTargets          = changeTargets + gradeCount
	PooledTarget         = pairTargets + gradeCount
	aboutTargets         = PooledTarget + 1
	targets              = aboutTargets + categoryCount

	gradeCount = 3
)

// graded are the severities that a model tells from what is below them.
var graded = [gradeCount]policy.Severity{policy.Editorial, policy.Minor, policy.Major}

// ChangeTarget asks whether one change is at least as grave as a severity.
func ChangeTarget(s policy.Severity) Target { return changeTargets + Target(s-policy.Editorial) }

// PairTarget asks whether a pair of texts is at least as grave.
func PairTarget(s policy.Severity) Target { return pairTargets + Target(s-policy.Editorial) }

// AboutTarget asks whether a change of substance is about a category.
func AboutTarget(c Category) Target { return aboutTargets + Target(slices.Index(rubric[:], c)) }

// String is what a file of coefficients calls a target.
func (t Target) String() string {
	switch {
	case t >= aboutTargets:
		return "about " + string(rubric[t-aboutTargets])
	case t == PooledTarget:
		return "about any"
	case t >= pairTargets:
		return "pair ≥ " + graded[t-pairTargets].String()
	}
	return "change ≥ " + graded[t].String()
}

//go:embed model.txt
var modelText string

// fitted is the model of the program.
var fitted = sync.OnceValue(func() *Model {
	m, err := readModel(modelText)
	if err != nil {
		return &Model{}
	}
	m.list()
	return m
})

// readModel reads coefficients, one a line: the feature, a tab, the target, a tab, the
// weight. Those of one feature stand together. Lines that begin with # are remarks.
func readModel(text string) (*Model, error) {
	known := map[string]Target{}
	for t := range targets {
		known[t.String()] = t
	}
	m := &Model{rows: make(map[string]*[targets]float64, strings.Count(text, "\n")/linesOfFeature)}
	n, last := 0, ""
	var row *[targets]float64
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		name, rest, _ := strings.Cut(line, "\t")
		target, value, _ := strings.Cut(rest, "\t")
		t, ok := known[target]
		if !ok {
			return nil, fmt.Errorf("reading a model: line %d: no such target: %q", n, target)
		}
		weight, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return nil, fmt.Errorf("reading a model: line %d: %w", n, err)
		}
		if row == nil || name != last {
			row, last = m.row(name), name
		}
		row[t] = weight
	}
	return m, nil
}

// linesOfFeature is how many lines a feature has, about.
const linesOfFeature = 3

// row returns the weights of a feature, to be set.
func (m *Model) row(name string) *[targets]float64 {
	if m.rows == nil {
		m.rows = map[string]*[targets]float64{}
	}
	row := m.rows[name]
	if row == nil {
		row = new([targets]float64)
		m.rows[name] = row
	}
	return row
}

// weights returns those of a feature.
func (m *Model) weights(name string) (w [targets]float64) {
	if row := m.rows[name]; row != nil {
		w = *row
	}
	return w
}

// Set gives the weights for a target, in the place of those that it had.
func (m *Model) Set(t Target, weights map[string]float64) {
	for _, row := range m.rows {
		row[t] = 0
	}
	for name, weight := range weights {
		m.row(name)[t] = weight
	}
}

// WriteTo writes the coefficients, sorted, those too small to matter left out.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var text strings.Builder
	text.WriteString("# Made by make train; read it, do not edit it. The feature, the target, its weight in the sum of a logistic model.\n")
	for _, name := range slices.Sorted(maps.Keys(m.rows)) {
		for t, weight := range m.rows[name] {
			if math.Abs(weight) >= least(Target(t)) {
				fmt.Fprintf(&text, "%s\t%s\t%s\n", name, Target(t), strconv.FormatFloat(weight, 'f', 3, 64))
			}
		}
	}
	n, err := io.WriteString(w, text.String())
	return int64(n), err
}

// least is the weight below which a coefficient is left out.
func least(t Target) float64 {
	if t >= PooledTarget {
		return 0.1 // there are many of them, and a word tells little by itself
	}
	return 0.03
}

// Sum is how much speaks for the answer yes.
func (m *Model) Sum(t Target, f Features) float64 {
	total := [1]float64{}
	m.sum(f, t, total[:])
	return total[0]
}

// sum tells for as many targets as total holds, from one on, how much speaks for
// the answer yes. Features are added in the order of their names, so that the
// sums do not depend on the order of a map.
func (m *Model) sum(f Features, from Target, total []float64) {
	for k := range f {
		x := &f[k]
		if row := m.rowOf(x); row != nil {
			for i := range total {
				total[i] += row[int(from)+i] * x.Value
			}
		}
	}
}

// rowOf returns the weights of a feature; nil for none.
func (m *Model) rowOf(x *Feature) *[targets]float64 {
	if x.listed != nil {
		return x.listed.row
	}
	return m.rows[x.Name]
}

// grades are how much speaks for a change being at least as grave as each of the
// severities of graded.
type grades [gradeCount]float64

func (m *Model) grades(f Features) grades {
	var g grades
	m.sum(f, changeTargets, g[:])
	return g
}

// gradesOf are those of each of some changes.
func (m *Model) gradesOf(changes []Features) []grades {
	list := make([]grades, len(changes))
	for i, c := range changes {
		list[i] = m.grades(c)
	}
	return list
}

// major is how much speaks for a change being major.
func (g *grades) major() float64 { return g[gradeCount-1] }

// Features are what is known of one change, always in the same order.
type Features []Feature

// Feature is one thing that is known.
type Feature struct {
	Name  string
	Value float64

	listed *listed // by the model of the program; nil for what is known by name alone
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
