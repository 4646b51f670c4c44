package redline

import "github.com/codicil/codicil/policy"

// cells pairs the cells of two table rows: it returns for each cell of a the
// index of its partner in b, or -1.
func (c *comparer) cells(a, b *unit) []int {
	n, m := len(a.blocks), len(b.blocks)
	out := make([]int, n)
	if n == m {
		for i := range out {
			out[i] = i
		}
		return out
	}
	if n*m > min(maxCells, c.budget) {
		c.limited = true
		for i := range out {
			out[i] = -1
			if i < m {
				out[i] = i
			}
		}
		return out
	}
	c.budget -= n * m
	score := make([][]int, n+1)
	score[n] = make([]int, m+1)
	gain := make([][]int, n)
	for i := n - 1; i >= 0; i-- {
		score[i], gain[i] = make([]int, m+1), make([]int, m)
		for j := m - 1; j >= 0; j-- {
			gain[i][j] = c.cellGain(a.blocks[i], b.blocks[j])
			score[i][j] = max(score[i+1][j], score[i][j+1], gain[i][j]+score[i+1][j+1])
		}
	}
	for i, j := 0, 0; i < n; {
		switch {
		case j < m && gain[i][j] > 0 && score[i][j] == gain[i][j]+score[i+1][j+1]:
			out[i] = j
			i, j = i+1, j+1
		case j < m && score[i][j] == score[i][j+1]:
			j++
		default:
			out[i] = -1
			i++
		}
	}
	return out
}

// cellGain is what pairing two cells saves the reader: a cell that stayed
// counts more than one that was edited.
func (c *comparer) cellGain(a, b *policy.Block) int {
	p, q := c.sortedWords(a), c.sortedWords(b)
	common := overlap(p, q)
	switch {
	case a.Text() == b.Text():
		return 2*common + 3
	case dice(common, p, q) >= pairable:
		return common + 1
	}
	return 0
}
