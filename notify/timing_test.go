package notify

import (
	"context"
	"testing"
	"time"
)

func (m *memory) Zones(context.Context, string) (zones []string, err error) {
	seen := map[string]bool{}
	for _, r := range m.rows {
		if !seen[r.Recipient.Zone] {
			seen[r.Recipient.Zone] = true
			zones = append(zones, r.Recipient.Zone)
		}
	}
	return zones, nil
}

func (m *memory) PutOff(_ context.Context, _ string, until map[string]time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		if at, ok := until[r.Recipient.Zone]; ok && !r.retry.IsZero() && r.retry.Before(at) {
			r.retry = at
		}
	}
	return nil
}

func (m *memory) Tries(context.Context, string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.tried), nil
}

func (m *memory) TriedAt(_ context.Context, _ string, n int) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n > len(m.tried) {
		return time.Time{}, nil
	}
	return m.tried[n-1], nil
}

// timed sends until done, a message a minute, and returns at which time by UTC
// each was told.
func timed(t *testing.T, m *memory, o Options) map[string]time.Time {
	t.Helper()
	c := &clock{now: noon}
	at := map[string]time.Time{}
	s := &server{answer: func(_ int, r Recipient) error {
		at[r.Email] = c.Now()
		return nil
	}}
	o.Now, o.Sleep = c.Now, c.Sleep
	if o.Connections == 0 {
		o.Connections = 1
	}
	report, err := RunUntilDone(context.Background(), "privacy@2.0", s, m, o)
	if err != nil || report.Counts.Accepted != len(m.rows) {
		t.Fatalf("%+v, %v", report, err)
	}
	return at
}

// nights is 21:00 to 08:00.
func nights() Quiet { return Quiet{From: 21 * 60, To: 8 * 60} }

func TestNobodyIsToldInTheNightOfTheirOwnZone(t *testing.T) {
	zones := []string{"", "Asia/Tokyo", "America/New_York", "Europe/Berlin", "Australia/Adelaide"}
	m := newMemory(2000)
	for i, r := range m.rows {
		r.Recipient.Zone = zones[i%len(zones)]
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	quiet := nights()
	quiet.Zone = berlin
	at := timed(t, m, Options{Quiet: quiet, Rate: Rate{1, time.Minute}})
	for _, r := range m.rows {
		place := quiet.place(r.Recipient.Zone)
		if hour := at[r.Recipient.Email].In(place).Hour(); hour >= 21 || hour < 8 {
			t.Fatalf("line %d, of %q, was told at %s", r.Recipient.Line, r.Recipient.Zone, at[r.Recipient.Email].In(place))
		}
	}
	// Tokyo sleeps at noon of UTC, and does not hold up those who are awake.
	if first := at["p3@example.org"]; first.Sub(noon) > time.Hour {
		t.Errorf("Berlin waits until %s", first)
	}
}

func TestARunThatIsNotToWaitSaysWhenTheNightEnds(t *testing.T) {
	m := newMemory(3)
	report, took, err := runWith(m, &server{}, Options{Quiet: Quiet{From: 11 * 60, To: 14 * 60}})
	if err != nil || report.Attempts != 0 || took != 0 || !report.Next.Equal(noon.Add(2*time.Hour)) {
		t.Errorf("%+v after %v, %v", report, took, err)
	}
}

func TestAWarmUpBoundsTheFirstDays(t *testing.T) {
	at := timed(t, newMemory(100), Options{WarmUp: WarmUp{5, 10, 40}, Connections: 4})
	days := map[int]int{}
	for _, when := range at {
		days[int(when.Sub(noon)/(24*time.Hour))]++
	}
	if days[0] != 5 || days[1] != 10 || days[2] != 40 || days[3] != 45 {
		t.Errorf("told by day: %v", days)
	}
}

func TestAnOutageInAWarmUpBringsNoFlood(t *testing.T) {
	m := newMemory(60)
	c := &clock{now: noon}
	o := Options{WarmUp: WarmUp{5, 10, 40}, Connections: 1, Now: c.Now, Sleep: c.Sleep}
	for _, want := range []int{5, 10, 40, 5} {
		report, err := Run(context.Background(), "privacy@2.0", &server{}, m, o)
		if err != nil || report.Attempts != want {
			t.Errorf("%d attempts, want %d, %v", report.Attempts, want, err)
		}
		c.now = c.now.Add(10 * 24 * time.Hour)
	}
}

func TestThePlanCountsNightsAndTheWarmUp(t *testing.T) {
	list := rows([]Recipient{{Email: "a@example.org", Zone: "Asia/Tokyo"}, {Email: "b@example.org"}, {Email: "c@example.org"}})
	for name, c := range map[string]struct {
		o    PlanOptions
		want time.Duration
	}{
		"the night of the last zone": {PlanOptions{Quiet: nights()}, 11 * time.Hour}, // 8 in the morning there
		"the days of the warm-up":    {PlanOptions{WarmUp: WarmUp{1, 1}}, 48 * time.Hour},
		"neither":                    {PlanOptions{}, 0},
		"a day is too short":         {PlanOptions{Quiet: nights(), Rate: Rate{1, 10 * time.Hour}}, 42 * time.Hour},
	} {
		c.o.Start = noon
		p, err := NewPlan(privacy(), list, c.o)
		if err != nil || p.Duration != c.want {
			t.Errorf("%s: %v, want %v, %v", name, p.Duration, c.want, err)
		}
	}
}
