package notify

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// dusk is a clock that steps over the fall of night between two looks at it, and
// gives up on who keeps looking instead of sleeping.
type dusk struct {
	t *testing.T
	clock
	looks atomic.Int64
	at    int64
	step  time.Duration
}

func (d *dusk) Now() time.Time {
	looks := d.looks.Add(1)
	if looks > 2000 {
		panic("the clock is looked at for ever")
	}
	if looks == d.at {
		_ = d.Sleep(context.Background(), d.step)
	}
	return d.clock.Now()
}

// Night may fall between any two looks at the clock: nobody is told in it but who was
// being told when it fell, nobody is lost, and the run sleeps instead of turning in
// circles.
func TestNightMayFallAtAnyMomentOfARun(t *testing.T) {
	for _, zones := range [][]string{{"", ""}, {"", "America/New_York"}} {
		for at := int64(1); at <= 25; at++ {
			m := newMemory(len(zones))
			for i, zone := range zones {
				m.rows[i].Recipient.Zone = zone
			}
			c := &dusk{t: t, clock: clock{now: noon}, at: at, step: time.Minute}
			inTheNight := 0
			s := &server{answer: func(_ int, r Recipient) error {
				if minute := c.clock.Now().In(Quiet{}.place(r.Zone)); minute.Hour() == 12 && minute.Minute() > 0 {
					inTheNight++
				}
				return nil
			}}
			o := Options{Connections: 1, Quiet: Quiet{From: 12*60 + 1, To: 13 * 60}, Now: c.Now, Sleep: c.Sleep}
			report, err := RunUntilDone(t.Context(), "privacy@2.0", s, m, o)
			if err != nil || report.Counts.Accepted != len(zones) {
				t.Errorf("look %d, zones %q: %+v, %v", at, zones, report.Counts, err)
			}
			if inTheNight > o.Connections {
				t.Errorf("look %d, zones %q: %d people were told in the night", at, zones, inTheNight)
			}
		}
	}
}

// The bounds of quiet hours: the first minute is quiet, the last is not, and they
// may span midnight.
func TestQuietHoursEndAtTheirBound(t *testing.T) {
	t.Parallel()
	at := func(clock string) time.Time {
		moment, err := time.Parse("2006-01-02 15:04", clock)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	day, night := Quiet{From: 12 * 60, To: 14 * 60}, nights()
	for _, c := range []struct {
		quiet      Quiet
		at, ends   string // no end where it is not quiet
		nextBegins string
	}{
		{day, "2031-03-05 11:59", "", "2031-03-05 12:00"},
		{day, "2031-03-05 12:00", "2031-03-05 14:00", "2031-03-06 12:00"},
		{day, "2031-03-05 13:59", "2031-03-05 14:00", "2031-03-06 12:00"},
		{day, "2031-03-05 14:00", "", "2031-03-06 12:00"},
		{night, "2031-03-05 20:59", "", "2031-03-05 21:00"},
		{night, "2031-03-05 21:00", "2031-03-06 08:00", "2031-03-06 21:00"},
		{night, "2031-03-06 07:59", "2031-03-06 08:00", "2031-03-06 21:00"},
		{night, "2031-03-06 08:00", "", "2031-03-06 21:00"},
		{Quiet{}, "2031-03-06 00:00", "", "2031-03-07 00:00"},
	} {
		if got := c.quiet.ends(at(c.at), time.UTC); got.IsZero() != (c.ends == "") || c.ends != "" && !got.Equal(at(c.ends)) {
			t.Errorf("%+v: at %s it is quiet until %s, want %q", c.quiet, c.at, got, c.ends)
		}
		if got := c.quiet.begins(at(c.at), time.UTC); !got.Equal(at(c.nextBegins)) {
			t.Errorf("%+v: after %s it begins at %s, want %s", c.quiet, c.at, got, c.nextBegins)
		}
	}
}

// Whatever the hours are, time that passes outside of them ends outside of them, and
// no earlier than without them.
func TestTimeOutsideOfQuietHoursEndsOutsideOfThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Quiet{From: rapid.IntRange(0, 1439).Draw(t, "from"), To: rapid.IntRange(0, 1439).Draw(t, "to")}
		start := noon.Add(time.Duration(rapid.IntRange(0, 2879).Draw(t, "start")) * time.Minute)
		d := time.Duration(rapid.IntRange(0, 3000).Draw(t, "minutes")) * time.Minute
		end := q.after(start, d, "")
		if end.Before(start.Add(d)) {
			t.Fatalf("%s is earlier than %s", end, start.Add(d))
		}
		loud := 0
		for at := start; at.Before(end); at = at.Add(time.Minute) {
			if q.ends(at, time.UTC).IsZero() {
				loud++
			}
		}
		if got := time.Duration(loud) * time.Minute; got != d && !q.None() {
			t.Fatalf("from %s to %s are %v outside of %+v, want %v", start, end, got, q, d)
		}
	})
}
