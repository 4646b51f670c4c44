package policy

import "strconv"

// countLists numbers the items of lists whose author left the counting to the
// program: in Markdown, by giving every item the same number. Elsewhere the
// number that was written is kept.
func countLists(blocks []Block) {
	items := make(map[*Container][]*Container) // of each ordered list, in reading order
	var lists []*Container
	for i := range blocks {
		path := blocks[i].Path
		for k := 1; k < len(path); k++ {
			list, item := path[k-1], path[k]
			if item.Kind != Item || !list.Ordered {
				continue
			}
			known := items[list]
			if known == nil {
				lists = append(lists, list)
			}
			if len(known) == 0 || known[len(known)-1] != item {
				items[list] = append(known, item)
			}
		}
	}
	for _, list := range lists {
		if lazy(items[list]) {
			for i, item := range items[list] {
				mark := item.Number[len(item.Number)-1:]
				item.Number = strconv.Itoa(list.Start+i) + mark
			}
		}
	}
}

// lazy tells whether all of several items bear the same number.
func lazy(items []*Container) bool {
	for _, item := range items {
		if item.Number == "" || item.Number != items[0].Number {
			return false
		}
	}
	return len(items) > 1
}
