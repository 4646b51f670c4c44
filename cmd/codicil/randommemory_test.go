package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/codicil/codicil/policy/listing"
)

// recollect: what list said on a day, it says of that day for ever.
func (w *watch) recollect(p *player, listed said) error {
	var now struct{ Policies []listing.Policy }
	if err := json.Unmarshal([]byte(listed.out), &now); err != nil {
		return err
	}
	if last := len(w.seen) - 1; last >= 0 && w.seen[last].day.Equal(p.day) {
		w.seen = w.seen[:last] // more was published on that day
	}
	if p.main.config != "" || p.doubt {
		w.seen = nil
		return nil
	}
	for _, r := range w.seen {
		s := w.verb(p, p.day, "list", "--json", "--on", r.day.Format(time.DateOnly))
		var then struct{ Policies []listing.Policy }
		if err := json.Unmarshal([]byte(s.out), &then); err != nil {
			return fmt.Errorf("list --on %s: exit code %d\n%s", r.day.Format(time.DateOnly), s.code, s.errs)
		}
		if got := bindings(then.Policies); got != r.listed {
			return fmt.Errorf("on %s list said: %s; of that day it says now: %s", r.day.Format(time.DateOnly), r.listed, got)
		}
	}
	w.seen = append(w.seen, remembered{p.day, bindings(now.Policies)})
	return nil
}

// bindings writes down what is in force and upcoming.
func bindings(policies []listing.Policy) string {
	var list []string
	label := func(l *string) string {
		if l == nil {
			return "-"
		}
		return *l
	}
	for _, p := range policies {
		list = append(list, fmt.Sprintf("%s %s %s", p.ID, label(p.InForce), label(p.Upcoming)))
	}
	return strings.Join(list, "; ")
}
