package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

// memory is a ledger without a disk.
type memory struct {
	mu    sync.Mutex
	rows  []*row
	fault error // of the next call
	tried []time.Time
}

type row struct {
	Delivery
	retry  time.Time
	reason string
}

func newMemory(n int) *memory {
	m := &memory{}
	for i := range n {
		r := Recipient{Email: fmt.Sprintf("p%d@example.org", i), Line: i + 1}
		m.rows = append(m.rows, &row{Delivery: Delivery{ID: int64(i), Recipient: r, State: Due}, retry: noon})
	}
	return m
}

func (m *memory) Due(_ context.Context, _ string, now time.Time, limit int) ([]Delivery, time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []Delivery
	var next time.Time
	for _, r := range m.rows {
		switch {
		case r.retry.IsZero():
		case !r.retry.After(now) && len(due) < limit:
			due = append(due, r.Delivery)
		case next.IsZero() || r.retry.Before(next):
			next = r.retry
		}
	}
	if len(due) > 0 {
		next = time.Time{}
	}
	return due, next, m.fault
}

func (m *memory) Still(_ context.Context, _ string, d Delivery) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.rows[d.ID].retry.IsZero(), nil
}

func (m *memory) Release(context.Context, string, []Delivery) error { return nil }

func (m *memory) Mark(_ context.Context, _ string, d Delivery, a Attempt, retry time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.rows[d.ID]
	r.Attempts++
	m.tried = append(m.tried, a.Time)
	if a.Doubtful() {
		r.Doubts++
	}
	if r.Since.IsZero() {
		r.Since = a.Time
	}
	r.State, r.retry, r.reason = a.State, retry, a.Reply
	return m.fault
}

func (m *memory) Counts(context.Context, string) (Counts, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var c Counts
	for _, r := range m.rows {
		*c.Of(r.State)++
	}
	return c, m.fault
}

func (m *memory) Failed(context.Context, string, int) ([]Failure, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var failed []Failure
	for _, r := range m.rows {
		if r.State != Accepted {
			failed = append(failed, Failure{r.Recipient, r.State, r.Attempts, r.reason})
		}
	}
	return failed, m.fault
}

// server is a sender that does as it is told.
type server struct {
	mu      sync.Mutex
	connect func(n int) error // the n-th connection, from 1
	answer  func(n int, r Recipient) error
	opened  int
	sent    int
	open    int
	most    int // open at once
}

func (s *server) Connect(context.Context) (Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened++
	if s.connect != nil {
		if err := s.connect(s.opened); err != nil {
			return nil, err
		}
	}
	s.open++
	s.most = max(s.most, s.open)
	return s, nil
}

func (s *server) Send(_ context.Context, r Recipient) (Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent++
	if s.answer != nil {
		return Receipt{MessageID: r.Email}, s.answer(s.sent, r)
	}
	return Receipt{MessageID: r.Email}, nil
}

func (s *server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
	return nil
}

// clock goes forward by being slept on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

func runWith(m *memory, s *server, o Options) (*Report, time.Duration, error) {
	c := &clock{now: noon}
	o.Now, o.Sleep = c.Now, c.Sleep
	report, err := Run(context.Background(), "privacy@2.0", s, m, o)
	return report, c.Now().Sub(noon), err
}

func TestRateBoundsThePace(t *testing.T) {
	s := &server{}
	report, took, err := runWith(newMemory(61), s, Options{Connections: 1, Rate: Rate{60, time.Minute}})
	if err != nil || report.Counts.Accepted != 61 || took != time.Minute {
		t.Errorf("%+v after %v, %v", report.Counts, took, err)
	}
}

func TestNoMoreConnectionsThanAllowedOrNeeded(t *testing.T) {
	for people, want := range map[int]int{1: 1, 3: 3, 100: 4} {
		s := &server{}
		if _, _, err := runWith(newMemory(people), s, Options{Connections: 4}); err != nil || s.most > want || s.open != 0 {
			t.Errorf("%d people: %d connections at once, %d left open, %v", people, s.most, s.open, err)
		}
	}
}

func TestProgressEndsAtTheWhole(t *testing.T) {
	var seen []Counts
	_, _, err := runWith(newMemory(30), &server{}, Options{Progress: func(c Counts) { seen = append(seen, c) }})
	if err != nil || len(seen) != 30 || seen[29] != (Counts{Accepted: 30}) {
		t.Errorf("progress is %v, %v", seen, err)
	}
	if slices.ContainsFunc(seen, func(c Counts) bool { return c.Total() != 30 }) {
		t.Errorf("the total changes: %v", seen)
	}
}

func TestConnectionThatWasRefusedOnceIsNoLoss(t *testing.T) {
	s := &server{
		connect: func(n int) error {
			if n == 2 {
				return &SendError{Kind: Permanent, Stage: StageConnect, Code: 554}
			}
			return nil
		},
		answer: func(n int, _ Recipient) error {
			switch n {
			case 1:
				return &SendError{Stage: StageRcpt, Err: errors.New("reset")}
			case 2:
				return &SendError{Stage: StageRcpt, Code: 450}
			}
			return nil
		},
	}
	report, _, err := runWith(newMemory(4), s, Options{Connections: 1, MaxWait: 10 * time.Second})
	if err != nil || report.Counts != (Counts{Due: 2, Accepted: 2}) {
		t.Errorf("%+v, %v", report.Counts, err)
	}
}

func TestServerThatIsDownAtFirstIsReportedAtOnce(t *testing.T) {
	down := errors.New("connection refused")
	s := &server{connect: func(int) error { return &SendError{Stage: StageConnect, Err: down} }}
	report, took, err := runWith(newMemory(5), s, Options{})
	if !errors.Is(err, down) || took != 0 || report.Counts.Due != 5 || report.Attempts != 0 {
		t.Errorf("%+v after %v, %v", report, took, err)
	}
}

func TestServerThatGoesDownIsWaitedFor(t *testing.T) {
	lost := func(n int, _ Recipient) error {
		if n == 3 {
			return &SendError{Stage: StageRcpt, Err: errors.New("reset")}
		}
		return nil
	}
	down := func(from, to int) func(int) error {
		return func(n int) error {
			if n >= from && n < to {
				return errors.New("connection refused")
			}
			return nil
		}
	}
	report, took, err := runWith(newMemory(6), &server{answer: lost, connect: down(2, 6)}, Options{Connections: 1})
	if err != nil || report.Counts.Accepted != 6 || took < 15*time.Second {
		t.Errorf("back after a while: %+v after %v, %v", report.Counts, took, err)
	}
	report, took, err = runWith(newMemory(6), &server{answer: lost, connect: down(2, 1000)}, Options{Connections: 1})
	if err == nil || !strings.Contains(err.Error(), "could not be opened again") || report.Counts != (Counts{Accepted: 2, Due: 4}) || took < 10*time.Minute {
		t.Errorf("never back: %+v after %v, %v", report.Counts, took, err)
	}
	if report.Next.IsZero() {
		t.Error("the report does not say when to go on")
	}
}

func TestBannerRefusalsStopTheNotice(t *testing.T) {
	s := &server{
		answer: func(int, Recipient) error { return &SendError{Stage: StageRcpt, Err: errors.New("reset")} },
		connect: func(n int) error {
			if n == 1 {
				return nil
			}
			return &SendError{Kind: Permanent, Stage: StageConnect, Code: 554, Reply: "5.7.1 go away"}
		},
	}
	_, _, err := runWith(newMemory(3), s, Options{Connections: 1, MaxWait: time.Hour})
	var stop *policy.Diagnostic
	if !errors.As(err, &stop) || s.opened != 1+limit || !strings.Contains(err.Error(), "554") {
		t.Errorf("%v after %d connections", err, s.opened)
	}
	if last := (*SendError)(nil); !errors.As(err, &last) {
		t.Error("the last reply is not part of the error")
	}
}

func TestRecipientIsGivenUpAfterFiveDays(t *testing.T) {
	busy := &SendError{Stage: StageRcpt, Code: 450, Enhanced: "4.2.0", Reply: "4.2.0 busy"}
	s := &server{answer: func(int, Recipient) error { return busy }}
	report, took, err := runWith(newMemory(1), s, Options{MaxWait: 24 * time.Hour})
	if err != nil || report.Counts.Refused != 1 || took < 5*24*time.Hour || took > 6*24*time.Hour {
		t.Errorf("%+v after %v, %v", report.Counts, took, err)
	}
	if report.Failures[0].Reason != "450 4.2.0 busy" || s.sent > 45 {
		t.Errorf("%d attempts, %+v", s.sent, report.Failures)
	}
}

func TestPostponedIsLeftForTheNextRunBeyondMaxWait(t *testing.T) {
	s := &server{answer: func(n int, r Recipient) error {
		if n == 1 {
			return &SendError{Stage: StageRcpt, Code: 450}
		}
		return nil
	}}
	report, took, err := runWith(newMemory(2), s, Options{Connections: 1, MaxWait: time.Second})
	if err != nil || took != 0 || report.Counts != (Counts{Due: 1, Accepted: 1}) || !report.Next.Equal(noon.Add(time.Minute)) {
		t.Errorf("%+v after %v, %v", report, took, err)
	}
}

func TestLedgerThatCannotBeReadStopsBeforeTheFirstMessage(t *testing.T) {
	m, s := newMemory(3), &server{}
	m.fault = errors.New("disk full")
	if _, _, err := runWith(m, s, Options{}); !errors.Is(err, m.fault) || s.sent != 0 {
		t.Errorf("%v after %d messages", err, s.sent)
	}
}

// filling is a ledger whose disk becomes full after some marks.
type filling struct {
	*memory
	left int
}

func (f *filling) Mark(ctx context.Context, id string, d Delivery, a Attempt, retry time.Time) error {
	f.mu.Lock()
	f.left--
	full := f.left < 0
	f.mu.Unlock()
	if full {
		return errors.New("disk full")
	}
	return f.memory.Mark(ctx, id, d, a, retry)
}

func TestFullDiskStopsTheSendingAtOnce(t *testing.T) {
	f, s := &filling{newMemory(100), 20}, &server{}
	c := &clock{now: noon}
	report, err := Run(context.Background(), "privacy@2.0", s, f, Options{Connections: 4, Now: c.Now, Sleep: c.Sleep})
	if err == nil || !strings.Contains(err.Error(), "disk full") || report.Counts.Accepted != 20 {
		t.Errorf("%+v, %v", report.Counts, err)
	}
	if s.sent > 20+4 {
		t.Errorf("%d messages were sent for 20 marks on 4 connections", s.sent)
	}
}

func TestAClockThatJumpsLosesNoRetryAndKeepsNobodyBusy(t *testing.T) {
	for name, jump := range map[string]time.Duration{"back": -24 * time.Hour, "forward": 24 * time.Hour} {
		m, c := newMemory(5), &clock{now: noon}
		s := &server{answer: func(n int, _ Recipient) error {
			if n == 1 {
				return &SendError{Stage: StageRcpt, Code: 450}
			}
			if n == 3 {
				_ = c.Sleep(context.Background(), jump)
			}
			return nil
		}}
		o := Options{Connections: 1, Now: c.Now, Sleep: c.Sleep}
		report, err := Run(context.Background(), "privacy@2.0", s, m, o)
		if err != nil || report.Counts.Accepted+report.Counts.Due != 5 || s.sent > 6 {
			t.Errorf("%s: %+v after %d messages, %v", name, report.Counts, s.sent, err)
		}
		if report.Counts.Due == 1 { // the clock went back: the retry is a day away
			c.now = report.Next
			if report, err = Run(context.Background(), "privacy@2.0", s, m, o); err != nil {
				t.Error(err)
			}
		}
		if report.Counts != (Counts{Accepted: 5}) || s.sent != 6 {
			t.Errorf("%s: %+v in the end, after %d messages", name, report.Counts, s.sent)
		}
	}
}

func TestBackoffDoublesUpToItsBound(t *testing.T) {
	for attempts, want := range map[int]time.Duration{0: time.Minute, 1: 2 * time.Minute, 7: 128 * time.Minute, 8: 4 * time.Hour, 1000: 4 * time.Hour} {
		if got := backoff(time.Minute, attempts); got != want {
			t.Errorf("after %d attempts %v, want %v", attempts, got, want)
		}
	}
}

func TestSleepingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	if err := sleep(ctx, time.Nanosecond); err != nil {
		t.Error(err)
	}
	cancel()
	if err := sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
