package notify

import (
	"cmp"
	"time"
)

// Quiet are the hours in which nobody is told, by the clock of each person. The
// zero value has none.
type Quiet struct {
	From, To int            // minutes of the day; To is the first that is not quiet, and From after it spans midnight
	Zone     *time.Location // of people whose zone is not known; nil for UTC
}

// None reports whether there are no quiet hours.
func (q Quiet) None() bool { return q.From == q.To }

// place returns the location of a person's zone.
func (q Quiet) place(zone string) *time.Location {
	if zone != "" {
		if place, err := time.LoadLocation(zone); err == nil {
			return place
		}
	}
	return cmp.Or(q.Zone, time.UTC)
}

// ends returns when the quiet hours end that a moment lies in; zero when it lies
// in none.
func (q Quiet) ends(at time.Time, place *time.Location) time.Time {
	local := at.In(place)
	minute := local.Hour()*60 + local.Minute()
	switch {
	case q.None():
	case q.From < q.To && minute >= q.From && minute < q.To, q.From > q.To && minute < q.To:
		return clockAt(local, 0, q.To)
	case q.From > q.To && minute >= q.From:
		return clockAt(local, 1, q.To)
	}
	return time.Time{}
}

// begins returns when the next quiet hours begin after a moment.
func (q Quiet) begins(at time.Time, place *time.Location) time.Time {
	local := at.In(place)
	if next := clockAt(local, 0, q.From); next.After(at) {
		return next
	}
	return clockAt(local, 1, q.From)
}

// clockAt returns the moment at which the clock shows a minute of a day.
func clockAt(local time.Time, days, minute int) time.Time {
	y, m, d := local.Date()
	return time.Date(y, m, d+days, 0, minute, 0, 0, local.Location())
}

// after returns the moment at which so much time has passed outside of the
// quiet hours.
func (q Quiet) after(at time.Time, d time.Duration, zone string) time.Time {
	if q.None() {
		return at.Add(d)
	}
	place := q.place(zone)
	for {
		if end := q.ends(at, place); !end.IsZero() {
			at = end
		}
		left := q.begins(at, place).Sub(at)
		if d <= left || left <= 0 {
			return at.Add(d)
		}
		at, d = at.Add(left), d-left
	}
}

// WarmUp says how many attempts are made on each of the first days, so that
// those who receive learn to know a sender: 500, 1000, 5000. After the last,
// nothing bounds them. A day is 24 hours from its first attempt, and begins only
// when the number of the day before is used up: an outage brings no flood.
type WarmUp []int

// step returns to which day the attempt after so many belongs, and how many are
// made before that day.
func (w WarmUp) step(tried int) (day, before int) {
	for day < len(w) && tried >= before+w[day] {
		before += w[day]
		day++
	}
	return day, before
}

// lasts returns how long it takes at least until so many attempts may be made.
func (w WarmUp) lasts(tries int) time.Duration {
	if tries <= 0 {
		return 0
	}
	day, _ := w.step(tries - 1)
	return time.Duration(day) * 24 * time.Hour
}
