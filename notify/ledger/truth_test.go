package ledger

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/notify"
)

// story is one run of random events over a ledger that two processes share, or
// that one after the other has open.
type story struct {
	t       *rapid.T
	where   string
	open    [2]*Ledger
	claimed [2]map[int64]notify.Delivery
	now     time.Time

	said    map[string][]notify.Attempt // what the server said of each person, in the order of the marks
	bounced map[string]bool
}

// said are the answers of a server, and in which state they leave a delivery.
var answers = []struct {
	attempt notify.Attempt
	again   bool
}{
	{notify.Attempt{State: notify.Accepted, Receipt: notify.Receipt{Reply: "250 2.0.0 queued"}}, false},
	{notify.Attempt{State: notify.Due, Stage: notify.StageRcpt, Code: 450, Enhanced: "4.2.0", Receipt: notify.Receipt{Reply: "450 4.2.0 busy"}}, true},
	{notify.Attempt{State: notify.InDoubt, Stage: notify.StageEnd, Receipt: notify.Receipt{Reply: "connection reset"}}, true},
	{notify.Attempt{State: notify.Refused, Stage: notify.StageRcpt, Code: 550, Enhanced: "5.1.1", Receipt: notify.Receipt{Reply: "550 5.1.1 no such user"}}, false},
	{notify.Attempt{State: notify.Refused, Stage: notify.StageRcpt, Code: 550, Enhanced: "5.2.0", Receipt: notify.Receipt{Reply: "550 5.2.0 not today"}}, false},
}

func (s *story) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) process() int {
	if server == nil {
		return 0
	}
	return rapid.IntRange(0, 1).Draw(s.t, "process")
}

// reopen begins a process, after a clean end or a kill of the one before.
func (s *story) reopen(i int, killed bool) {
	if l := s.open[i]; l != nil {
		if killed && server != nil {
			// A killed process gives nothing up: its claims run out.
			_, err := l.db.Exec("UPDATE delivery SET lease_owner = 'dead', lease_until = 0 WHERE lease_owner IS NOT NULL AND lease_owner = $1", l.engine.owner())
			s.must(err)
		}
		s.must(l.Close())
	}
	l, err := Open(s.where, Options{})
	s.must(err)
	s.open[i], s.claimed[i] = l, map[int64]notify.Delivery{}
}

func (s *story) claim(i int) {
	list, _, err := s.open[i].Due(ctx, "privacy@2.0", s.now, rapid.IntRange(1, 4).Draw(s.t, "claims"))
	s.must(err)
	for _, d := range list {
		s.claimed[i][d.ID] = d
	}
}

// send is a message to one of those claimed, whatever happened since.
func (s *story) send(i int) {
	for id := range int64(5) {
		d, ok := s.claimed[i][id+1]
		if !ok {
			continue
		}
		answer := rapid.SampledFrom(answers).Draw(s.t, "answer")
		a := answer.attempt
		a.Time = s.now
		a.MessageID = fmt.Sprintf("%s-%d", d.Recipient.Email, len(s.said[d.Recipient.Email]))
		var retry time.Time
		if answer.again {
			retry = s.now.Add(time.Minute)
		}
		delete(s.claimed[i], d.ID)
		if err := s.open[i].Mark(ctx, "privacy@2.0", d, a, retry); !errors.Is(err, notify.ErrTaken) {
			s.must(err)
		}
		s.said[d.Recipient.Email] = append(s.said[d.Recipient.Email], a)
		return
	}
}

func (s *story) step() {
	i := s.process()
	l := s.open[i]
	s.now = s.now.Add(time.Second)
	who := fmt.Sprintf("p%d@example.org", rapid.IntRange(0, 4).Draw(s.t, "who"))
	switch rapid.SampledFrom([]string{"claim", "claim", "send", "send", "send", "erase", "bounce", "unsubscribe", "kill", "end", "lapse", "later"}).Draw(s.t, "event") {
	case "claim":
		s.claim(i)
	case "send":
		s.send(i)
	case "erase":
		_, err := l.Erase(ctx, l.Recipient(who), []string{"privacy"}, s.now)
		s.must(err)
	case "bounce":
		recorded, err := l.RecordBounce(ctx, notify.Bounce{Notice: "privacy@2.0", Recipient: l.Recipient(who), Time: s.now, Status: "5.2.2", Reason: "gone"})
		s.must(err)
		s.bounced[who] = s.bounced[who] || recorded
	case "unsubscribe":
		_, err := l.Suppress(ctx, notify.Suppression{Recipient: l.Recipient(who), Reason: "unsubscribed", Time: s.now})
		s.must(err)
	case "kill":
		s.reopen(i, true)
	case "end":
		s.reopen(i, false)
	case "lapse":
		if server != nil {
			_, err := l.db.Exec("UPDATE delivery SET lease_until = 0 WHERE lease_until IS NOT NULL")
			s.must(err)
		}
	case "later":
		s.now = s.now.Add(time.Minute)
	}
}

// check compares what is on record about everybody with what happened.
func (s *story) check() {
	l := s.open[0]
	if _, err := l.Verify(ctx); err != nil {
		s.t.Fatal(err)
	}
	for n := range 5 {
		who := fmt.Sprintf("p%d@example.org", n)
		r, err := l.Record(ctx, "privacy@2.0", who)
		s.must(err)
		var sent, back []string
		taken := false
		for _, a := range r.Attempts {
			if a.Stage == notify.StageBounce {
				back = append(back, a.Reply)
				continue
			}
			sent = append(sent, a.MessageID+" "+a.Reply)
		}
		var want []string
		for _, a := range s.said[who] {
			want = append(want, a.MessageID+" "+a.Reply)
			taken = taken || a.State == notify.Accepted
		}
		came := s.bounced[who] && len(want) > 0
		switch {
		case fmt.Sprint(sent) != fmt.Sprint(want):
			s.t.Fatalf("%s: on record are %q, the server said %q", who, sent, want)
		case came != (len(back) > 0) && r.State != notify.Suppressed && r.State != notify.Refused:
			s.t.Fatalf("%s: came back %v, on record %q, %s", who, came, back, r.State)
		case taken && !s.bounced[who] && r.State != notify.Accepted:
			s.t.Fatalf("%s was accepted, and stands as %s: %q", who, r.State, sent)
		case r.State == notify.Accepted && !taken:
			s.t.Fatalf("%s stands as accepted, and no server took it: %q", who, sent)
		case r.State == notify.Refused && len(want) == 0:
			s.t.Fatalf("%s stands as refused, and nothing was sent: %+v", who, r)
		}
	}
}

// The events of a story fall in any order on both engines: the record of each
// person is what the server said to them, whatever else happened, and the run
// comes to an end.
func TestRecordIsWhatTheServerSaid(t *testing.T) {
	stories := 0
	rapid.Check(t, func(rt *rapid.T) {
		// A database is slow to make: what the engines share, the file tells.
		if stories++; stories > 40 || server != nil && stories > 12 {
			return
		}
		s := &story{t: rt, where: file(t), now: start, said: map[string][]notify.Attempt{}, bounced: map[string]bool{}}
		defer func() {
			for _, l := range s.open {
				if l != nil {
					_ = l.Close()
				}
			}
		}()
		s.reopen(0, false)
		if server != nil {
			s.reopen(1, false)
		}
		_, err := s.open[0].Start(ctx, privacy(), each(people(5)))
		s.must(err)
		for range rapid.IntRange(1, 30).Draw(rt, "events") {
			s.step()
		}
		s.check()
		s.end()
		s.check()
	})
}

// end lets the first process go on alone until nothing is due, as a run does.
func (s *story) end() {
	if s.open[1] != nil {
		s.reopen(1, true)
	}
	for range 100 {
		s.now = s.now.Add(time.Hour)
		list, next, err := s.open[0].Due(ctx, "privacy@2.0", s.now, 10)
		s.must(err)
		if len(list) == 0 && next.IsZero() {
			return
		}
		for _, d := range list {
			s.claimed[0][d.ID] = d
		}
		s.send(0)
	}
	s.t.Fatal("the notice never ends")
}

func TestWhoIsTakenOffInMidSendGetsNothing(t *testing.T) {
	l := started(t, 4)
	queue := due(t, l, start)
	for _, d := range queue {
		if still, err := l.Still(ctx, "privacy@2.0", d); !still || err != nil {
			t.Errorf("%s: %v, %v", d.Recipient.Email, still, err)
		}
	}
	who := func(i int) []byte { return l.Recipient(queue[i].Recipient.Email) }
	if _, err := l.Erase(ctx, who(0), nil, start); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Suppress(ctx, notify.Suppression{Recipient: who(1), Reason: "complaint", Time: start}); err != nil {
		t.Fatal(err)
	}
	mustMark(t, l, queue[2], accepted(start), time.Time{})
	for i, want := range []bool{false, false, false, true} {
		if still, err := l.Still(ctx, "privacy@2.0", queue[i]); still != want || err != nil {
			t.Errorf("%s: still due is %v, %v", queue[i].Recipient.Email, still, err)
		}
	}
}

func TestADoubtfulAttemptDoesNotBringBackWhoWasSuppressed(t *testing.T) {
	l := started(t, 1)
	d := due(t, l, start)[0]
	if _, err := l.Suppress(ctx, notify.Suppression{Recipient: l.Recipient(d.Recipient.Email), Reason: "complaint", Time: start}); err != nil {
		t.Fatal(err)
	}
	lost := notify.Attempt{Time: start, State: notify.InDoubt, Stage: notify.StageEnd, Receipt: notify.Receipt{MessageID: "a", Reply: "reset"}}
	mustMark(t, l, d, lost, start.Add(time.Minute))
	if c := counts(t, l); c.Suppressed != 1 || c.InDoubt != 0 {
		t.Errorf("%+v", c)
	}
	if again := due(t, l, start.Add(time.Hour)); len(again) != 0 {
		t.Errorf("the person is tried again: %+v", again)
	}
}
