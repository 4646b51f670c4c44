package notify

import "slices"

// ListChange says how a list of recipients differs from that with which a notice
// was begun.
type ListChange struct {
	Added   Lines // of the list of now
	Removed Lines // of the list of then
}

// Any reports whether anything differs.
func (c *ListChange) Any() bool { return c.Added.Count+c.Removed.Count > 0 }

// Lines are lines of a list: all are counted, and the first are named.
type Lines struct {
	Count int   `json:"count"`
	First []int `json:"lines"` // in order
}

// maxLines is how many lines are named.
const maxLines = 1000

// Add takes in a line.
func (l *Lines) Add(line int) {
	l.Count++
	if len(l.First) == maxLines && line > l.First[maxLines-1] {
		return
	}
	at, _ := slices.BinarySearch(l.First, line)
	l.First = slices.Insert(l.First, at, line)
	l.First = l.First[:min(len(l.First), maxLines)]
}
