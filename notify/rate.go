package notify

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
)

// Rate bounds how many messages go out in a stretch of time. The zero value
// is no bound.
type Rate struct {
	Count int
	Per   time.Duration
}

// Interval returns the time from one message to the next; 0 without a bound.
func (r Rate) Interval() time.Duration {
	if r.Count <= 0 {
		return 0
	}
	return r.Per / time.Duration(r.Count)
}

// lasts returns how long it takes from the first of a number of messages to the
// last; 0 without a bound.
func (r Rate) lasts(messages int) time.Duration {
	if r.Count <= 0 || messages <= 0 {
		return 0
	}
	return time.Duration(math.Ceil(float64(messages-1) / float64(r.Count) * float64(r.Per)))
}

// Limit bounds what one receiving domain gets at once. The zero value of a
// field is no bound.
type Limit struct {
	Connections int // messages on their way at a time
	Rate        Rate
}

// pacer gives out the moments at which messages may go out.
type pacer struct {
	slot time.Time // the next that is free
}

// take returns how long to wait for the next slot, and takes it. A slot that
// lies further ahead than ahead slots is left from before the clock was set
// back.
func (p *pacer) take(now time.Time, interval time.Duration, ahead int) time.Duration {
	if p.slot.Before(now) || p.slot.Sub(now) > time.Duration(ahead+1)*interval {
		p.slot = now
	}
	wait := p.slot.Sub(now)
	p.slot = p.slot.Add(interval)
	return wait
}

// ParseRate reads a rate such as 600/min; an empty one is no bound. The key is
// where it is written, for errors.
func ParseRate(key, text string) (Rate, error) {
	units := map[string]time.Duration{"s": time.Second, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour}
	if text == "" {
		return Rate{}, nil
	}
	var n int
	var unit string
	_, err := fmt.Sscanf(strings.Replace(text, "/", " ", 1), "%d %s", &n, &unit)
	per, known := units[unit]
	if err != nil || n <= 0 || !known {
		return Rate{}, policy.Hinted(fmt.Errorf("%s: %s is not a rate", key, text),
			"write how many messages in which time: 600/min, 10/s, 5000/h or 5000/d")
	}
	return Rate{Count: n, Per: per}, nil
}
