// Package ask carries the question of a second reader to a server that speaks
// the chat completions of OpenAI, as Ollama, llama.cpp and vLLM do too, or to a
// program on this machine. It is the only package below policy that opens a
// connection or starts a program, and nothing but the verb read calls it.
package ask

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/codicil/codicil/policy/reading"
)

// The bounds of one question.
const (
	DefaultTimeout = 3 * time.Minute // of one attempt
	DefaultRetries = 3               // further attempts after a fault that may pass
	maxAnswer      = 1 << 20         // bytes
)

// errTooLong says that an answer did not end within its bound.
var errTooLong = fmt.Errorf("the answer is longer than %d bytes", maxAnswer)

// readAll reads an answer of bounded length.
func readAll(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxAnswer+1))
	if err == nil && len(text) > maxAnswer {
		err = errTooLong
	}
	return text, err
}

// passing marks a fault after which another attempt is worth while.
type passing struct {
	err  error
	wait time.Duration // that the server asks for; 0 where it does not
}

func (p *passing) Error() string { return p.err.Error() }
func (p *passing) Unwrap() error { return p.err }

// retried makes further attempts while the fault may pass. It waits twice as
// long each time, at least as long as the server asks for and at most a minute.
func retried(ctx context.Context, retries int, pause time.Duration, try func() (reading.Reply, error)) (reading.Reply, error) {
	for attempt := 0; ; attempt++ {
		reply, err := try()
		var p *passing
		if err == nil || attempt >= retries || !errors.As(err, &p) {
			return reply, err
		}
		select {
		case <-ctx.Done():
			return reply, ctx.Err()
		case <-time.After(min(max(pause<<attempt, p.wait), time.Minute)):
		}
	}
}

// material is the question as both kinds of reader get it.
type material struct {
	Instructions string            `json:"instructions"`
	Material     *reading.Question `json:"material"`
	Schema       json.RawMessage   `json:"schema"`
}
