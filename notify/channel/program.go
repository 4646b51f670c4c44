package channel

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
)

// answer is what the program may write.
type answer struct {
	People []verdict `json:"people"`
}

// verdict is what became of one person.
type verdict struct {
	ID        string `json:"id"`
	Status    string `json:"status"`    // sent, failed or retry
	Reference string `json:"reference"` // by which the provider knows the message
	Reason    string `json:"reason"`    // why it is not sent
}

// The words of a status.
const (
	statusSent   = "sent"
	statusFailed = "failed" // this person can never be told by this channel
	statusRetry  = "retry"
)

// The exit codes that stand for a status of all people of a call that the answer
// does not name (EX_DATAERR and EX_TEMPFAIL of sysexits.h).
const (
	exitFailed = 65
	exitRetry  = 75
	exitNotRun = 127 // as shells say it: nobody was told
)

// The bounds of an answer, in octets.
const (
	maxAnswer = 4 << 20
	maxSaid   = 2 << 10 // of standard error, for people
)

// run calls the program and tells everybody of the call what became of them.
func (s *Sender) run(ctx context.Context, c *call) {
	people := make([]person, len(c.people))
	for i, one := range c.people {
		people[i], one.at = one.person, s.Now()
	}
	out, said := &bounded{most: maxAnswer}, &bounded{most: maxSaid}
	code, err := s.execute(ctx, compact(s.request(people...)), out, said)
	given, whole := read(out)
	for _, one := range c.people {
		switch v, named := given[one.person.ID]; {
		case named:
			one.take(v)
		case err != nil:
			one.failed = s.unanswered(err)
		case !whole:
			one.failed = broken(notify.Doubtful, notify.StageEnd, "its answer is not the JSON that is asked for")
		case code == 0 && len(given) == 0:
			one.reply = statusSent
		case code == 0:
			one.failed = broken(notify.Doubtful, notify.StageEnd, "its answer does not name everybody of the call")
		case code == exitFailed:
			one.take(verdict{Status: statusFailed, Reason: said.line(people)})
		case code == exitRetry:
			one.take(verdict{Status: statusRetry, Reason: said.line(people)})
		default:
			one.failed = broken(notify.Temporary, notify.StageProgram, fmt.Sprintf("it ended with code %d: %s", code, said.line(people)))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent++; err == nil {
		s.silent = 0
	}
}

// broken is what keeps the program from doing its work for anybody.
func broken(kind notify.ErrorKind, stage notify.Stage, why string) *notify.SendError {
	return &notify.SendError{Kind: kind, Stage: stage, Err: errors.New(why), Ours: true}
}

// maxSilent is how many calls in a row may give no answer before it is clear that
// none will.
const maxSilent = 5

// unanswered is what is known of people after a call that did not end by itself:
// they may have been told.
func (s *Sender) unanswered(err error) *notify.SendError {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &notify.SendError{Kind: notify.Doubtful, Stage: notify.StageEnd, Err: err, Ours: s.silent+1 >= maxSilent}
}

// take notes what the program says of a person.
func (t *told) take(v verdict) {
	reason := strings.TrimSpace(v.Reason)
	switch v.Status {
	case statusSent:
		if t.reply = statusSent; v.Reference != "" {
			t.reply += ", reference " + v.Reference
		}
	case statusFailed:
		t.failed = &notify.SendError{Kind: notify.Permanent, Stage: notify.StageProgram, Err: errors.New(orElse(reason, "it cannot be told by this channel"))}
	case statusRetry:
		t.failed = &notify.SendError{Kind: notify.Temporary, Stage: notify.StageProgram, Err: errors.New(orElse(reason, "the program asks to try again"))}
	default:
		t.failed = broken(notify.Doubtful, notify.StageEnd, fmt.Sprintf("its answer has the status %.20q, which is not sent, failed or retry", v.Status))
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// execute runs the program once. Its error says that the program did not end by
// itself: it was not there, took too long, wrote too much or was killed.
func (s *Sender) execute(ctx context.Context, input []byte, out, said *bounded) (code int, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.Command[0], s.Command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), out, said
	out.over = cancel
	cmd.Env = withoutSecrets(os.Environ())
	cmd.WaitDelay = time.Second // for what the program left running
	err = cmd.Run()
	var ended *exec.ExitError
	switch {
	case out.long:
		return 0, fmt.Errorf("its answer is longer than %d octets", maxAnswer)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return 0, fmt.Errorf("no answer within %s", s.Timeout)
	case errors.As(err, &ended) && ended.ExitCode() >= 0:
		return ended.ExitCode(), nil
	case errors.Is(err, exec.ErrWaitDelay), err == nil:
		return 0, nil
	case cmd.Process == nil:
		fmt.Fprint(said, err)
		return exitNotRun, nil
	}
	return 0, err
}

// read takes an answer apart. It reports false for one that is no such JSON; an
// empty one is whole.
func read(out *bounded) (given map[string]verdict, whole bool) {
	text := bytes.TrimSpace(out.text)
	if len(text) == 0 {
		return nil, true
	}
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		return nil, false
	}
	given = make(map[string]verdict, len(a.People))
	for _, v := range a.People {
		given[v.ID] = v
	}
	return given, true
}

// withoutSecrets takes out of an environment the secrets of this program that are
// not a channel's: those of the ledger, of mail and of signing.
func withoutSecrets(environment []string) []string {
	return slices.DeleteFunc(environment, func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return strings.HasPrefix(name, "CODICIL_") && !strings.HasPrefix(name, "CODICIL_CHANNEL_") || strings.HasPrefix(name, "PGPASS")
	})
}

// bounded keeps the beginning of what is written to it.
type bounded struct {
	text []byte
	most int
	long bool
	over func() // called once it is too long; nil for nothing
}

// Write keeps what there is room for.
func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - len(b.text); len(p) > room {
		b.text, b.long = append(b.text, p[:room]...), true
		if b.over != nil {
			b.over()
		}
		return len(p), nil
	}
	b.text = append(b.text, p...)
	return len(p), nil
}

// line returns the last line of what was written, without where people are reached.
func (b *bounded) line(people []person) string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(b.text), "\ufffd"))
	text = strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
	for _, p := range people {
		if word := strings.TrimPrefix(p.Address, "+"); len(word) >= 4 {
			text = strings.ReplaceAll(text, word, "[address]")
		}
	}
	return text
}
