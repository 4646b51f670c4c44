package notify

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

func TestARunGoesOnAloneUntilNothingIsDue(t *testing.T) {
	down := errors.New("connection refused")
	s := &server{
		connect: func(n int) error {
			if n < 5 {
				return &SendError{Stage: StageConnect, Err: down}
			}
			return nil
		},
		answer: func(n int, _ Recipient) error {
			if n < 4 {
				return &SendError{Stage: StageRcpt, Code: 450, Enhanced: "4.2.0", Reply: "4.2.0 greylisted"}
			}
			return nil
		},
	}
	m, c := newMemory(3), &clock{now: noon}
	waits := 0
	o := Options{Connections: 1, MaxWait: time.Second, Backoff: time.Hour, Now: c.Now, Sleep: c.Sleep, Waiting: func(time.Time, error) { waits++ }}
	report, err := RunUntilDone(context.Background(), "privacy@2.0", s, m, o)
	if err != nil || report.Counts != (Counts{Accepted: 3}) || report.Attempts != 6 || waits < 5 {
		t.Errorf("%+v after %d waits, %v", report, waits, err)
	}
}

func TestWhatSomebodyMustMendEndsARunThatGoesOnAlone(t *testing.T) {
	s := &server{answer: func(int, Recipient) error {
		return &SendError{Kind: Permanent, Stage: StageMail, Code: 530, Enhanced: "5.7.0"}
	}}
	m, c := newMemory(3), &clock{now: noon}
	_, err := RunUntilDone(context.Background(), "privacy@2.0", s, m, Options{Connections: 1, Now: c.Now, Sleep: c.Sleep})
	var stop *policy.Diagnostic
	if !errors.As(err, &stop) || s.sent != 1 {
		t.Errorf("%v after %d messages", err, s.sent)
	}
}
