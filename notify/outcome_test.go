package notify

import (
	"strings"
	"testing"
	"time"
)

func TestWhatAnAttemptLeavesBehind(t *testing.T) {
	t.Parallel()
	r := &run{Options: Options{}.withDefaults()}
	rcpt := func(code int, enhanced string) *SendError {
		e := &SendError{Stage: StageRcpt, Code: code, Enhanced: enhanced}
		if code >= 500 {
			e.Kind = Permanent
		}
		return e
	}
	doubt := &SendError{Kind: Doubtful, Stage: StageEnd}
	old := noon.Add(-5 * 24 * time.Hour)
	for name, c := range map[string]struct {
		before Delivery
		failed *SendError
		state  State
		retry  time.Duration // none where it is settled
	}{
		"taken":                          {Delivery{Doubts: 3}, nil, Accepted, 0},
		"busy":                           {Delivery{}, rcpt(450, "4.2.0"), Due, time.Minute},
		"busy once more":                 {Delivery{Attempts: 3}, rcpt(450, "4.2.0"), Due, 8 * time.Minute},
		"busy for five days":             {Delivery{Since: old}, rcpt(450, "4.2.0"), Refused, 0},
		"busy for nearly five days":      {Delivery{Since: old.Add(time.Second)}, rcpt(450, "4.2.0"), Due, time.Minute},
		"no such mailbox":                {Delivery{}, rcpt(550, "5.1.1"), Refused, 0},
		"none, and one may have arrived": {Delivery{Doubts: 1}, rcpt(550, "5.1.1"), InDoubt, 0},
		"busy, one may have arrived":     {Delivery{Doubts: 1}, rcpt(450, ""), InDoubt, time.Minute},
		"no answer":                      {Delivery{}, doubt, InDoubt, time.Minute},
		"no answer, the last time":       {Delivery{Doubts: maxDoubts - 1}, doubt, InDoubt, 0},
		"no answer, the last but one":    {Delivery{Doubts: maxDoubts - 2}, doubt, InDoubt, time.Minute},
		"not let in for five days":       {Delivery{Since: old}, &SendError{Stage: StageAuth, Code: 454}, Due, time.Minute},
		"no sender for five days":        {Delivery{Since: old}, &SendError{Kind: Permanent, Stage: StageMail, Code: 550}, Due, time.Minute},
		"our program, five days":         {Delivery{Since: old}, &SendError{Stage: StageProgram, Ours: true}, Due, time.Minute},
	} {
		state, at := r.outcome(c.before, c.failed, noon)
		if state != c.state || at.IsZero() != (c.retry == 0) || !at.IsZero() && !at.Equal(noon.Add(c.retry)) {
			t.Errorf("%s: %s, again at %s", name, state, at)
		}
	}
}

func TestWhichRefusalsStopANotice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failed SendError
		want   string // nothing where the others go on
	}{
		"no such mailbox":    {SendError{Kind: Permanent, Stage: StageRcpt, Code: 550, Enhanced: "5.1.1"}, ""},
		"a busy server":      {SendError{Stage: StageMail, Code: 451}, ""},
		"no SPF":             {SendError{Kind: Permanent, Stage: StageEnd, Code: 550, Enhanced: "5.7.23"}, "does not prove its domain"},
		"nearly no SPF":      {SendError{Kind: Permanent, Stage: StageEnd, Code: 550, Enhanced: "5.7.24"}, ""},
		"a wrong password":   {SendError{Kind: Permanent, Stage: StageAuth, Code: 535}, "does not let us in"},
		"no login":           {SendError{Kind: Permanent, Stage: StageMail, Code: 530, Enhanced: "5.7.0"}, "does not let us in"},
		"a sender not ours":  {SendError{Kind: Permanent, Stage: StageMail, Code: 553, Enhanced: "5.7.1"}, "under this sender"},
		"no TLS":             {SendError{Kind: Permanent, Stage: StageTLS}, "does not let us in"},
		"no TLS for now":     {SendError{Stage: StageTLS, Code: 454}, ""},
		"a program at fault": {SendError{Stage: StageProgram, Ours: true}, "program of the channel"},
	} {
		err := c.failed.stops()
		if got := err != nil; got != (c.want != "") || got && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASessionIsLostOnlyWhereItsServerHangsUp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failed SendError
		lost   bool
		reason string
	}{
		"a reset":               {SendError{Stage: StageBody}, true, "no reply"},
		"a busy mailbox":        {SendError{Stage: StageRcpt, Code: 450, Reply: "busy"}, false, "450 busy"},
		"a goodbye":             {SendError{Stage: StageRcpt, Code: 421}, true, "421"},
		"a message of ours":     {SendError{Stage: StageCompose}, false, "no reply"},
		"a word of the program": {SendError{Stage: StageProgram}, false, "no reply"},
	} {
		if c.failed.Lost() != c.lost || c.failed.Reason() != c.reason {
			t.Errorf("%s: lost %v, %q", name, c.failed.Lost(), c.failed.Reason())
		}
	}
}
