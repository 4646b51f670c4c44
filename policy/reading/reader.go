package reading

import (
	"context"
	"errors"
	"fmt"
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
