package redline

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

// Units of two shapes are one that changed its shape only where each is a single
// block, long enough, and nearly the same words.
func TestUnitsOfTwoShapesPairOnlyAsSingleBlocks(t *testing.T) {
	bag := []int32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	of := func(shape string, blocks int, bag []int32) *unit {
		return &unit{shape: shape, blocks: make([]*policy.Block, blocks), bag: bag}
	}
	for name, c := range map[string]struct {
		a, b *unit
		want float64
	}{
		"two single blocks":    {of("paragraph", 1, bag), of("item", 1, bag), 10},
		"a row, and a block":   {of("row", 2, bag), of("item", 1, bag), 0},
		"a block, and a row":   {of("paragraph", 1, bag), of("row", 2, bag), 0},
		"too short":            {of("paragraph", 1, bag[:moveWords-1]), of("item", 1, bag[:moveWords-1]), 0},
		"just long enough":     {of("paragraph", 1, bag[:moveWords]), of("item", 1, bag[:moveWords]), moveWords},
		"rows of one shape":    {of("row", 2, bag), of("row", 2, bag), 10},
		"not alike enough":     {of("paragraph", 1, bag), of("item", 1, []int32{1, 2, 3, 4, 5, 6, 7, 80, 90, 100}), 0},
		"one shape, less like": {of("item", 1, bag), of("item", 1, []int32{1, 2, 3, 4, 50, 60, 70, 80, 90, 100}), 4},
		"one shape, unlike":    {of("item", 1, bag), of("item", 1, []int32{1, 2, 3, 40, 50, 60, 70, 80, 90, 100}), 0},
		"a piece of the other": {of("item", 1, bag), of("item", 1, bag[:4]), 4},
		"too short a piece":    {of("item", 1, append(bag, 11, 12, 13, 14, 15, 16)), of("item", 1, bag[:3]), 0},
	} {
		common := 0
		for _, w := range c.a.bag {
			for _, v := range c.b.bag {
				if v == w {
					common++
				}
			}
		}
		if got := (likeness{c.a, c.b, common}).gain(); got != c.want {
			t.Errorf("%s: gain %v, want %v", name, got, c.want)
		}
	}
}
