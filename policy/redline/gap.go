package redline

// maxCells bounds the table by which a gap is aligned. A larger gap, of some
// thousand blocks on both sides without a common one, is left unpaired.
const maxCells = 1 << 20

// gap pairs the units between two anchors so that the pairs keep their order
// and share as many words as possible.
func (c *comparer) gap(old, new []*unit) {
	if len(old)*len(new) > maxCells {
		c.limited = true
		return
	}
	near := c.like(old, new, func(a, b *unit) bool { return a.shape == b.shape || bound(a, b) >= certain })
	column := make(map[*unit]int, len(new))
	for j, u := range new {
		column[u] = j
	}
	m := len(new) + 1
	steps := make([]step, len(old)*m)
	below, row := make([]float64, m), make([]float64, m)
	gains := make([]float64, m)
	for i := len(old) - 1; i >= 0; i-- {
		c.gains(gains, old[i], new, near[i], column)
		for j := m - 2; j >= 0; j-- {
			row[j], steps[i*m+j] = below[j], skipOld
			if row[j+1] > row[j] {
				row[j], steps[i*m+j] = row[j+1], skipNew
			}
			if g := gains[j]; g > 0 && g+below[j+1] > row[j] {
				row[j], steps[i*m+j] = g+below[j+1], match
			}
		}
		below, row = row, below
	}
	trace(steps, old, new)
}

// step is a decision of the alignment.
type step uint8

const (
	skipOld step = iota
	skipNew
	match
)

// trace joins what the decisions match.
func trace(steps []step, old, new []*unit) {
	m := len(new) + 1
	for i, j := 0, 0; i < len(old) && j < len(new); {
		switch steps[i*m+j] {
		case skipOld:
			i++
		case skipNew:
			j++
		default:
			old[i].mate, new[j].mate = new[j], old[i]
			i, j = i+1, j+1
		}
	}
}

// gains sets what pairing a with each new unit would save the reader, in words.
func (c *comparer) gains(gains []float64, a *unit, new []*unit, near []likeness, column map[*unit]int) {
	for j := range gains {
		gains[j] = 0
	}
	for j, b := range new {
		if same(a, b) {
			gains[j] = float64(len(c.bag(a))) + 1
		}
	}
	for _, l := range near {
		if j := column[l.b]; gains[j] == 0 {
			gains[j] = l.gain()
		}
	}
}

const (
	pairable   = 0.33 // the likeness from which two blocks of one shape are compared word by word
	contained  = 0.75 // the share of the shorter block's words that makes it a piece of the longer
	pieceWords = 4    // how many words a piece needs
)

// gain is what pairing the two units saves the reader, in words.
func (l likeness) gain() float64 {
	shorter := min(len(l.a.bag), len(l.b.bag))
	d := l.dice()
	switch {
	case l.a.shape == l.b.shape && d >= pairable,
		l.a.shape == l.b.shape && l.common >= pieceWords && float64(l.common) >= contained*float64(shorter),
		d >= certain && len(l.a.blocks) == 1 && len(l.b.blocks) == 1 && shorter >= moveWords:
		return float64(l.common)
	}
	return 0
}
