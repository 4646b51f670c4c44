package mailing

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
)

// TestMetricsAreTheNumbersOfTheProof holds what Prometheus reads against the JSON of
// the proof: number by number, at each step of a notice.
func TestMetricsAreTheNumbersOfTheProof(t *testing.T) {
	const id = "rental@3.0"
	ctx, at := context.Background(), time.Date(2027, 1, 31, 23, 0, 0, 0, time.UTC)
	l, err := ledger.Open(filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Send: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	m := &Metrics{Notice: id}
	if got := scrape(t, m); len(got) != 0 {
		t.Errorf("before there is a ledger: %v", got)
	}
	m.Watch(l)
	if got := scrape(t, m); len(got) != 0 {
		t.Errorf("before the notice: %v", got)
	}
	record := ledger.Notice{
		ID: id, Policy: "rental", Label: "3.0", Class: "service", Created: at,
		Frozen: map[string][]byte{proof.FrozenPlan: []byte(`{"deadline":"2027-01-31","decline_until":"2027-02-27"}`)},
	}
	people := func(yield func(notify.Recipient, error) bool) {
		for i := range 6 {
			if !yield(notify.Recipient{Email: fmt.Sprintf("p%d@example.org", i), Line: i + 2}, nil) {
				return
			}
		}
	}
	if _, err := l.Start(ctx, record, people); err != nil {
		t.Fatal(err)
	}
	due, _, err := l.Due(ctx, id, at, 10)
	if err != nil || len(due) != 6 {
		t.Fatalf("%d are due, %v", len(due), err)
	}
	states := []notify.State{notify.Accepted, notify.Accepted, notify.Refused, notify.Accepted, notify.InDoubt}
	for i, state := range states {
		if i == 3 {
			at = at.Add(2 * time.Hour) // after the last day of notice
		}
		a := notify.Attempt{Receipt: notify.Receipt{Reply: "reply"}, Time: at, State: state, Stage: notify.StageEnd}
		if err := l.Mark(ctx, id, due[i], a, time.Time{}); err != nil {
			t.Fatal(err)
		}
		same(t, m, l, id)
	}
	if _, _, err := l.Decline(ctx, notify.Refusal{Recipient: l.Recipient("p0@example.org"), Version: id, Time: at}); err != nil {
		t.Fatal(err)
	}
	got := same(t, m, l, id)
	for name, want := range map[string]int64{
		`codicil_deliveries{state="accepted"}`: 3, `codicil_deliveries{state="refused"}`: 1, `codicil_deliveries{state="in_doubt"}`: 1, `codicil_deliveries{state="due"}`: 1,
		"codicil_attempts": 5, "codicil_told_in_time": 2, "codicil_told_late": 1, "codicil_declined": 1, "codicil_last_attempt_seconds": at.Unix(),
	} {
		if got[name] != want {
			t.Errorf("%s is %d, want %d", name, got[name], want)
		}
	}
}

// same holds what Prometheus reads against the proof, and returns it.
func same(t *testing.T, m *Metrics, l *ledger.Ledger, id string) map[string]int64 {
	t.Helper()
	p, err := l.Proof(context.Background(), id, false)
	if err != nil {
		t.Fatal(err)
	}
	extent, err := proof.NewExtent(context.Background(), l, id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(proof.NewSummary(p, extent))
	if err != nil {
		t.Fatal(err)
	}
	var j struct {
		Counts   map[string]int64
		Attempts int64
		Timely   map[string]any
		Declined map[string]any
	}
	if err := json.Unmarshal(text, &j); err != nil {
		t.Fatal(err)
	}
	got := scrape(t, m)
	want := map[string]int64{"codicil_attempts": j.Attempts}
	for state, n := range j.Counts {
		want[fmt.Sprintf("codicil_deliveries{state=%q}", state)] = n
	}
	for name, n := range map[string]any{"codicil_told_in_time": j.Timely["in_time"], "codicil_told_late": j.Timely["late"], "codicil_declined": j.Declined["people"]} {
		want[name] = int64(n.(float64))
	}
	for name, n := range want {
		if value, there := got[name]; !there || value != n {
			t.Errorf("%s is %d, and the proof has %d", name, value, n)
		}
	}
	if len(got) != len(want)+1 { // the moment of the last attempt is written in another way
		t.Errorf("metrics %v, proof %v", got, want)
	}
	return got
}

var sample = regexp.MustCompile(`(?m)^(\w+)\{notice="rental@3\.0"(?:,(state="\w+"))?\} (-?\d+)$`)

// scrape reads the numbers as Prometheus does.
func scrape(t *testing.T, m *Metrics) map[string]int64 {
	t.Helper()
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	got := map[string]int64{}
	for _, s := range sample.FindAllStringSubmatch(w.Body.String(), -1) {
		name := s[1]
		if s[2] != "" {
			name += "{" + s[2] + "}"
		}
		got[name], _ = strconv.ParseInt(s[3], 10, 64)
	}
	return got
}
