package materiality

import (
	"slices"
	"sort"
	"strings"

	"github.com/codicil/codicil/policy"
)

// judged is a reason, with how strongly the change is about its category.
type judged struct {
	Reason
	weight float64
	topics []topic // all that it is about, the strongest first
	found  *found  // nil for what no sentence shows
}

// conclude sorts the reasons and draws the conclusion from them.
func (a *Assessment) conclude(list []judged, with tuning) {
	all := list
	list = fold(list)
	sort.SliceStable(list, func(i, k int) bool { return list[i].Severity > list[k].Severity })
	for _, r := range list {
		a.Severity = max(a.Severity, r.Severity)
		a.Reasons = append(a.Reasons, r.Reason)
	}
	if a.Severity >= policy.Minor {
		a.Categories = append(a.Categories, categories(all, a.Severity, with.leanings)...)
	}
	a.Confidence = a.confidence()
}

// fold leaves out what says again what another reason says: the same words
// under the same category, and, in a block that came or went as a whole, a
// label or remark beside the rule that it belongs to. Sentences of such a block
// that one rule judges alike become one reason.
func fold(list []judged) []judged {
	var out []judged
	for _, r := range list {
		if !slices.ContainsFunc(out, func(o judged) bool { return o.says(r) }) && !belongs(r, list) {
			if n := len(out); n > 0 && out[n-1].joins(r) {
				out[n-1].join(r)
				continue
			}
			out = append(out, r)
		}
	}
	return out
}

// says reports whether r adds nothing to o.
func (o judged) says(r judged) bool {
	same := o.Clause == r.Clause && o.Before == r.Before && o.After == r.After
	return same && (o.Category == r.Category || r.Severity < o.Severity) && r.Severity <= o.Severity
}

// belongs reports whether r is a label or remark in a block that came or went
// with something graver.
func belongs(r judged, list []judged) bool {
	if !r.whole() {
		return false
	}
	switch r.found.shift {
	case Fact, Title, Pointer, Furniture, Address:
	default:
		return false
	}
	return slices.ContainsFunc(list, func(o judged) bool { return o.sameBlock(r) && o.Severity > r.Severity })
}

// whole reports whether a reason is about a whole sentence that came or went.
func (r judged) whole() bool {
	return r.found != nil && (r.found.passage.old == nil || r.found.passage.new == nil)
}

// sameBlock reports whether both are about whole sentences of one block.
func (r judged) sameBlock(o judged) bool {
	return r.whole() && o.whole() && r.found.passage.place() == o.found.passage.place() && (r.found.passage.old == nil) == (o.found.passage.old == nil)
}

// joins reports whether r can be told together with o.
func (r judged) joins(o judged) bool {
	return r.sameBlock(o) && r.Rule == o.Rule && r.Category == o.Category && r.Severity == o.Severity &&
		len(strings.Fields(r.Before+r.After))+len(strings.Fields(o.Before+o.After)) < 2*excerpted
}

// join adds the words of o to r.
func (r *judged) join(o judged) {
	r.Before, r.After = splice(r.Before, o.Before), splice(r.After, o.After)
	if o.Confidence.rank() > r.Confidence.rank() {
		r.Confidence = o.Confidence
	}
}

// splice puts two quotations of one text behind each other.
func splice(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return strings.TrimSuffix(a, " …") + " … " + strings.TrimPrefix(b, "… ")
}
