package notify

import (
	"errors"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

func TestTheFirstFewAreToldAndTheOthersWait(t *testing.T) {
	var sentBefore int
	s := &server{}
	o := Options{Connections: 4, Canary: Canary{Count: 10, Pause: time.Hour}, Waiting: func(time.Time, error) { sentBefore = s.sent }}
	report, took, err := runWith(newMemory(50), s, o)
	if err != nil || report.Counts.Accepted != 50 || sentBefore != 10 || took != time.Hour {
		t.Errorf("%+v, %d before the pause of %v, %v", report.Counts, sentBefore, took, err)
	}
}

func TestWhatComesBackFromTheFirstFewStopsTheOthers(t *testing.T) {
	m := newMemory(50)
	o := Options{Connections: 1, Canary: Canary{Count: 10, Pause: time.Hour}, Waiting: func(time.Time, error) {
		for _, r := range m.rows[:3] {
			r.State = Refused // reports came in meanwhile
		}
	}}
	report, _, err := runWith(m, &server{}, o)
	var stop *policy.Diagnostic
	if !errors.As(err, &stop) || report.Counts != (Counts{Due: 40, Accepted: 7, Refused: 3}) {
		t.Errorf("%+v, %v", report.Counts, err)
	}
}
