package materiality

// hunk is a run of tokens that went and the run that came in its place.
type hunk struct {
	oldFrom, oldTo int // in the tokens of the old sentence
	newFrom, newTo int
}

// cells bounds the work of aligning two sentences.
const cells = 1 << 18

// align finds the hunks in which two sentences differ, by a longest common
// subsequence of their tokens. Two very long ones differ as a whole; the second
// result then is false.
func align(a, b []token) ([]hunk, bool) {
	head := 0
	for head < len(a) && head < len(b) && a[head].key == b[head].key {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].key == b[len(b)-1-tail].key {
		tail++
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	if len(x) == 0 && len(y) == 0 {
		return nil, true
	}
	if len(x) == 0 || len(y) == 0 || len(x)*len(y) > cells {
		whole := hunk{head, head + len(x), head, head + len(y)}
		return []hunk{whole}, len(x)*len(y) <= cells
	}
	return walk(x, y, table(x, y), head), true
}

// table holds the length of the longest common subsequence of x[i:] and y[j:]
// at i*(len(y)+1)+j.
func table(x, y []token) []uint16 {
	width := len(y) + 1
	t := make([]uint16, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			at := i*width + j
			if x[i].key == y[j].key {
				t[at] = t[at+width+1] + 1
			} else {
				t[at] = max(t[at+width], t[at+1])
			}
		}
	}
	return t
}

// walk reads the hunks off the table.
func walk(x, y []token, t []uint16, shift int) []hunk {
	var list []hunk
	width := len(y) + 1
	open := hunk{shift, shift, shift, shift}
	flush := func(i, j int) {
		if open.oldTo > open.oldFrom || open.newTo > open.newFrom {
			list = append(list, open)
		}
		open = hunk{i + shift, i + shift, j + shift, j + shift}
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i].key == y[j].key:
			i, j = i+1, j+1
			flush(i, j)
		case j == len(y) || i < len(x) && t[(i+1)*width+j] >= t[i*width+j+1]:
			i++
			open.oldTo = i + shift
		default:
			j++
			open.newTo = j + shift
		}
	}
	flush(i, j)
	return list
}
