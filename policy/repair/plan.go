package repair

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// planHeadings decides the number of each heading of one group: one style and
// numbers that count on from the first. A heading without a number gets one
// only where the numbers around it leave exactly the place for it.
func planHeadings(group []*unit) (members []*unit, main style) {
	members = counted(group)
	if len(members) < 2 {
		return nil, none
	}
	settle(members)
	model, main := majority(members)
	if model.style == decimal {
		planDecimals(members)
		return members, main
	}
	first := 1
	if members[0].marked() {
		first = members[0].mark.value // a text may begin in the middle, or with 0
	}
	for i, u := range members {
		u.expected = first + i
		if number := model.style.number(u.expected); number != "" {
			u.want = model.renumbered(number)
			u.want.value = u.expected
		}
	}
	return members, main
}

// planGroups plans all headings of a text, says why a mark changes, and
// returns the groups that are numbered.
func planGroups(units []*unit) [][]*unit {
	countUnder(units)
	var numbered [][]*unit
	for _, group := range siblings(units) {
		for _, run := range runs(group) {
			members, main := planHeadings(run)
			for _, u := range members {
				if u.changed() {
					u.why = u.reason(main)
				}
			}
			if len(members) > 1 {
				numbered = append(numbered, members)
			}
		}
	}
	return numbered
}

// runs parts a group where its numbers start over: 1, 2, 3 and again 1, 2.
func runs(group []*unit) [][]*unit {
	var found [][]*unit
	from, before := 0, 0
	for i, u := range group {
		if u.startsOver(group[i+1:]) && before > 1 {
			found = append(found, group[from:i])
			from, before = i, 0
		}
		if u.marked() {
			before++
		}
	}
	return append(found, group[from:])
}

// startsOver reports whether a unit is the first of a new count.
func (u *unit) startsOver(rest []*unit) bool {
	if !u.marked() || u.firstValue() != 1 {
		return false
	}
	next := slices.IndexFunc(rest, (*unit).marked)
	return next < 0 || rest[next].mark.value == 2 || rest[next].mark.as(roman).value == 2
}

// firstValue reads a letter that could be a roman one as such.
func (u *unit) firstValue() int {
	if u.mark.as(roman).value == 1 {
		return 1
	}
	return u.mark.value
}

// counted returns the headings that take part in the numbering: those with a
// mark, and those between them that the numbers leave room for.
func counted(group []*unit) []*unit {
	var members, waiting []*unit
	last, started := 0, false
	settle(marked(group))
	for _, u := range group {
		if !u.marked() && startsNumber(u.words) {
			return nil // 10A: a way of counting that we do not know
		}
		if !u.marked() {
			waiting = append(waiting, u)
			continue
		}
		if u.mark.value == last+len(waiting)+1 {
			members = append(members, waiting...)
		}
		members, waiting = append(members, u), nil
		last, started = u.mark.value, true
	}
	if !started || len(marked(members)) < 2 {
		return nil
	}
	return members
}

func startsNumber(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }

func marked(units []*unit) []*unit {
	var found []*unit
	for _, u := range units {
		if u.marked() {
			found = append(found, u)
		}
	}
	return found
}

// settle decides for letters that could be roman numbers which they are: the
// reading that is nearer to their place.
func settle(units []*unit) {
	last := 0
	for _, u := range units {
		for _, other := range []style{roman, lower} {
			if as := u.mark.as(other); as.style != u.mark.style && distance(as.value, last+1) < distance(u.mark.value, last+1) {
				u.mark = as
			}
		}
		last++
		if u.marked() {
			last = u.mark.value
		}
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

// majority returns the mark to model the others on: of the style that most
// units have, arabic when there is none, and of its most common form. Main is
// the style of more than half of the units, or none.
func majority(units []*unit) (model mark, main style) {
	styles, forms := make(map[style]int), make(map[string]int)
	for _, u := range units {
		styles[styleOf(u)]++
		forms[form(u.mark)]++
	}
	top, best := arabic, styles[arabic]
	for _, u := range units { // in reading order: the same input gives the same style
		if s := styleOf(u); s != none && styles[s] > best {
			top, best = s, styles[s]
		}
	}
	if 2*best > len(units) {
		main = top
	} else {
		top, main = arabic, none
	}
	model = mark{number: "1", close: ".", style: arabic}
	seen := 0
	for _, u := range units {
		if u.mark.style == top && (u.mark.close != "," || top == word) && forms[form(u.mark)] > seen {
			model, seen = u.mark, forms[form(u.mark)]
		}
	}
	return model, main
}

func styleOf(u *unit) style {
	if !u.marked() {
		return none
	}
	return u.mark.style
}

// form is everything about a mark but its number.
func form(k mark) string { return k.prefix + k.open + "\x00" + k.close + "\x00" + string(k.style) }

// planDecimals gives numbers such as 4.2 to units that count under a numbered
// one, as they say by their first part. Else they stay.
func planDecimals(members []*unit) {
	first := members[0]
	if first.above == nil || first.mark.base() != first.above.oldReference() {
		return
	}
	for i, u := range members {
		if !u.marked() || u.mark.style != decimal {
			continue
		}
		u.expected = first.mark.value + i
		u.want = u.mark.renumbered(first.above.reference() + "." + strconv.Itoa(u.expected))
		u.want.value = u.expected
	}
}

// base returns a decimal number without its last part.
func (k mark) base() string {
	if at := strings.LastIndexByte(k.number, '.'); at >= 0 {
		return k.number[:at]
	}
	return ""
}

// oldReference is the number by which others count under the unit as written.
func (u *unit) oldReference() string { return citation(u.mark) }

func citation(k mark) string {
	if k.style != decimal && k.style != arabic {
		return strconv.Itoa(k.value)
	}
	return k.number
}

// reference is the number by which others count under the unit once planned.
func (u *unit) reference() string {
	if u.want.style != "" {
		return citation(u.want)
	}
	return citation(u.mark)
}

// changed reports whether the plan gives the unit another mark. White space
// behind a mark is not part of it.
func (u *unit) changed() bool {
	if u.want.style == "" {
		return false
	}
	return u.want.prefix != u.mark.prefix || u.want.open != u.mark.open || u.want.number != u.mark.number || u.want.close != u.mark.close
}

// reason says why a heading's mark changes.
func (u *unit) reason(main style) string {
	switch {
	case !u.marked():
		return fmt.Sprintf("the heading has no number, and the numbers around it leave it place %d", u.expected)
	case main == none:
		return fmt.Sprintf("the headings beside it are numbered in several styles; this one is in %s and in place %d", u.mark.style, u.expected)
	case u.mark.style != main:
		return fmt.Sprintf("the headings beside it are numbered in %s, this one in %s", main, u.mark.style)
	case u.mark.value != u.expected:
		return fmt.Sprintf("the heading is in place %d among its siblings", u.expected)
	}
	return "the headings beside it close their numbers in another way"
}

// countUnder finds for headings such as 4.2 the heading they count under.
func countUnder(units []*unit) {
	var open [headingLevels]*unit
	for _, u := range units {
		if u.role != head {
			continue
		}
		for level := u.level - 1; level >= 1 && u.above == nil; level-- {
			if open[level-1] != nil && open[level-1].marked() {
				u.above = open[level-1]
			}
		}
		open[u.level-1] = u
		for deeper := u.level; deeper < headingLevels; deeper++ {
			open[deeper] = nil
		}
	}
}
