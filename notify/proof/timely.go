package proof

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// Timely says how many were told by the last day of notice, as the plan on record
// has it, and how many after it.
type Timely struct {
	Deadline string `json:"deadline"`
	Timezone string `json:"timezone,omitempty"` // whose day that is; UTC unless given
	InTime   int    `json:"in_time"`
	Late     int    `json:"late"`

	end time.Time // of the last day
}

// NewTimely compares what a ledger holds about a notice with its last day; nil
// where no last day is on record.
func NewTimely(ctx context.Context, l *ledger.Ledger, notice string) (*Timely, error) {
	plan, err := l.Frozen(ctx, notice, FrozenPlan)
	if err != nil || plan == nil {
		return nil, err
	}
	var planned struct{ Deadline, Timezone string }
	if err := json.Unmarshal(plan, &planned); err != nil {
		return nil, fmt.Errorf("read the plan of notice %s: %w", notice, err)
	}
	t := &Timely{Deadline: planned.Deadline, Timezone: planned.Timezone}
	day, err := policy.ParseDate(t.Deadline)
	if err != nil || day.IsZero() {
		return nil, nil // it has no last day
	}
	zone, err := time.LoadLocation(t.Timezone)
	if err != nil {
		return nil, fmt.Errorf("read the plan of notice %s: %w", notice, err)
	}
	next := day.AddDays(1).Time()
	t.end = time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, zone)
	return t, t.count(ctx, l, notice)
}

func (t *Timely) count(ctx context.Context, l *ledger.Ledger, notice string) error {
	counts, err := l.Counts(ctx, notice)
	if err != nil {
		return err
	}
	latest, err := l.Latest(ctx)
	if err != nil {
		return err
	}
	t.InTime, t.Late = counts.Accepted, 0
	if latest.Before(t.end) {
		return nil // so were all
	}
	if t.Late, err = l.Late(ctx, notice, t.end); err != nil {
		return err
	}
	t.InTime = counts.Accepted - t.Late
	return nil
}

// Told reports whether a person was told in time; nil where they were not told.
func (t *Timely) Told(r *ledger.Record) *bool {
	if t == nil || r.State != notify.Accepted || len(r.Attempts) == 0 {
		return nil
	}
	inTime := r.Attempts[len(r.Attempts)-1].Time.Before(t.end)
	return &inTime
}
