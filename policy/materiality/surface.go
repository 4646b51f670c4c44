package materiality

import (
	"net/url"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// surface finds changes that no sentence shows: capitals, the order of
// sentences, links.
func (j *judge) surface(r *redline.Redline, others bool) []judged {
	if others {
		return nil
	}
	var old, new, oldLinks, newLinks []string
	var first *policy.Block
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Kind == redline.Equal {
			continue
		}
		if first == nil && row.New != nil {
			first = row.New
		}
		old, oldLinks = surfaceOf(row.Old, old, oldLinks)
		new, newLinks = surfaceOf(row.New, new, newLinks)
	}
	clause := ""
	if first != nil {
		clause = (&place{clause: first.Clause}).name()
	}
	if at := differ(old, new); at >= 0 {
		return []judged{j.plain("capitals-or-order", clause, window(old, at), window(new, at))}
	}
	if gone, come := onlyIn(oldLinks, newLinks), onlyIn(newLinks, oldLinks); gone+come != "" {
		return []judged{j.plain("link-moved", clause, gone, come)}
	}
	return nil
}

// plain makes a reason of a rule that needs no topic.
func (j *judge) plain(id, clause, before, after string) judged {
	r, _ := RuleByID(id)
	why := strings.NewReplacer(`"{before}"`, cite(before), `"{after}"`, cite(after)).Replace(r.Why)
	return judged{Reason: Reason{Rule: id, Severity: r.Severity, Clause: clause, Before: before, After: after, Why: why}}
}

// surfaceOf adds the words of a block as they are written, and its links.
func surfaceOf(b *policy.Block, list, links []string) ([]string, []string) {
	if b == nil {
		return list, links
	}
	text := textOf(b)
	for _, w := range words(text) {
		if w.kind == plain {
			list = append(list, text[w.start:w.end])
		}
	}
	for _, s := range b.Spans {
		if target := linkTarget(s.Link); target != "" {
			links = append(links, target)
		}
	}
	return list, links
}

// linkTarget returns what of a link a reader could notice: an anchor in the
// same text and parameters that follow visitors are no target.
func linkTarget(link string) string {
	u, err := url.Parse(link)
	if err != nil || link == "" || u.Fragment != "" && (u.Path == "" || u.Path == "/") {
		return ""
	}
	if u.Fragment != "" {
		return ""
	}
	return strings.TrimSuffix(u.Host+u.Path, "/")
}

// differ returns the first index at which two lists part, -1 if nowhere.
func differ(a, b []string) int {
	for i := 0; i < max(len(a), len(b)); i++ {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return -1
}

func window(list []string, at int) string {
	return strings.Join(list[max(0, min(at-1, len(list))):min(at+5, len(list))], " ")
}

// onlyIn returns the first of list that other has less often, empty if there
// is none.
func onlyIn(list, other []string) string {
	count := map[string]int{}
	for _, s := range other {
		count[s]++
	}
	for _, s := range list {
		if count[s]--; count[s] < 0 {
			return s
		}
	}
	return ""
}
