package materiality

import (
	"slices"
	"strings"
)

// hunkFeatures tell of the differences between two sentences.
func (j *judge) hunkFeatures(f features, p *passage) {
	c := p.held
	if c == nil {
		f.set("moved")
		return
	}
	for _, h := range c.spans {
		if h.licence != "" {
			f.set("lic:", string(h.licence))
		}
	}
	if c.exchanged {
		f.set("exchanged")
	}
	changed, groups := 0, grouping{}
	for _, h := range c.unlicensed() {
		changed += len(h.old) + len(h.new)
		j.spanFeatures(f, p, h, groups)
	}
	j.sizeFeatures(f, p, groups, changed)
}

// spanFeatures tell of one difference that has no licence.
func (j *judge) spanFeatures(f features, p *passage, h *spanned, groups grouping) {
	op := "sub"
	switch {
	case len(h.old) == 0:
		op = "ins"
	case len(h.new) == 0:
		op = "del"
	}
	f.set("op:", op)
	f.set("oplen:", op, bucket(len(h.old)+len(h.new)))
	gone, come := lacking(h.old, h.new), lacking(h.new, h.old)
	for _, side := range []struct {
		sign string
		list []token
		in   *sentence
	}{{"-", gone, p.old}, {"+", come, p.new}} {
		for _, t := range side.list {
			groups.note(t, j, side.in)
			tokenFeature(f, side.sign, t)
			fieldFeature(f, side.sign, t, side.in)
		}
	}
	f.set("cc:", classesOf(gone), ">", classesOf(come))
	if len(gone) <= 2 && len(come) <= 2 && len(gone)+len(come) > 0 {
		f.set("sw:", keysOf(gone), ">", keysOf(come))
	}
	old := p.held.old
	for k := max(0, h.oldFrom-2); k < min(len(old), h.oldTo+2); k++ {
		if k < h.oldFrom || k >= h.oldTo {
			neighbour(f, old[k])
		}
	}
}

// sizeFeatures tell how much differs, and what kinds of words.
func (j *judge) sizeFeatures(f features, p *passage, groups grouping, changed int) {
	c, size, weighty := p.held, "wide", false
	if c.surgical() {
		size = "surgical"
	}
	f.set("size:", size)
	for g := range groups {
		f.set("grp:", g)
		f.set("grp:", g, size)
		weighty = weighty || !lightGroups[g]
	}
	if c.restated(j, p) {
		f.set("restated")
	}
	open := len(c.unlicensed())
	switch {
	case weighty:
		f.set("weighty:", size)
	case open > 0:
		f.set("light:", size)
	}
	f.set("hunks:", bucket(open))
	f.set("chgw:", bucket(changed))
	if open == 0 {
		f.set("licensed")
	}
	f.set("share:", bucket(10*changed/max(1, len(c.old)+len(c.new))))
}

// lightGroups are the kinds of words on which no rule turns by themselves.
var lightGroups = wordSet("name plain joint small open clock number address")

func neighbour(f features, t token) {
	if t.class != "" {
		f.set("nc:", t.class)
	} else if !stopWords[t.key] {
		f.set("n:", t.key)
	}
}

func tokenFeature(f features, sign string, t token) {
	switch {
	case t.num != nil:
		f.set(sign, "num:", string(t.num.kind))
	case t.class != "":
		f.set(sign, "c:", t.class)
		f.set(sign, "w:", t.key)
	case smallKeys[t.key]:
		f.set(sign, "small")
	default:
		f.set(sign, "w:", t.key)
		f.set("w:", t.key)
	}
}

// fieldFeature tells in which field of the language an ordinary word stands.
func fieldFeature(f features, sign string, t token, s *sentence) {
	if t.class != "" || t.num != nil || smallKeys[t.key] {
		return
	}
	w := &s.words[t.from]
	switch field := fieldOf(w.norm); {
	case field != "":
		f.set(sign, "field:", field)
	case w.kind == plain && len(w.norm) > 3:
		f.set(sign, "field:unknown")
	}
}

// lacking returns the tokens of a that b lacks.
func lacking(a, b []token) []token {
	var out []token
	for i := range a {
		if !slices.ContainsFunc(b, func(t token) bool { return t.key == a[i].key }) {
			out = append(out, a[i])
		}
	}
	return out
}

func keysOf(list []token) string {
	var out []string
	for _, t := range list {
		if t.num != nil {
			out = append(out, "#"+string(t.num.kind))
		} else {
			out = append(out, t.key)
		}
	}
	return strings.Join(out, " ")
}

func classesOf(list []token) string {
	var out []string
	for _, t := range list {
		c := t.class
		if t.num != nil {
			c = string(t.num.kind)
		}
		if c == "" && !smallKeys[t.key] {
			c = "word"
		}
		if c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	if len(out) > 2 {
		return "many"
	}
	slices.Sort(out)
	return strings.Join(out, ",")
}
