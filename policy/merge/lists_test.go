package merge

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

// The items of a list are all written with lines between them, or none is: those
// that nobody changed decide, and an item of several paragraphs needs them.
func TestTheItemsOfAListAreWrittenAlike(t *testing.T) {
	const tight, loose = policy.Text, policy.Paragraph
	type item struct {
		kind    policy.BlockKind
		changed bool
		again   bool // another part of the item before
	}
	for name, tt := range map[string]struct {
		items []item
		want  policy.BlockKind
	}{
		"all tight":              {[]item{{tight, false, false}, {tight, true, false}}, tight},
		"all loose":              {[]item{{loose, false, false}, {loose, true, false}}, loose},
		"a loose one came":       {[]item{{tight, false, false}, {tight, false, false}, {loose, true, false}}, tight},
		"a tight one came":       {[]item{{loose, false, false}, {tight, true, false}}, loose},
		"as many of both stayed": {[]item{{loose, false, false}, {tight, false, false}}, tight},
		"an item of two parts":   {[]item{{tight, false, false}, {tight, false, false}, {loose, true, true}}, loose},
	} {
		list := &policy.Container{Kind: policy.List}
		var entries []entry
		var in *policy.Container
		for _, i := range tt.items {
			if !i.again {
				in = &policy.Container{Kind: policy.Item}
			}
			entries = append(entries, entry{block: policy.Block{Kind: i.kind, Path: []*policy.Container{list, in}}, changed: i.changed})
		}
		outside := entry{block: policy.Block{Kind: policy.Paragraph}}
		got := evenLists(append(entries, outside))
		other := 0
		for i, e := range got[:len(tt.items)] {
			if e.block.Kind != tt.want || e.changed != (tt.items[i].changed || tt.items[i].kind != tt.want) {
				other++
			}
		}
		if other > 0 || got[len(tt.items)].changed {
			t.Errorf("%s: %d parts are not as all are to be", name, other)
		}
	}
}
