package notify

import (
	"errors"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func unknown(from, to int) func(int, Recipient) error {
	return func(n int, _ Recipient) error {
		if n >= from && n < to {
			return &SendError{Kind: Permanent, Stage: StageRcpt, Code: 550, Enhanced: "5.1.1", Reply: "5.1.1 no such user"}
		}
		return nil
	}
}

func TestTooManyUnknownAddressesStopTheNotice(t *testing.T) {
	for name, c := range map[string]struct {
		from, to, percent int
		refused           int // when it stops; 0 when it does not
	}{
		"a relay without its users":  {1, 9999, 0, 11},
		"a list with a few old ones": {1, 11, 0, 0},
		"a fault in the middle":      {1000, 9999, 0, 101},
		"more are allowed":           {1, 16, 20, 0},
		"none of it":                 {1, 9999, -1, 0},
	} {
		m := newMemory(3000)
		report, _, err := runWith(m, &server{answer: unknown(c.from, c.to)}, Options{Connections: 1, Breaker: Breaker{c.percent}})
		var stop *policy.Diagnostic
		if stopped := errors.As(err, &stop); stopped != (c.refused > 0) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.refused > 0 && (report.Counts.Refused != c.refused || report.Counts.Due == 0 || !strings.Contains(stop.Hint, "suppressions lift")) {
			t.Errorf("%s: %+v, %v", name, report.Counts, stop.Hint)
		}
	}
}

func TestFaultsOfTheSenderAreNoRefusalsOfRecipients(t *testing.T) {
	for name, c := range map[string]struct {
		e    SendError
		sent int // messages until it stops
	}{
		"authentication is required":  {SendError{Kind: Permanent, Stage: StageMail, Code: 530, Enhanced: "5.7.0"}, 1},
		"credentials are no good":     {SendError{Kind: Permanent, Stage: StageMail, Code: 535, Enhanced: "5.7.8"}, 1},
		"the sender is not ours":      {SendError{Kind: Permanent, Stage: StageMail, Code: 553, Enhanced: "5.7.1"}, 1},
		"SPF fails":                   {SendError{Kind: Permanent, Stage: StageEnd, Code: 550, Enhanced: "5.7.23"}, 1},
		"relaying is denied":          {SendError{Kind: Permanent, Stage: StageRcpt, Code: 554, Enhanced: "5.7.1"}, limit},
		"a refusal without a status":  {SendError{Kind: Permanent, Stage: StageRcpt, Code: 554}, limit},
		"the sender's domain is none": {SendError{Kind: Permanent, Stage: StageRcpt, Code: 550, Enhanced: "5.1.8"}, limit},
		"the sender is refused":       {SendError{Kind: Permanent, Stage: StageMail, Code: 550}, limit},
	} {
		m := newMemory(50)
		s := &server{answer: func(int, Recipient) error { e := c.e; return &e }}
		for range 3 { // however often it is tried
			report, _, err := runWith(m, s, Options{Connections: 1, MaxWait: 1})
			var stop *policy.Diagnostic
			if !errors.As(err, &stop) || stop.Hint == "" {
				t.Errorf("%s: %v", name, err)
			}
			if report.Counts.Due != 50 {
				t.Errorf("%s: %+v", name, report.Counts)
			}
			for _, r := range m.rows {
				r.retry = noon
			}
		}
		if s.sent != 3*c.sent {
			t.Errorf("%s: %d messages in three runs", name, s.sent)
		}
	}
}
