package materiality

import (
	"slices"
	"strings"
)

// hunkFeatures tell of the differences between two sentences.
func (j *judge) hunkFeatures(f *features, p *passage) {
	c := p.held
	for _, h := range c.spans {
		if h.licence != "" {
			f.set("lic:", string(h.licence))
		}
	}
	changed, groups := 0, grouping{}
	for _, h := range c.unlicensed() {
		changed += len(h.old) + len(h.new)
		j.spanFeatures(f, p, h, groups)
	}
	j.sizeFeatures(f, p, groups, changed)
}

// spanFeatures tell of one difference that has no licence.
func (j *judge) spanFeatures(f *features, p *passage, h *spanned, groups grouping) {
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
		}
	}
	if len(gone) <= 2 && len(come) <= 2 && len(gone)+len(come) > 0 {
		f.set("sw:", strings.Join(keysIn(gone), " "), ">", strings.Join(keysIn(come), " "))
	}
}

// sizeFeatures tell how much differs, and what kinds of words.
func (j *judge) sizeFeatures(f *features, p *passage, groups grouping, changed int) {
	c, size := p.held, "wide"
	if c.surgical() {
		size = "surgical"
	}
	f.size = size
	f.set("size:", size)
	for g := range groups {
		f.set("grp:", g)
		f.set("grp:", g, size)
	}
	f.set("hunks:", bucket(len(c.unlicensed())))
	f.set("chgw:", bucket(changed))
	if changed == 0 {
		f.set("licensed")
	}
	f.set("share:", bucket(10*changed/max(1, len(c.old)+len(c.new))))
}

func tokenFeature(f *features, sign string, t token) {
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
