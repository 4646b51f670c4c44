package materiality

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// surface finds changes that no sentence shows: capitals, the order of
// sentences, links.
func surface(book *Book, t *texts) []judged {
	r := t.redline
	var old, new, oldLinks, newLinks, oldNames, newNames []string
	hosts := hostsOf(r.Old)
	var first *policy.Block
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Kind == redline.Equal {
			continue
		}
		if first == nil && row.New != nil {
			first = row.New
		}
		old, oldLinks = surfaceOf(row.Old, t.memory.spells, hosts, old, oldLinks)
		new, newLinks = surfaceOf(row.New, t.memory.spells, hosts, new, newLinks)
		oldNames, newNames = pictureNames(row.Old, oldNames), pictureNames(row.New, newNames)
	}
	clause := ""
	if first != nil {
		clause = (&place{clause: first.Clause}).name()
	}
	if gone, come := directionMarks(r, oldSide), directionMarks(r, newSide); gone != come {
		list := book.plain("direction-changed", clause, gone, come)
		for i := range list {
			list[i].fixed = true // nothing is weighed: what is shown is not what is written
		}
		return list
	}
	if at := differ(old, new); at >= 0 && !t.reflowed {
		return book.plain("capitals-or-order", clause, window(old, at), window(new, at))
	}
	oldLinks, newLinks = atHome(oldLinks, newLinks, hosts), atHome(newLinks, oldLinks, hosts)
	if gone, come := writtenOut(oldLinks, newLinks); gone != "" {
		return book.plain("link-written-out", clause, gone, come)
	}
	if gone, come := onlyIn(oldLinks, newLinks), onlyIn(newLinks, oldLinks); gone+come != "" {
		return book.plain("link-moved", clause, gone, come)
	}
	if gone, come := onlyIn(oldNames, newNames), onlyIn(newNames, oldNames); gone+come != "" {
		return book.plain("picture-named", clause, gone, come)
	}
	if moved := firstMoved(r); moved != nil && !t.reflowed {
		w := strings.Fields(wordsOf(moved))
		return book.plain("moved", (&place{clause: moved.Clause}).name(), "", strings.Join(w[:min(len(w), bare)], " "))
	}
	return nil
}

func oldSide(row *redline.Row) *policy.Block { return row.Old }
func newSide(row *redline.Row) *policy.Block { return row.New }

// directionMarks returns the characters of one side that turn the direction of what is
// shown, as the numbers by which Unicode knows them: they can make 14 read 41.
func directionMarks(r *redline.Redline, side func(*redline.Row) *policy.Block) string {
	var list []string
	for i := range r.Rows {
		b := side(&r.Rows[i])
		if r.Rows[i].Kind == redline.Equal || b == nil {
			continue
		}
		for _, c := range b.Text() {
			if c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 {
				list = append(list, fmt.Sprintf("U+%04X", c))
			}
		}
	}
	return strings.Join(list, " ")
}

// firstMoved returns the first block of words that is in another place than
// before, nil if there is none.
func firstMoved(r *redline.Redline) *policy.Block {
	went := map[string]int{}
	for i := range r.Rows {
		if row := &r.Rows[i]; row.New == nil && row.Old != nil {
			went[wordsOf(row.Old)] = i
		}
	}
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.New == nil || row.Old != nil {
			continue
		}
		text := wordsOf(row.New)
		if k, ok := went[text]; ok && (k < i-1 || k > i+1) && len(words(text)) >= 3 {
			return row.New
		}
	}
	return nil
}

// wordsOf returns the words of a block without its number.
func wordsOf(b *policy.Block) string {
	_, rest := body(b)
	return rest
}

// plain makes a reason of a rule that needs no topic, unless it is off.
func (b *Book) plain(id, clause, before, after string) []judged {
	r := b.find(id)
	if r.off {
		return nil
	}
	return []judged{{Reason: Reason{Rule: id, Severity: r.Severity, Confidence: High, Clause: clause, Before: before, After: after, Why: r.why(before, after, "")}, fixed: r.own}}
}

// atHome returns the links of one side, without the host where the other side has the
// same path without one: pages write links to themselves either way. A host that the
// text did not name before stays.
func atHome(links, other []string, hosts map[string]bool) []string {
	paths := map[string]bool{}
	for _, s := range other {
		paths[strings.TrimSuffix(s, "/")] = strings.HasPrefix(s, "/")
	}
	list := slices.Clone(links)
	for i, s := range list {
		u, err := url.Parse(s)
		if err == nil && u.Path != "" && hosts[u.Host] && paths[strings.TrimSuffix(u.Path, "/")] {
			list[i] = u.Path
		}
		if strings.HasPrefix(list[i], "/") {
			list[i] = strings.TrimSuffix(list[i], "/")
		}
	}
	return list
}

// writtenOut returns the first of several links that have the same path as before, but
// are written with their host now, or no longer; nothing where any link differs in
// another way, or where there are two hosts.
func writtenOut(old, new []string) (gone, come string) {
	gone, come = onlyIn(old, new), onlyIn(new, old)
	if strings.HasPrefix(gone, "/") == strings.HasPrefix(come, "/") {
		return "", ""
	}
	long := gone
	if strings.HasPrefix(gone, "/") {
		long = come
	}
	u, err := url.Parse(long)
	if err != nil || u.Host == "" {
		return "", ""
	}
	paths := func(links []string) ([]string, int) {
		out, written := make([]string, len(links)), 0
		for i, s := range links {
			if x, err := url.Parse(s); err == nil && x.Host == u.Host {
				written++
				s = x.Path
			}
			out[i] = strings.TrimSuffix(s, "/")
		}
		return out, written
	}
	a, n := paths(old)
	b, m := paths(new)
	if onlyIn(a, b)+onlyIn(b, a) != "" || n-m > -severalLinks && n-m < severalLinks {
		return "", ""
	}
	return gone, come
}

// severalLinks is how many links a change of how a page writes its own has at least.
const severalLinks = 2

// hostsOf returns the hosts that the links of a text lead to.
func hostsOf(d *policy.Document) map[string]bool {
	hosts := map[string]bool{}
	if d == nil {
		return hosts
	}
	for i := range d.Blocks {
		for k := range d.Blocks[i].Spans {
			if u, err := url.Parse(d.Blocks[i].Spans[k].Link); err == nil {
				hosts[strings.ToLower(u.Host)] = true
			}
		}
	}
	return hosts
}

// surfaceOf adds the words of a block as they are written, and its links. Where an
// anchor is, is of no account on hosts that the text knew before: pages write their
// own anchors with and without their host.
func surfaceOf(b *policy.Block, known spellings, hosts map[string]bool, list, links []string) ([]string, []string) {
	if b == nil {
		return list, links
	}
	text := textOf(b)
	last := -1 // the two words of a contraction are written once
	for _, w := range known.words(text) {
		if w.kind == plain && w.start != last {
			last = w.start
			list = append(list, untypeset(text[w.start:w.end]))
		}
	}
	for i := range b.Spans {
		s := &b.Spans[i]
		if target := linkTarget(s.Link); target != "" && !(hosts[target] && strings.Contains(s.Link, "#")) {
			links = append(links, target)
		}
	}
	return list, links
}

// pictureNames adds what the pictures of a block are called: pages show it.
func pictureNames(b *policy.Block, list []string) []string {
	if b == nil {
		return list
	}
	for i := range b.Spans {
		if s := &b.Spans[i]; s.Text != "" && unsaid(s) {
			list = append(list, s.Text)
		}
	}
	return list
}

// untypeset writes a word with the apostrophe of a typewriter: which of the two a
// page shows is typography.
func untypeset(word string) string { return strings.ReplaceAll(word, "’", "'") }

// linkTarget returns what of a link a reader could notice: an anchor, parameters
// that follow visitors and capitals lead nowhere else, and a mask of an address
// is no target.
func linkTarget(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Fragment != "" && (u.Path == "" || u.Path == "/") || strings.HasSuffix(u.Path, maskedAddress) {
		return ""
	}
	if u.Fragment != "" {
		return strings.ToLower(u.Host) // where on a site an anchor is, is of no account
	}
	if u.Opaque != "" {
		return strings.ToLower(u.Scheme + ":" + u.Opaque) // mailto:us@example.org
	}
	path, _, _ := strings.Cut(u.Path, "&") // parameters that lost their question mark
	if u.Host == "" {
		return path
	}
	return strings.TrimSuffix(strings.TrimPrefix(u.Scheme+"://"+strings.ToLower(u.Host)+path, "://"), "/")
}

// maskedAddress is where a link leads that stands for an address of mail, which
// the host of a page keeps from robots: developers.cloudflare.com, "Email Address
// Obfuscation".
const maskedAddress = "/cdn-cgi/l/email-protection"

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
