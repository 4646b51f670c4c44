package materiality

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// surface finds changes that no sentence shows: capitals, the order of
// sentences, links.
func surface(book *Book, t *texts) []judged {
	r := t.redline
	hosts := sync.OnceValue(func() map[string]bool { return hostsOf(r.Old) })
	old, new := shown{same: t.sameText()}, shown{same: t.sameText()}
	clause := ""
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Kind == redline.Equal {
			continue
		}
		old.add(row.Old, t.memory.spells, hosts)
		new.add(row.New, t.memory.spells, hosts)
		if clause == "" && row.New != nil {
			clause = (&place{clause: row.New.Clause}).name()
		}
	}
	if gone, come := strings.Join(old.turns, " "), strings.Join(new.turns, " "); gone != come {
		list := book.plain("direction-changed", clause, gone, come)
		for i := range list {
			list[i].fixed = true // nothing is weighed: what is shown is not what is written
		}
		return list
	}
	if at := differ(old.words, new.words); at >= 0 && !t.reflowed {
		return book.plain("capitals-or-order", clause, window(old.words, at), window(new.words, at))
	}
	if gone, come := writtenOut(old.links, new.links); gone != "" {
		return book.plain("link-written-out", clause, gone, come)
	}
	if gone, come := onlyIn(old.links, new.links), onlyIn(new.links, old.links); gone+come != "" {
		return book.plain("link-moved", clause, gone, come)
	}
	if gone, come := onlyIn(old.pictures, new.pictures), onlyIn(new.pictures, old.pictures); gone+come != "" {
		return book.plain("picture-named", clause, gone, come)
	}
	if moved := firstMoved(r); moved != nil && !t.reflowed {
		w := strings.Fields(wordsOf(moved))
		return book.plain("moved", (&place{clause: moved.Clause}).name(), "", strings.Join(w[:min(len(w), bare)], " "))
	}
	return nil
}

// shown is what a page shows of the changed blocks of one side, beside their sentences.
type shown struct {
	same bool // every block has the text that it had, so that nobody asks for the words

	words    []string // as they are written
	links    []string // where they lead
	pictures []string // what they are called: pages show it
	turns    []string // the characters that turn the direction of what is shown, by their numbers in Unicode: they can make 14 read 41
}

// add adds a block. Where an anchor is, is of no account on hosts that the text knew
// before: pages write their own anchors with and without their host.
func (w *shown) add(b *policy.Block, known spellings, hosts func() map[string]bool) {
	if b == nil {
		return
	}
	if !w.same {
		w.addWords(textOf(b), known)
	}
	for i := range b.Spans {
		s := &b.Spans[i]
		if target := linkTarget(s.Link); target != "" && !(strings.Contains(s.Link, "#") && hosts()[target]) {
			w.links = append(w.links, target)
		}
		if s.Text != "" && unsaid(s) {
			w.pictures = append(w.pictures, s.Text)
		}
	}
	for _, c := range b.Text() {
		if c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 {
			w.turns = append(w.turns, fmt.Sprintf("U+%04X", c))
		}
	}
}

func (w *shown) addWords(text string, known spellings) {
	last := -1 // the two words of a contraction are written once
	for _, x := range known.words(text) {
		if x.kind == plain && x.start != last {
			last = x.start
			w.words = append(w.words, strings.ReplaceAll(text[x.start:x.end], "’", "'")) // which of the two is typography
		}
	}
}

// sameText reports whether every block that changed has the text that it had.
func (t *texts) sameText() bool {
	return !slices.ContainsFunc(t.rows, func(s rowSentences) bool {
		row := t.blocks[s.index]
		return row.old == nil || row.new == nil || row.old.text != row.new.text
	})
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
