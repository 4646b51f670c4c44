package reading

import (
	"context"
	"errors"
	"fmt"

	"github.com/codicil/codicil/policy"
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
