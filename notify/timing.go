package notify

import (
	"context"
	"errors"
	"sync"
	"time"
)

// timing is what a run knows of the hours at which it may send.
type timing struct {
	places sync.Map // of the zones of people, *time.Location by name
	zones  []string // of all people of the notice
	tried  int      // attempts for the notice, as far as this run knows
	open   int      // day of the warm-up that is known to have begun
	held   bool     // nothing goes out before something came back
}

// errNoSchedule is the error of a ledger that cannot have people wait.
var errNoSchedule = errors.New("quiet hours and a warm-up need a ledger that can put people off")

// schedule returns the ledger as one that can have people wait; nil where nobody
// has to.
func (r *run) schedule() (Scheduler, error) {
	if r.Quiet.None() && len(r.WarmUp) == 0 {
		return nil, nil
	}
	if s, ok := r.ledger.(Scheduler); ok {
		return s, nil
	}
	return nil, errNoSchedule
}

// learn asks the ledger what the timing goes by.
func (r *run) learn(ctx context.Context) error {
	s, err := r.schedule()
	if s == nil || err != nil {
		return err
	}
	if !r.Quiet.None() {
		if r.timing.zones, err = s.Zones(ctx, r.notice); err != nil {
			return err
		}
	}
	r.timing.tried, err = s.Tries(ctx, r.notice)
	return err
}

// opened waits until anything may go out: for the end of a night that all have,
// and for the next day of a warm-up. It reports false where that is further off
// than this run waits.
func (r *run) opened(ctx context.Context) (bool, error) {
	for {
		r.timing.held = false
		at, err := r.opens(ctx)
		if err != nil || at.IsZero() {
			return err == nil, err
		}
		if len(r.busy) > 0 {
			r.timing.held = true
			return true, nil
		}
		wait := at.Sub(r.Now())
		if wait > r.MaxWait {
			r.closed = at
			return false, nil
		}
		if err := r.Sleep(ctx, max(wait, time.Second)); err != nil {
			return false, err
		}
	}
}

// opens returns when the next message may go out; zero for now.
func (r *run) opens(ctx context.Context) (time.Time, error) {
	s, err := r.schedule()
	if s == nil || err != nil {
		return time.Time{}, err
	}
	if dawn := r.dawn(); !dawn.IsZero() {
		return dawn, nil
	}
	day, before := r.WarmUp.step(r.timing.tried + len(r.busy))
	if day <= r.timing.open {
		return time.Time{}, nil
	}
	if len(r.busy) == 0 { // others may send too
		if r.timing.tried, err = s.Tries(ctx, r.notice); err != nil {
			return time.Time{}, err
		}
		if day, before = r.WarmUp.step(r.timing.tried); day <= r.timing.open {
			return time.Time{}, nil
		}
	}
	began, err := s.TriedAt(ctx, r.notice, before-r.WarmUp[day-1]+1)
	if err != nil {
		return time.Time{}, err
	}
	if next := began.Add(24 * time.Hour); began.IsZero() || next.After(r.Now()) {
		return next, nil
	}
	r.timing.open = day
	return time.Time{}, nil
}

// dawn returns when the first of all zones wakes, where it is night in each;
// else zero.
func (r *run) dawn() (first time.Time) {
	for _, zone := range r.timing.zones {
		end := r.Quiet.ends(r.Now(), r.placeOf(zone))
		if end.IsZero() {
			return end
		}
		if first.IsZero() || end.Before(first) {
			first = end
		}
	}
	return first
}

// placeOf returns the location of a zone, read once.
func (r *run) placeOf(zone string) *time.Location {
	if place, ok := r.timing.places.Load(zone); ok {
		return place.(*time.Location)
	}
	place := r.Quiet.place(zone)
	r.timing.places.Store(zone, place)
	return place
}

// asleep returns until when somebody must not be told; zero when they may be.
func (r *run) asleep(d *Delivery) time.Time {
	if r.Quiet.None() {
		return time.Time{}
	}
	return r.Quiet.ends(r.Now(), r.placeOf(d.Recipient.Zone))
}

// putOff takes those for whom it is night out of the queue, and has all of their
// zones wait.
func (r *run) putOff(ctx context.Context) error {
	if r.Quiet.None() || !r.dawn().IsZero() { // all wait together, by opened
		return nil
	}
	until := map[string]time.Time{}
	var awake, sleeping []Delivery
	for _, d := range r.queue {
		end := r.asleep(&d)
		if end.IsZero() {
			awake = append(awake, d)
			continue
		}
		until[d.Recipient.Zone] = end
		sleeping = append(sleeping, d)
	}
	if len(sleeping) == 0 {
		return nil
	}
	r.queue = awake
	s, err := r.schedule()
	if err != nil {
		return err
	}
	if err := s.PutOff(ctx, r.notice, until); err != nil {
		return err
	}
	return r.ledger.Release(ctx, r.notice, sleeping)
}
