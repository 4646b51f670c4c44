package notify

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// shared is a ledger that other processes use too: it answers as they make it.
type shared struct {
	*memory
	still func(d Delivery) (bool, error)
	mark  func(d Delivery) error
}

func (s *shared) Still(ctx context.Context, id string, d Delivery) (bool, error) {
	if s.still != nil {
		return s.still(d)
	}
	return s.memory.Still(ctx, id, d)
}

func (s *shared) Mark(ctx context.Context, id string, d Delivery, a Attempt, retry time.Time) error {
	if s.mark != nil {
		if err := s.mark(d); err != nil {
			return err
		}
	}
	return s.memory.Mark(ctx, id, d, a, retry)
}

// toldBy runs with a ledger, one connection, and returns who was told, in order.
func toldBy(t *testing.T, l Ledger, s *server) (string, *Report, error) {
	t.Helper()
	var told []string
	answer := s.answer
	s.answer = func(n int, r Recipient) error {
		told = append(told, strings.TrimSuffix(r.Email, "@example.org"))
		if answer != nil {
			return answer(n, r)
		}
		return nil
	}
	c := &clock{now: noon}
	report, err := Run(t.Context(), "privacy@2.0", s, l, Options{Connections: 1, Now: c.Now, Sleep: c.Sleep})
	return strings.Join(told, " "), report, err
}

func TestWhoAskedNotToBeToldMeanwhileIsNotTold(t *testing.T) {
	m := newMemory(3)
	l := &shared{memory: m, still: func(d Delivery) (bool, error) {
		if d.ID == 1 {
			m.rows[1].State, m.rows[1].retry = Suppressed, time.Time{}
		}
		return d.ID != 1, nil
	}}
	told, report, err := toldBy(t, l, &server{})
	if told != "p0 p2" || report.Counts != (Counts{Accepted: 2, Suppressed: 1}) || report.Attempts != 2 || err != nil {
		t.Errorf("told %s: %+v, %v", told, report, err)
	}
}

func TestALedgerThatCannotBeReadStopsInMidRun(t *testing.T) {
	locked := errors.New("locked")
	l := &shared{memory: newMemory(3), still: func(d Delivery) (bool, error) { return true, map[int64]error{1: locked}[d.ID] }}
	told, report, err := toldBy(t, l, &server{})
	if told != "p0" || !errors.Is(err, locked) || report.Counts != (Counts{Accepted: 1, Due: 2}) {
		t.Errorf("told %s: %+v, %v", told, report.Counts, err)
	}
}

// What another process took over is on record there: what was claimed with it is
// asked for anew, and the run goes on with what is left to it.
func TestWhatAnotherProcessTookOverIsAskedForAnew(t *testing.T) {
	m := newMemory(4)
	taken := false
	l := &shared{memory: m, mark: func(d Delivery) error {
		if d.ID != 1 || taken {
			return nil
		}
		taken = true
		for _, id := range []int{1, 2} { // the other process has told both
			m.rows[id].State, m.rows[id].retry = Accepted, time.Time{}
		}
		return ErrTaken
	}}
	told, report, err := toldBy(t, l, &server{})
	if told != "p0 p1 p3" || report.Attempts != 3 || report.Counts != (Counts{Accepted: 4}) || err != nil {
		t.Errorf("told %s: %+v, %v", told, report, err)
	}
}

// A server that ends a session after some messages says nothing about the next
// recipient; one that ends a fresh session does.
func TestASessionThatIsUsedUpIsNoFailure(t *testing.T) {
	s := &server{}
	s.answer = func(n int, _ Recipient) error {
		if n == 2 {
			return &SendError{Stage: StageMail, Err: errors.New("421 enough for one session")}
		}
		return nil
	}
	told, report, err := toldBy(t, newMemory(3), s)
	if told != "p0 p1 p1 p2" || report.Attempts != 3 || report.Counts != (Counts{Accepted: 3}) || s.opened != 2 || err != nil {
		t.Errorf("told %s over %d sessions: %+v, %v", told, s.opened, report, err)
	}
	m, fresh := newMemory(1), &server{answer: func(int, Recipient) error { return &SendError{Stage: StageMail, Err: errors.New("reset")} }}
	if told, _, _ := toldBy(t, m, fresh); m.rows[0].Attempts == 0 || !strings.HasPrefix(told, "p0") {
		t.Errorf("a fresh session that breaks is no attempt: %s", told)
	}
}

func TestAZoneThatIsNoneIsThatOfThePublisher(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]string{"Europe/Berlin": "Europe/Berlin", "": "", "Nowhere/City": "", "Local": "", "../../etc/passwd": ""} {
		list, faults, err := readRecipients("list.csv", strings.NewReader("email,timezone\nann@example.org,"+zone+"\nbo@example.org,"+zone+"\n"))
		if err != nil || len(list) != 2 || list[0].Zone != want || list[1].Zone != want || (len(faults) > 0) != (want != zone) {
			t.Errorf("%q: %+v, %v, %v", zone, list, faults, err)
		}
	}
}
