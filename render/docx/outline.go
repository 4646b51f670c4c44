package docx

import (
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// outline is what one document says about the numbers of its items. In Word a
// number is before a paragraph, so every item needs one that bears it.
type outline struct {
	begins map[*policy.Block]string         // the number of the item that a block begins, as shown: "3."; empty for a bullet
	leads  map[*policy.Block][]policy.Block // empty blocks before one, for the items that begin with another item or a table
}

func newOutline(d *policy.Document) *outline {
	o := &outline{make(map[*policy.Block]string), make(map[*policy.Block][]policy.Block)}
	seen := make(map[*policy.Container]bool)
	count := newCounts(d)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		for k, c := range b.Path {
			if c.Kind != policy.Item || seen[c] {
				continue
			}
			seen[c] = true
			o.begin(b, k, count)
		}
	}
	for b, leads := range o.leads {
		for i := range leads {
			lead := &o.leads[b][i]
			o.begins[lead] = count.of(lead.Path[len(lead.Path)-1])
		}
	}
	return o
}

// begin notes that b is the first block of the item at path[k].
func (o *outline) begin(b *policy.Block, k int, count counts) {
	for _, c := range b.Path[k+1:] {
		if c.Kind == policy.Item || c.Kind == policy.Table {
			o.leads[b] = append(o.leads[b], policy.Block{Kind: policy.Text, Path: b.Path[:k+1]})
			return
		}
	}
	o.begins[b] = count.of(b.Path[k])
}

// counts are the numbers of the items in lists that leave the counting to the
// reader's program: in Markdown, those whose items all bear one number.
type counts map[*policy.Container]string

func newCounts(d *policy.Document) counts {
	var lists []*policy.Container
	items := make(map[*policy.Container][]*policy.Container)
	for i := range d.Blocks {
		path := d.Blocks[i].Path
		for k := 1; k < len(path); k++ {
			list, it := path[k-1], path[k]
			if it.Kind != policy.Item || !list.Ordered {
				continue
			}
			n := len(items[list])
			if n == 0 {
				lists = append(lists, list)
			}
			if n == 0 || items[list][n-1] != it {
				items[list] = append(items[list], it)
			}
		}
	}
	out := make(counts)
	for _, list := range lists {
		out.list(list.Start, items[list])
	}
	return out
}

// of returns the number of an item, as shown.
func (c counts) of(it *policy.Container) string {
	if n, ok := c[it]; ok {
		return n
	}
	return it.Number
}

// list counts the items of one list, if they all bear the same number.
func (c counts) list(start int, items []*policy.Container) {
	for _, it := range items {
		if it.Number != items[0].Number || len(items) == 1 {
			return
		}
	}
	mark := strings.TrimLeft(items[0].Number, "0123456789")
	for i, it := range items {
		c[it] = strconv.Itoa(start+i) + mark
	}
}
