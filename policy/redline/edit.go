package redline

import "slices"

// writer turns hunks into edits. White space between words goes with what
// is around it, so that both sides come back exactly.
type writer struct {
	old, new *passage
	edits    []Edit
	a, b     int32 // written up to here, in bytes
	del, ins [2]int32
	move     int      // of the pending change
	keep     [4]int32 // old from, to; new from, to
	restyled bool     // the pending kept words look different now
}

// write returns the edits from one passage to another.
func write(old, new *passage, hunks []hunk) []Edit {
	w := &writer{old: old, new: new}
	i, j := 0, 0
	for _, h := range hunks {
		w.kept(i, j, h.a0-i)
		w.changed(h)
		i, j = h.a1, h.b1
	}
	w.kept(i, j, len(old.tokens)-i)
	w.gap(int32(len(old.flat)), int32(len(new.flat)))
	w.flushKeep()
	w.flushChange()
	return w.edits
}

// kept writes n tokens that are in both passages.
func (w *writer) kept(i, j, n int) {
	for k := range n {
		t, u := w.old.tokens[i+k], w.new.tokens[j+k]
		if restyled := t.look != u.look; restyled != w.restyled {
			if restyled {
				w.gap(t.start, u.start)
			}
			w.flushKeep()
			w.restyled = restyled
		}
		w.gap(t.start, u.start)
		w.keepTo(t.end, u.end)
	}
}

// gap writes the white space up to a and b. Where only one side has some, it
// came or went.
func (w *writer) gap(a, b int32) {
	switch {
	case a > w.a && b > w.b:
		w.keepTo(a, b)
	case a > w.a:
		w.deleteTo(a)
	case b > w.b:
		w.insertTo(b)
	}
}

func (w *writer) changed(h hunk) {
	if h.move != w.move {
		w.turn(h)
	}
	if w.restyled {
		w.flushKeep()
		w.restyled = false
	}
	if h.a1 > h.a0 && h.b1 > h.b0 {
		if a, b := w.old.tokens[h.a0].start, w.new.tokens[h.b0].start; a > w.a && b > w.b {
			w.keepTo(a, b)
		}
	}
	if h.a1 > h.a0 {
		w.deleteTo(w.old.tokens[h.a1-1].end)
	}
	if h.b1 > h.b0 {
		w.insertTo(w.new.tokens[h.b1-1].end)
	}
}

// turn begins or ends a move. The space before moved words is not part of it.
func (w *writer) turn(h hunk) {
	w.flushKeep()
	w.flushChange()
	w.move = 0
	if h.move == 0 {
		return
	}
	if h.a1 > h.a0 && w.old.tokens[h.a0].start > w.a {
		w.deleteTo(w.old.tokens[h.a0].start)
	}
	if h.b1 > h.b0 && w.new.tokens[h.b0].start > w.b {
		w.insertTo(w.new.tokens[h.b0].start)
	}
	w.flushChange()
	w.move = h.move
}

func (w *writer) keepTo(a, b int32) {
	w.flushChange()
	w.move = 0
	if w.keep == [4]int32{} {
		w.keep = [4]int32{w.a, a, w.b, b}
	}
	w.keep[1], w.keep[3] = a, b
	w.a, w.b = a, b
}

func (w *writer) deleteTo(a int32) {
	w.flushKeep()
	if w.del[1] == w.del[0] {
		w.del[0] = w.a
	}
	w.del[1], w.a = a, a
}

func (w *writer) insertTo(b int32) {
	w.flushKeep()
	if w.ins[1] == w.ins[0] {
		w.ins[0] = w.b
	}
	w.ins[1], w.b = b, b
}

func (w *writer) flushKeep() {
	k := w.keep
	w.keep = [4]int32{}
	if k[1] == k[0] && k[3] == k[2] {
		return
	}
	e := Edit{Op: Keep, Spans: w.new.spans(k[2], k[3]), Restyled: w.restyled}
	if old := w.old.spans(k[0], k[1]); !slices.Equal(old, e.Spans) {
		e.Old = old
	}
	w.edits = append(w.edits, e)
}

func (w *writer) flushChange() {
	if w.del[1] > w.del[0] {
		w.edits = append(w.edits, Edit{Op: Delete, Move: w.move, Spans: w.old.spans(w.del[0], w.del[1])})
	}
	if w.ins[1] > w.ins[0] {
		w.edits = append(w.edits, Edit{Op: Insert, Move: w.move, Spans: w.new.spans(w.ins[0], w.ins[1])})
	}
	w.del, w.ins = [2]int32{}, [2]int32{}
}
