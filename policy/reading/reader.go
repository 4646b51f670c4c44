package reading

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// Reader answers questions: a language model behind a server, or a program.
type Reader interface {
	// Ask returns the answer as it came. An error says that there is none.
	Ask(ctx context.Context, q *Question) (Reply, error)
	// Name says who answers, as the record keeps it.
	Name() string
}

// Reply is an answer that was not verified yet.
type Reply struct {
	Text []byte
	Cost Cost
}

// Read asks a reader and verifies what comes back. Beside ErrNoAnswer it
// returns what was dropped, and the cost in any case.
func Read(ctx context.Context, reader Reader, q *Question) (*Reading, Cost, error) {
	if len(q.Passages) == 0 {
		return nil, Cost{}, errors.New("nothing changed between these texts")
	}
	reply, err := reader.Ask(ctx, q)
	if err != nil {
		return nil, reply.Cost, fmt.Errorf("ask %s: %w", reader.Name(), err)
	}
	r, err := Verify(q, reply.Text)
	if err != nil {
		err = fmt.Errorf("%s: %w", reader.Name(), err)
	}
	return r, reply.Cost, err
}

// RuleSecond marks, among the reasons of an assessment, those of a reading.
const RuleSecond = "second-reader"

// Agrees reports whether a reading and the rules come to the same severity, in
// words for people.
func Agrees(proposed policy.Severity, r *Reading) string {
	if proposed == r.Severity {
		return fmt.Sprintf("The rules and the second reader agree: %s.", proposed)
	}
	return fmt.Sprintf("Read this first: the rules say %s, the second reader says %s.", proposed, r.Severity)
}

// Join puts a reading beside what the rules propose. Where both name the same
// severity the assessment stays as it is. Where they differ, the graver one
// holds, the reasons of both are shown, and the whole is undecided until a
// person has read it: a reading never makes a change look smaller.
func Join(a *materiality.Assessment, r *Reading) *materiality.Assessment {
	if r == nil || r.Severity == a.Severity {
		return a
	}
	joined := *a
	joined.Undecided = true
	if r.Severity < a.Severity {
		return &joined
	}
	joined.Severity = r.Severity
	var second []materiality.Reason
	for _, reason := range r.Reasons {
		if reason.Severity > a.Severity {
			second = append(second, materiality.Reason{Rule: RuleSecond, Category: reason.Category, Severity: reason.Severity,
				Clause: reason.Clause, Before: reason.Before, After: reason.After, Why: "The second reader: " + reason.Why, Confidence: materiality.Low})
		}
	}
	joined.Reasons = append(second, a.Reasons...)
	for _, c := range r.Categories {
		if !slices.Contains(joined.Categories, c) {
			joined.Categories = append(slices.Clone(joined.Categories), c)
		}
	}
	slices.Sort(joined.Categories)
	return &joined
}
