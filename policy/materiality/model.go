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
// labelled pairs by the command train beside this package.
type Model struct {
	Weights map[Target]map[string]float64 // by what is to be told, by the name of a feature
}

// Target is a question that a model answers by yes or no.
type Target string

// The targets: whether one change is at least as grave as a severity, and
// whether a whole pair of texts is.
func changeTarget(s policy.Severity) Target { return Target("change ≥ " + s.String()) }
func pairTarget(s policy.Severity) Target   { return Target("pair ≥ " + s.String()) }

// graded are the severities that a model tells from what is below them.
var graded = []policy.Severity{policy.Editorial, policy.Minor, policy.Major}

//go:embed model.txt
var modelText string

// fitted is the model of the program.
var fitted = sync.OnceValue(func() *Model {
	m, err := ReadModel(strings.NewReader(modelText))
	if err != nil {
		return &Model{}
	}
	return m
})

// ReadModel reads coefficients, one a line: the target, a tab, the feature, a
// tab, the weight. Lines that begin with # are remarks.
func ReadModel(r io.Reader) (*Model, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading a model: %w", err)
	}
	m := &Model{Weights: map[Target]map[string]float64{}}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		part := strings.Split(line, "\t")
		if len(part) != 3 {
			return nil, fmt.Errorf("reading a model: line %d has %d parts, want 3", n, len(part))
		}
		weight, err := strconv.ParseFloat(part[2], 64)
		if err != nil {
			return nil, fmt.Errorf("reading a model: line %d: %w", n, err)
		}
		t := Target(part[0])
		if m.Weights[t] == nil {
			m.Weights[t] = map[string]float64{}
		}
		m.Weights[t][part[1]] = weight
	}
	return m, nil
}

// WriteTo writes the coefficients, sorted, those too small to matter left out.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	b.WriteString("# Made by make train; read it, do not edit it. The target, the feature, its weight in the sum of a logistic model.\n")
	for _, t := range slices.Sorted(maps.Keys(m.Weights)) {
		for _, f := range slices.Sorted(maps.Keys(m.Weights[t])) {
			if weight := m.Weights[t][f]; math.Abs(weight) >= least(t) {
				fmt.Fprintf(&b, "%s\t%s\t%s\n", t, f, strconv.FormatFloat(weight, 'f', 3, 64))
			}
		}
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// least is the weight below which a coefficient is left out.
func least(t Target) float64 {
	if strings.HasPrefix(string(t), "about ") {
		return 0.1 // there are many of them, and a word tells little by itself
	}
	return 0.03
}

// sum is how much speaks for the answer yes. Features are added in the order of
// their names, so that the sum does not depend on the order of a map.
func (m *Model) sum(t Target, f Features) float64 {
	weights := m.Weights[t]
	total := 0.0
	for _, x := range f {
		total += weights[x.Name] * x.Value
	}
	return total
}

// Features are what is known of one change, sorted by name.
type Features []Feature

// Feature is one thing that is known.
type Feature struct {
	Name  string
	Value float64
}

// sorted lists features by their names.
func (f features) sorted() Features {
	list := make(Features, 0, len(f))
	for name, value := range f {
		list = append(list, Feature{name, value})
	}
	slices.SortFunc(list, func(a, b Feature) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
