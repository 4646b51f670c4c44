package materiality

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// Items are said of what leads into their list: a sentence, or a heading with nothing
// between. Under another one the same words are another rule.

// leading follows which row leads into the list that is read, on both sides.
type leading struct {
	old, new     *policy.Block
	oldAt, newAt int
}

func (l *leading) follow(before, after *reader, row int) {
	if lead := before.leads(); lead != l.old {
		l.old, l.oldAt = lead, row
	}
	if lead := after.leads(); lead != l.new {
		l.new, l.newAt = lead, row
	}
}

// differ reports whether an item that stayed got another lead-in, which is not what
// became of the old one: that moved past the item.
func (l *leading) differ(t *texts, row rowBlocks) bool {
	if l.oldAt == l.newAt || l.old == nil || l.new == nil || !itemOf(row.new.Block) {
		return false
	}
	if l.old.Kind == policy.Heading && l.new.Kind == policy.Heading {
		return t.otherHeading(textOf(l.old), textOf(l.new))
	}
	return l.old.Kind == l.new.Kind && otherRule(l.old.Text(), l.new.Text())
}

// otherHeading reports whether two headings are on both sides: what is below the one
// now, and was below the other, is said of something else.
func (t *texts) otherHeading(a, b string) bool {
	if a == b || a == "" || b == "" {
		return false
	}
	if t.titles == nil {
		t.titles = map[string]int{}
		for i, d := range []*policy.Document{t.redline.Old, t.redline.New} {
			for k := range d.Blocks {
				if d.Blocks[k].Kind == policy.Heading {
					t.titles[textOf(&d.Blocks[k])] |= 1 << i
				}
			}
		}
	}
	return t.titles[a] == onBoth && t.titles[b] == onBoth
}

// onBoth is the mark of a heading that is on the old and on the new side.
const onBoth = 3

// ledElsewhere notes an item that stayed where it was while its lead-in moved.
func (t *texts) ledElsewhere(row rowBlocks, before, after *reader) {
	old, new := row.old.readAt(before.place(row.old), t.memory), row.new.readAt(after.place(row.new), t.memory)
	if len(old) > 0 && len(new) > 0 && (old[0].place.under == "" || !operative(old[0])) {
		t.led = append(t.led, &passage{old: old[0], new: new[0], moved: true})
	}
}

// movedUnder finds the items that are word for word on both sides, but in a
// list that another sentence leads into, which says another thing of them.
func (t *texts) movedUnder() []*passage {
	was := map[uint64]*sentence{}
	for _, row := range t.rows {
		if len(row.new) > 0 && len(row.old) > 0 {
			continue
		}
		for _, s := range row.old {
			if s.place.item && s.place.lead+s.place.under != "" {
				was[s.key] = s
			}
		}
	}
	var list []*passage
	for _, row := range t.rows {
		for _, s := range row.new {
			if o := was[s.key]; o != nil && len(row.old) == 0 && s.place.item && t.ledByAnother(o, s) {
				list = append(list, &passage{old: o, new: s, moved: true})
			}
		}
	}
	return list
}

// ledByAnother reports whether an item is said of something else than before.
func (t *texts) ledByAnother(old, new *sentence) bool {
	return otherRule(old.place.lead, new.place.lead) || t.otherHeading(old.place.under, new.place.under) && !operative(new)
}

// otherRule reports whether one of two lead-ins denies or limits what the other says,
// or speaks of another deed.
func otherRule(a, b string) bool {
	if !leadsIn(a) || !leadsIn(b) || a == b {
		return false
	}
	says := map[string]int{}
	count := func(text string, by int) {
		for _, w := range words(text) {
			switch class := classOf[w.norm]; {
			case w.norm == "without":
				says[w.norm] += by
			case class == "not", class == "only", class == "unless", class == "free":
				says[class] += by
			}
			if acts[w.stem] {
				says[w.stem] += by
			}
		}
	}
	count(a, 1)
	count(b, -1)
	for _, n := range says {
		if n != 0 {
			return true
		}
	}
	return false
}

// leadsIn reports whether a sentence goes on with the list below it.
func leadsIn(text string) bool {
	text = strings.TrimRight(text, " \u00a0*_")
	return text != "" && !strings.HasSuffix(text, ".")
}
