package notify

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// domains keeps what is on its way to each receiving domain within the limit.
type domains struct {
	limit Limit
	load  map[string]load
}

// load is what one domain gets at the moment.
type load struct {
	open int       // messages on their way
	free time.Time // from when the rate allows another
}

// bounded reports whether there is a limit at all.
func (d *domains) bounded() bool { return d.limit.Connections > 0 || d.limit.Rate.Count > 0 }

// pick returns the place in the queue of the first delivery whose domain has
// room, or -1, and then how long until the rate alone lets one through; 0 when
// another must end first.
func (d *domains) pick(queue []Delivery, now time.Time) (at int, wait time.Duration) {
	if !d.bounded() {
		return 0, 0
	}
	for i := range queue {
		l := d.load[domainOf(queue[i].Recipient.Email)]
		if d.limit.Connections > 0 && l.open >= d.limit.Connections {
			continue
		}
		left := l.free.Sub(now)
		if left <= 0 || left > d.limit.Rate.Interval() { // beyond it the clock was set back
			return i, 0
		}
		if wait == 0 || left < wait {
			wait = left
		}
	}
	return -1, wait
}

// begin notes that a message goes out.
func (d *domains) begin(address string, now time.Time) {
	if !d.bounded() {
		return
	}
	l := d.load[domainOf(address)]
	l.open++
	l.free = now.Add(d.limit.Rate.Interval())
	d.load[domainOf(address)] = l
}

// end notes that it is done with.
func (d *domains) end(address string) {
	if !d.bounded() {
		return
	}
	l := d.load[domainOf(address)]
	l.open--
	d.load[domainOf(address)] = l
}

// forget drops the domains that are free anyway.
func (d *domains) forget(now time.Time) {
	maps.DeleteFunc(d.load, func(_ string, l load) bool { return l.open == 0 && !l.free.After(now) })
}

// take removes the delivery at a place from the queue.
func take(queue []Delivery, at int) []Delivery {
	if at == 0 {
		return queue[1:]
	}
	return slices.Delete(queue, at, at+1)
}

func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
