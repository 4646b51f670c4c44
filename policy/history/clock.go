package history

import (
	"fmt"
	"math"
	"sort"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// A commit bears the time that the clock of its author's machine showed, or
// that its author liked. What is certain is the order: a commit was published
// after those before it, and before those after it. So the times of most
// commits are believed, and those that do not fit between them are mended, the
// later ones of them not raised for the sake of one that was ahead.

// mendClocks gives each step the time at which it counts as published. The head
// bears witness as well, once: a commit that is a step is no second witness, or
// what it says would weigh less as soon as another follows it.
func (b *builder) mendClocks(id plumbing.Hash, head *commit) {
	n := len(b.steps)
	times := make([]int64, n, n+1) // oldest first
	for i := range b.steps {
		times[n-1-i] = b.steps[i].published.Seconds
	}
	if n == 0 || b.steps[0].commit != id {
		times = append(times, head.published.Seconds)
	}
	limit := endOf(b.options.Now)
	believed := believable(times, limit)
	var before time.Time
	for i := range n {
		s := &b.steps[n-1-i]
		s.at = s.published.time()
		if !believed[i] {
			s.at = between(s, before, nextBelieved(times, believed, i, limit))
			b.warnOfClock(s)
		}
		if !before.IsZero() && policy.DateOf(s.at).Before(policy.DateOf(before)) {
			s.at = s.at.In(before.Location()) // an hour later, and yet a day earlier in its own zone
		}
		before = s.at
	}
}

// nextBelieved returns the first believed time after i, or the limit.
func nextBelieved(times []int64, believed []bool, i int, limit int64) int64 {
	for i++; i < len(times); i++ {
		if believed[i] {
			return times[i]
		}
	}
	return limit
}

// between returns a time for a commit whose clock is not believed: its author's
// if that lies between the commits before and after it, else that of the commit
// before it; for the first commit, that of the one after it.
func between(s *step, before time.Time, next int64) time.Time {
	author := s.committed.time()
	switch {
	case s.published.Seconds > next && !author.Before(before) && s.committed.Seconds <= next:
		return author
	case !before.IsZero():
		return before
	case s.published.Seconds > next:
		return time.Unix(next, 0).UTC()
	}
	return s.published.time()
}

// warnOfClock names a commit that was ahead of those after it.
func (b *builder) warnOfClock(s *step) {
	stated, taken := policy.DateOf(s.published.time()), policy.DateOf(s.at)
	if !stated.After(taken) || len(s.changes) == 0 {
		return
	}
	b.warnings = append(b.warnings, &policy.Diagnostic{
		File: s.changes[0].path(), Level: policy.Warning, Rule: "clock",
		Message: fmt.Sprintf("commit %.12s says that it was made on %s, later than those after it: it counts as published on %s", s.commit, stated, taken),
		Hint:    "set the clock of the machine that made it",
	})
}

// endOf returns the second at which a day ends in the last of all time zones.
func endOf(day policy.Date) int64 {
	if day.IsZero() {
		return math.MaxInt64
	}
	return day.AddDays(1).Time().Unix() + 12*60*60
}

// believable tells which of the times, oldest commit first, are to be believed:
// as many as can be, such that none is later than the next; of several choices
// the one that keeps what was published first. None after the limit is.
func believable(times []int64, limit int64) []bool {
	believed := make([]bool, len(times))
	before := make([]int, len(times))
	var piles [][]int // those that end a run of each length, oldest first: each is earlier than the one before it
	last := -1
	for i, t := range times {
		if t > limit {
			continue
		}
		k := sort.Search(len(piles), func(k int) bool { return times[piles[k][len(piles[k])-1]] > t })
		before[i] = -1
		if k > 0 {
			pile := piles[k-1]
			before[i] = pile[sort.Search(len(pile), func(j int) bool { return times[pile[j]] <= t })]
		}
		if k == len(piles) {
			piles, last = append(piles, nil), i
		}
		piles[k] = append(piles[k], i)
	}
	for ; last >= 0; last = before[last] {
		believed[last] = true
	}
	return believed
}

// known leaves out the steps that were published after the day that the history
// is to be known on.
func (b *builder) known() {
	if b.options.Known.IsZero() {
		return
	}
	for len(b.steps) > 0 && policy.DateOf(b.steps[0].at).After(b.options.Known) {
		b.steps = b.steps[1:]
		for i := range b.others {
			b.others[i].at = max(b.others[i].at-1, -1)
		}
	}
}
