package merge

import "github.com/codicil/codicil/policy"

// evenLists makes the words of a list that changed paragraphs everywhere or
// nowhere, as Markdown has them: those of its items that stayed decide, and an
// item of several paragraphs.
func evenLists(list []entry) []entry {
	looks := make(map[*policy.Container]*look)
	for i := range list {
		b := &list[i].block
		if l := innermostList(b); l != nil {
			if looks[l] == nil {
				looks[l] = &look{items: make(map[*policy.Container]int)}
			}
			looks[l].see(&list[i])
		}
	}
	for i := range list {
		l := looks[innermostList(&list[i].block)]
		if l == nil || !l.mixed() {
			continue
		}
		if kind := l.kind(); list[i].block.Kind != kind {
			list[i].block.Kind, list[i].changed = kind, true
		}
	}
	return list
}

// look is how the words of one list are in its items.
type look struct {
	items             map[*policy.Container]int // runs of words in each item
	paragraphs, texts int
	kept              [2]int // of these, in blocks that did not change
}

func (l *look) see(e *entry) {
	path := e.block.Path
	l.items[path[len(path)-1]]++
	at := 0
	if e.block.Kind == policy.Paragraph {
		l.paragraphs++
		at = 1
	} else {
		l.texts++
	}
	if !e.changed {
		l.kept[at]++
	}
}

func (l *look) mixed() bool { return l.paragraphs > 0 && l.texts > 0 }

func (l *look) kind() policy.BlockKind {
	for _, n := range l.items {
		if n > 1 {
			return policy.Paragraph
		}
	}
	if l.kept[1] > l.kept[0] {
		return policy.Paragraph
	}
	return policy.Text
}

// innermostList returns the list in whose item words are directly.
func innermostList(b *policy.Block) *policy.Container {
	n := len(b.Path)
	if n < 2 || b.Path[n-1].Kind != policy.Item || b.Path[n-2].Kind != policy.List || b.Kind != policy.Paragraph && b.Kind != policy.Text {
		return nil
	}
	return b.Path[n-2]
}
