package channel

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"

	"github.com/codicil/codicil/notify"
)

// Options say how the program of a channel is called. The zero value of a field
// stands for its default.
type Options struct {
	Command []string      // the program and its arguments; no shell reads them
	Timeout time.Duration // of one call; default 30 seconds
	Batch   int           // at most so many people in one call; default 1
	Now     func() time.Time
}

// DefaultTimeout is how long one call may take unless an option says otherwise.
const DefaultTimeout = 30 * time.Second

// Sender tells people by a program. Its sessions share calls.
type Sender struct {
	Notice
	Options
	mu     sync.Mutex
	open   *call // that takes more people
	silent int   // calls in a row that gave no answer
}

// NewSender makes the sender of one notice.
func NewSender(n Notice, o Options) (*Sender, error) {
	if len(o.Command) == 0 || o.Command[0] == "" {
		return nil, errors.New("the channel names no program")
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	o.Batch = max(o.Batch, 1)
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Sender{Notice: n, Options: o}, nil
}

// Connect makes sure that there is a program to run.
func (s *Sender) Connect(context.Context) (notify.Session, error) {
	if _, err := exec.LookPath(s.Command[0]); err != nil {
		return nil, &notify.SendError{Kind: notify.Permanent, Stage: notify.StageProgram, Err: fmt.Errorf("run the program: %w", err), Ours: true}
	}
	return session{s}, nil
}

// session is one of those that a run tells people by at once.
type session struct{ *Sender }

// Close has nothing to close.
func (session) Close() error { return nil }

// Send tells one person, together with those whom other sessions tell meanwhile.
func (s session) Send(ctx context.Context, r notify.Recipient) (notify.Receipt, error) {
	_, digest, err := s.Request(r)
	if err != nil {
		return notify.Receipt{}, &notify.SendError{Kind: notify.Permanent, Stage: notify.StageCompose, Err: err}
	}
	one := &told{person: s.person(r)}
	s.together(ctx, one)
	receipt := notify.Receipt{Time: one.at, MessageID: one.person.ID, SHA256: digest, Reply: one.reply}
	if one.failed != nil {
		return receipt, one.failed
	}
	return receipt, nil
}

// told is one person of a call, and what became of them.
type told struct {
	person person
	at     time.Time // when the program was called
	reply  string
	failed *notify.SendError
}

// call is one run of the program.
type call struct {
	people []*told
	full   chan struct{}
	done   chan struct{}
}

// gather is how long a call waits for more people to share it.
const gather = 20 * time.Millisecond

// together has a person share a call with others. Whoever comes first makes it.
func (s *Sender) together(ctx context.Context, one *told) {
	s.mu.Lock()
	c, first := s.open, s.open == nil
	if first {
		c = &call{full: make(chan struct{}), done: make(chan struct{})}
		s.open = c
	}
	if c.people = append(c.people, one); len(c.people) == s.Batch {
		s.open = nil
		close(c.full)
	}
	s.mu.Unlock()
	if !first {
		<-c.done
		return
	}
	wait := time.NewTimer(gather)
	defer wait.Stop()
	select {
	case <-c.full:
	case <-wait.C:
		s.mu.Lock()
		if s.open == c {
			s.open = nil
		}
		s.mu.Unlock()
	}
	s.run(ctx, c)
	close(c.done)
}
