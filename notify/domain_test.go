package notify

import (
	"fmt"
	"testing"
	"time"

	"github.com/codicil/codicil/policy/notice"
)

// arrival is a message to a domain, and when it came.
type arrival struct {
	domain string
	at     time.Time
}

func TestADomainGetsNoMoreThanItsRate(t *testing.T) {
	m := newMemory(12)
	for i, r := range m.rows {
		r.Recipient.Email = fmt.Sprintf("p%d@d%d.example", i, i%2)
	}
	c := &clock{now: noon}
	var got []arrival
	s := &server{answer: func(_ int, r Recipient) error {
		got = append(got, arrival{domainOf(r.Email), c.Now()})
		return nil
	}}
	o := Options{Connections: 3, PerDomain: Limit{Connections: 1, Rate: Rate{6, time.Minute}}, Now: c.Now, Sleep: c.Sleep}
	report, err := Run(t.Context(), "privacy@2.0", s, m, o)
	if err != nil || report.Counts.Accepted != 12 {
		t.Fatalf("%+v, %v", report.Counts, err)
	}
	last := map[string]time.Time{}
	for _, a := range got {
		if before, ok := last[a.domain]; ok && a.at.Sub(before) < 10*time.Second {
			t.Errorf("%s got a message %v after the one before", a.domain, a.at.Sub(before))
		}
		last[a.domain] = a.at
	}
	if took := c.Now().Sub(noon); took != 50*time.Second {
		t.Errorf("it took %v: the domains do not wait for each other", took)
	}
}

func TestADomainGetsNoMoreThanItsConnections(t *testing.T) {
	d := domains{limit: Limit{Connections: 2}, load: map[string]load{}}
	queue := []Delivery{
		{ID: 1, Recipient: Recipient{Email: "a@big.example"}}, {ID: 2, Recipient: Recipient{Email: "b@big.example"}},
		{ID: 3, Recipient: Recipient{Email: "c@big.example"}}, {ID: 4, Recipient: Recipient{Email: "d@small.example"}},
	}
	var order []int64
	for range 3 {
		at, _ := d.pick(queue, noon)
		order = append(order, queue[at].ID)
		d.begin(queue[at].Recipient.Email, noon)
		queue = take(queue, at)
	}
	if fmt.Sprint(order) != "[1 2 4]" {
		t.Errorf("handed out %v", order)
	}
	if at, wait := d.pick(queue, noon); at != -1 || wait != 0 {
		t.Errorf("a third message to one domain goes out: %d, %v", at, wait)
	}
	d.end("a@big.example")
	if at, _ := d.pick(queue, noon); at != 0 {
		t.Error("the place that became free stays empty")
	}
	d.end("d@small.example")
	d.forget(noon)
	if _, kept := d.load["small.example"]; kept || len(d.load) != 1 {
		t.Errorf("kept %v", d.load)
	}
}

func TestAClockSetBackDoesNotHoldTheRate(t *testing.T) {
	var p pacer
	for range 3 {
		p.take(noon, time.Second, 10)
	}
	if wait := p.take(noon.Add(-24*time.Hour), time.Second, 10); wait != 0 {
		t.Errorf("after the clock went back a day the next message waits %v", wait)
	}
	d := domains{limit: Limit{Rate: Rate{60, time.Minute}}, load: map[string]load{}}
	queue := []Delivery{{Recipient: Recipient{Email: "a@example.org"}}}
	d.begin("a@example.org", noon)
	if at, wait := d.pick(queue, noon); at != -1 || wait != time.Second {
		t.Errorf("the rate does not hold: %d, %v", at, wait)
	}
	if at, _ := d.pick(queue, noon.Add(-24*time.Hour)); at != 0 {
		t.Error("after the clock went back a day the domain is shut")
	}
}

func TestACappedDomainHoldsNobodyElseUp(t *testing.T) {
	m := newMemory(1200)
	for i, r := range m.rows {
		if r.Recipient.Email = fmt.Sprintf("p%d@big.example", i); i >= 1190 {
			r.Recipient.Email = fmt.Sprintf("p%d@small%d.example", i, i)
		}
	}
	var order []string
	s := &server{answer: func(_ int, r Recipient) error {
		order = append(order, domainOf(r.Email))
		return nil
	}}
	o := Options{Connections: 1, PerDomain: Limit{Rate: Rate{60, time.Minute}}}
	if _, _, err := runWith(m, s, o); err != nil {
		t.Fatal(err)
	}
	last := 0
	for i, domain := range order {
		if domain != "big.example" {
			last = i
		}
	}
	if len(order) != 1200 || last > 20 {
		t.Errorf("%d messages, and the last to a free domain is number %d", len(order), last)
	}
}

func TestThePlanEndsWithTheSlowestDomain(t *testing.T) {
	list := func(yield func(Recipient, error) bool) {
		for i := range 100 {
			if !yield(Recipient{Email: fmt.Sprintf("p%d@big.example", i), Line: i + 1}, nil) {
				return
			}
		}
	}
	n := &notice.Notice{PolicyID: "privacy", Label: "2", Class: notice.ServiceClass}
	p, err := NewPlan(n, list, PlanOptions{Rate: Rate{100, time.Second}, PerDomain: Rate{1, time.Minute}, Start: noon})
	if err != nil || p.Duration != 99*time.Minute {
		t.Errorf("the plan ends after %v, %v", p.Duration, err)
	}
}
