package reading

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// Trial adds up how a reader does on labelled pairs, beside the rules.
type Trial struct {
	Reader Reader
	Failed func(id string, err error) // is told of each pair without an answer

	Asked, Rules Tally
	RulesTook    time.Duration // how long the rules took, by the clock of the caller
	seconds      float64
	tokens       int
}

// Add asks about one pair. A reader that fails at a pair is counted; one that was
// interrupted ends the trial.
func (t *Trial) Add(ctx context.Context, label Label, line *redline.Redline, proposed *materiality.Assessment) error {
	t.Rules.Add(label, proposed.Severity, proposed.Categories)
	q := New(line, DefaultRoom)
	if len(q.Passages) == 0 {
		t.Asked.Add(label, 0, nil)
		return nil
	}
	reply, err := t.Reader.Ask(ctx, q)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	t.seconds += reply.Cost.Seconds
	t.tokens += reply.Cost.TokensIn + reply.Cost.TokensOut
	var r *Reading
	if err == nil {
		r, err = Verify(q, reply.Text)
	}
	if err != nil {
		t.Failed(label.ID, err)
		t.Asked.Fail(label)
		return nil
	}
	t.Asked.Add(label, r.Severity, r.Categories)
	return nil
}

// Figures are those of the reader, with what a pair cost.
func (t *Trial) Figures() Figures {
	f := t.Asked.Figures()
	if n := float64(f.Pairs); n > 0 {
		f.SecondsPerPair, f.TokensPerPair = t.seconds/n, float64(t.tokens)/n
	}
	return f
}

// RulesFigures are those of the rules, with what a pair cost.
func (t *Trial) RulesFigures() Figures {
	f := t.Rules.Figures()
	if f.Pairs > 0 {
		f.SecondsPerPair = t.RulesTook.Seconds() / float64(f.Pairs)
	}
	return f
}

// ReadLabels reads at most n labels, one a line, without those that readers
// dispute; all when n is 0.
func ReadLabels(name string, r io.Reader, n int) ([]Label, error) {
	var list []Label
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for number := 1; lines.Scan() && (n == 0 || len(list) < n); number++ {
		var l Label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, number, err)
		}
		if !l.Disputed {
			list = append(list, l)
		}
	}
	return list, lines.Err()
}
