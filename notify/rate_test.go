package notify

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestARateIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Rate{"": {}, "600/min": {600, time.Minute}, "10/s": {10, time.Second}, "5000/h": {5000, time.Hour}, "1/d": {1, 24 * time.Hour}} {
		if got, err := ParseRate("email.rate", text); got != want || err != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, bad := range []string{"0/s", "-1/s", "10", "10/", "10/week", "/s", "ten/s"} {
		if got, err := ParseRate("email.rate", bad); err == nil {
			t.Errorf("%q is read as %+v", bad, got)
		}
	}
}

func TestHowLongMessagesTakeAtARate(t *testing.T) {
	t.Parallel()
	rate := Rate{60, time.Minute}
	for messages, want := range map[int]time.Duration{-1: 0, 0: 0, 1: 0, 2: time.Second, 61: time.Minute} {
		if got := rate.lasts(messages); got != want {
			t.Errorf("%d messages last %v, want %v", messages, got, want)
		}
	}
	if (Rate{}).lasts(100) != 0 || (Rate{}).Interval() != 0 || rate.Interval() != time.Second {
		t.Error("no bound has an interval")
	}
	warm := WarmUp{5, 10}
	for tries, want := range map[int]time.Duration{0: 0, 1: 0, 5: 0, 6: 24 * time.Hour, 15: 24 * time.Hour, 16: 48 * time.Hour, 1000: 48 * time.Hour} {
		if got := warm.lasts(tries); got != want {
			t.Errorf("%d attempts of a warm-up last %v, want %v", tries, got, want)
		}
	}
}

// A slot that the clock ran away from is not waited for; one that lies a few
// intervals ahead is.
func TestASlotOfBeforeTheClockWasSetBackIsForgotten(t *testing.T) {
	t.Parallel()
	for ahead, want := range map[time.Duration]time.Duration{-time.Second: 0, 0: 0, time.Second: time.Second, 3 * time.Second: 3 * time.Second, 3*time.Second + 1: 0, time.Hour: 0} {
		p := pacer{slot: noon.Add(ahead)}
		if got := p.take(noon, time.Second, 2); got != want || !p.slot.Equal(noon.Add(want+time.Second)) {
			t.Errorf("a slot %v ahead: wait %v, then %s", ahead, got, p.slot)
		}
	}
}

// sharing is a ledger whose rate other processes use too.
type sharing struct {
	*memory
	reserved []int
	shared   bool
	refused  error
}

func (s *sharing) Reserve(_ context.Context, _ time.Duration, count int) (time.Duration, bool, error) {
	s.reserved = append(s.reserved, count)
	return 5 * time.Second, s.shared, s.refused
}

func TestARateIsSharedWithOtherProcesses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ledger sharing
		rate   Rate
		asks   int // of the ledger
		count  int // reserved at once
		took   time.Duration
	}{
		"shared":         {sharing{shared: true}, Rate{4, time.Second}, 2, 4, 2*5*time.Second + 4*250*time.Millisecond},
		"alone":          {sharing{}, Rate{4, time.Second}, 1, 4, 5 * 250 * time.Millisecond},
		"slow":           {sharing{shared: true}, Rate{1, 10 * time.Second}, 6, 1, 6 * 5 * time.Second},
		"not to be kept": {sharing{refused: errors.New("locked")}, Rate{4, time.Second}, 1, 4, 0},
	} {
		c.ledger.memory = newMemory(6)
		clock := &clock{now: noon}
		_, err := Run(t.Context(), "privacy@2.0", &server{}, &c.ledger, Options{Connections: 1, Rate: c.rate, Now: clock.Now, Sleep: clock.Sleep})
		if !errors.Is(err, c.ledger.refused) {
			t.Errorf("%s: %v", name, err)
		}
		if got := clock.Now().Sub(noon); len(c.ledger.reserved) != c.asks || c.ledger.reserved[0] != c.count || got != c.took {
			t.Errorf("%s: asked for %v, took %v, %v", name, c.ledger.reserved, got, err)
		}
	}
}
