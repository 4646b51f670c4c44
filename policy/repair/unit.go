package repair

// unit is a part of a text that carries a number, or could.
type unit struct {
	role    role
	level   int    // of a heading, 1 to 6; of a clause its depth, 0 for the outermost
	line    int    // of the input, from 1
	offset  int    // bytes before the mark on that line; -1 where it cannot be edited
	mark    mark   // zero when the unit has none
	nest    int    // how many items it is in
	starts  bool   // whether a count of clauses begins with it
	listed  bool   // whether Markdown has it as an item of a list
	words   string // without the mark, in one line
	section *unit  // the heading that a clause is under, or nil
	above   *unit  // the marked unit that this one counts under, or nil
	anchors []string

	want     mark // after planning: the mark it should have
	expected int  // its place among its siblings, from 1
	why      string
	children int // clauses counted below it so far
}

// role is what a unit is to the text.
type role uint8

// The roles.
const (
	prose role = iota // words without a number
	head
	clause
	bullet
	stray     // a leftover, such as the number of a page
	divider   // a line between parts
	title     // the name of the text
	extraName // a second name
)

func (u *unit) marked() bool { return u.mark.style != "" && u.mark.style != none }

// name is how a message calls the unit: its mark and first words.
func (u *unit) name() string {
	const enough = 40
	text := u.mark.text + u.words
	if r := []rune(text); len(r) > enough {
		return string(r[:enough-1]) + "…"
	}
	return text
}

// sequence is a run of clauses that count on from each other.
type sequence struct {
	kind   string
	last   int
	style  style
	nest   int
	units  []*unit
	parent *unit // the clause that the run is under; nil below a heading
}

// sequencer sorts the clauses below one heading into sequences: it keeps the
// open ones, outermost first.
type sequencer struct {
	open []*sequence
	all  []*sequence
}

// place finds the sequence of a clause, by what its mark continues.
func (s *sequencer) place(u *unit) {
	depth, fresh := s.find(&u.mark, u.nest)
	if fresh {
		u.starts = true
		q := &sequence{kind: u.mark.kind(), style: u.mark.style, nest: u.nest}
		if depth > 0 {
			q.parent = s.open[depth-1].units[len(s.open[depth-1].units)-1]
		}
		s.open = append(s.open[:depth], q)
		s.all = append(s.all, q)
	}
	q := s.open[depth]
	s.open = s.open[:depth+1]
	q.last = u.mark.value
	q.units = append(q.units, u)
	u.level, u.above = depth, q.parent
}

// find returns the depth of the sequence that a mark belongs to, and whether
// it begins a new one there.
func (s *sequencer) find(k *mark, nest int) (depth int, fresh bool) {
	for i := len(s.open) - 1; i >= 0; i-- {
		q := s.open[i]
		if as := k.as(q.style); q.nest == nest && as.kind() == q.kind && as.value == q.last+1 {
			*k = as
			return i, false
		}
	}
	for _, other := range []style{roman, lower} {
		if as := k.as(other); as.value == 1 {
			*k = as // (i) that continues no letters begins roman numbers
		}
	}
	same := -1
	for i, q := range s.open {
		switch {
		case q.nest != nest:
		case q.style == k.style && k.value == q.last+1 && k.value > 1:
			return i, false // counts on, with another delimiter
		case q.kind == k.kind():
			same = i
		}
	}
	switch {
	case same >= 0:
		again := k.style == decimal && s.open[same].units[0].mark.base() == k.base()
		return same, k.value == 1 && !again // a second 4.1 below one heading is a slip
	case k.value > 1 && nest == 0:
		return 0, true // a run below a clause begins with 1
	}
	return len(s.open), true
}

// sequences sorts the clauses of a text, heading by heading.
func sequences(units []*unit) []*sequence {
	var found []*sequence
	var s sequencer
	var section *unit
	for _, u := range units {
		switch u.role {
		case head:
			found = append(found, s.all...)
			s, section = sequencer{}, u
		case clause:
			u.section = section
			s.place(u)
		}
	}
	return append(found, s.all...)
}

// siblings sorts the headings of a text into groups: those of one level below
// the same heading.
func siblings(units []*unit) [][]*unit {
	var groups [][]*unit
	var open [headingLevels]int // index+1 of the open group of each level
	for _, u := range units {
		if u.role != head {
			continue
		}
		at := u.level - 1
		for deeper := at + 1; deeper < len(open); deeper++ {
			open[deeper] = 0
		}
		if open[at] == 0 {
			groups = append(groups, nil)
			open[at] = len(groups)
		}
		groups[open[at]-1] = append(groups[open[at]-1], u)
	}
	return groups
}

// headingLevels is how many levels headings have.
const headingLevels = 6
