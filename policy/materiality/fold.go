package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// fold leaves out what says again what another reason says: the same words
// under the same category, and, in a block that came or went as a whole, a
// label or remark beside the rule that it belongs to. Sentences of such a block
// that one rule judges alike become one reason.
func fold(list []judged) []judged {
	var out []judged
	gravest := map[half]policy.Severity{}
	for _, r := range list {
		if r.whole() {
			gravest[r.half()] = max(gravest[r.half()], r.Severity)
		}
	}
	type words struct{ clause, before, after string }
	told := map[words][]int{} // which of those that are kept say these words
	for _, r := range list {
		said := words{r.Clause, r.Before, r.After}
		if r.belongs(gravest) || slices.ContainsFunc(told[said], func(k int) bool { return out[k].says(r) }) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].joins(r) {
			out[n-1].join(r)
		} else {
			out = append(out, r)
		}
		o := out[len(out)-1]
		said = words{o.Clause, o.Before, o.After}
		told[said] = append(told[said], len(out)-1)
	}
	return out
}

// says reports whether r adds nothing to o.
func (o judged) says(r judged) bool {
	same := o.Clause == r.Clause && o.Before == r.Before && o.After == r.After
	return same && (o.Category == r.Category || r.Severity < o.Severity) && r.Severity <= o.Severity
}

// half is a block as it was, or as it is.
type half struct {
	place *place
	old   bool
}

// half returns what a reason about a whole sentence is about.
func (r judged) half() half {
	return half{r.found.passage.place(), r.found.passage.new == nil}
}

// belongs reports whether r is a label or remark in a block that came or went
// with something graver.
func (r judged) belongs(gravest map[half]policy.Severity) bool {
	if !r.whole() {
		return false
	}
	switch r.found.shift {
	case Fact, Title, Pointer, Boilerplate, Address:
		return gravest[r.half()] > r.Severity
	}
	return false
}

// whole reports whether a reason is about a whole sentence that came or went.
func (r judged) whole() bool {
	return r.found != nil && (r.found.passage.old == nil || r.found.passage.new == nil)
}

// sameBlock reports whether both are about whole sentences of one block.
func (r judged) sameBlock(o judged) bool {
	return r.whole() && o.whole() && r.half() == o.half()
}

// joins reports whether r can be told together with o.
func (r judged) joins(o judged) bool {
	return r.sameBlock(o) && r.Rule == o.Rule && r.Category == o.Category && r.Severity == o.Severity &&
		len(strings.Fields(r.Before+r.After))+len(strings.Fields(o.Before+o.After)) < 2*excerpted
}

// join adds the words of o to r.
func (r *judged) join(o judged) {
	r.Before, r.After = splice(r.Before, o.Before), splice(r.After, o.After)
	r.grave = max(r.grave, o.grave)
}

// splice puts two quotations of one text behind each other.
func splice(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return strings.TrimSuffix(a, " …") + " … " + strings.TrimPrefix(b, "… ")
}
