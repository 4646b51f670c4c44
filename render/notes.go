package render

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// notes writes what a page says beside the words of a text: words for screen
// readers, which do not announce ins and del everywhere, and links between
// changes. A nil notes writes nothing.
type notes struct {
	*language
	changes int               // on the page
	moves   map[string]string // by the anchor of a place: the clause that it is in
	lang    string            // as an attribute, where the words are in another language than the page
}

// newNotes chooses the words for a page in a language.
func newNotes(lang string) *notes {
	n := &notes{language: languageOf(lang)}
	if _, same := policy.NearestLanguage([]string{n.tag}, lang); lang != "" && !same {
		n.lang = ` lang="` + n.tag + `"`
		if policy.RightToLeft(lang) != policy.RightToLeft(n.tag) {
			n.lang += ` dir="ltr"` // we have no words that run from the right
		}
	}
	return n
}

// say returns words that are by themselves.
func (n *notes) say(words string) string {
	if n.lang == "" {
		return escape(words)
	}
	return "<span" + n.lang + ">" + escape(words) + "</span>"
}

func (n *notes) hidden(b *bytes.Buffer, words string) {
	b.WriteString(`<span class="visually-hidden"` + n.lang + `>` + escape(words) + `</span>`)
}

// begin writes the anchor of a change, and the links to those beside it.
func (n *notes) begin(b *bytes.Buffer, r redline.Row) {
	if n == nil || r.Change == 0 {
		return
	}
	n.navigation(b, r.Change, "span")
	switch r.Kind {
	case redline.Reshaped:
		n.hidden(b, n.reshaped)
	case redline.Renumbered:
		n.numbers(b, r)
	}
}

func (n *notes) navigation(b *bytes.Buffer, change int, element string) {
	id := strconv.Itoa(change)
	b.WriteString("<" + element + ` class="redline-nav" id="c-` + id + `"` + n.lang + `>`)
	if change > 1 {
		n.link(b, "#c-"+strconv.Itoa(change-1), n.previous, "←")
	}
	if change < n.changes {
		n.link(b, "#c-"+strconv.Itoa(change+1), n.next, "→")
	}
	b.WriteString("</" + element + ">")
}

func (n *notes) link(b *bytes.Buffer, href, label, sign string) {
	b.WriteString(`<a href="` + href + `" aria-label="` + escape(label) + `">` + sign + `</a>`)
}

// numbers writes the old and the new number of a renumbered item. Where only
// one text is shown, the item has its number there already.
func (n *notes) numbers(b *bytes.Buffer, r redline.Row) {
	if r.Old == nil || r.New == nil {
		n.hidden(b, n.renumbered)
		return
	}
	old, now := innermost(r.Old, policy.Item), innermost(r.New, policy.Item)
	if r.Edits != nil || old == nil || now == nil {
		return
	}
	b.WriteString(`<span class="renumbered">`)
	n.hidden(b, n.renumbered)
	b.WriteString(escape(old.Number+" → "+now.Number) + "</span> ")
}

// rule writes what is to be said about a line that came or went.
func (n *notes) rule(b *bytes.Buffer, r redline.Row) {
	if n == nil || r.Change == 0 {
		return
	}
	b.WriteString(`<p class="redline-rule">`)
	n.navigation(b, r.Change, "span")
	word := n.inserted
	if r.New == nil {
		word = n.deleted
	}
	n.hidden(b, strings.TrimSpace(word)+" ―")
	b.WriteString("</p>\n")
}

// moveID writes the anchor of one of the two places of a move.
func (n *notes) moveID(b *bytes.Buffer, op redline.Op, move int) {
	if n != nil {
		b.WriteString(` id="` + place(op, move) + `"`)
	}
}

// place is the anchor of the old or the new place of a move.
func place(op redline.Op, move int) string {
	if op == redline.Delete {
		return "m-" + strconv.Itoa(move) + "-old"
	}
	return "m-" + strconv.Itoa(move) + "-new"
}

func (n *notes) before(b *bytes.Buffer, op redline.Op, move int) {
	if n == nil {
		return
	}
	switch {
	case op == redline.Delete && move > 0:
		n.hidden(b, n.movedAway)
	case op == redline.Delete:
		n.hidden(b, n.deleted)
	case move > 0:
		n.hidden(b, n.movedHere)
	default:
		n.hidden(b, n.inserted)
	}
}

func (n *notes) after(b *bytes.Buffer, op redline.Op, move int) {
	switch {
	case n == nil:
	case move > 0 && op == redline.Delete:
		n.toPlace(b, place(redline.Insert, move), n.movedTo, n.toNew, "⇢")
		n.hidden(b, n.movedEnd)
	case move > 0:
		n.toPlace(b, place(redline.Delete, move), n.movedFrom, n.toOld, "⇠")
		n.hidden(b, n.movedEnd)
	case op == redline.Delete:
		n.hidden(b, n.deletedEnd)
	default:
		n.hidden(b, n.insertedEnd)
	}
}

// toPlace writes a link to the other place of a move, by the name of the clause
// there if it has one.
func (n *notes) toPlace(b *bytes.Buffer, anchor, words, label, sign string) {
	clause := n.moves[anchor]
	if clause == "" {
		n.link(b, "#"+anchor, label, sign)
		return
	}
	b.WriteString(` <a class="redline-move" href="#` + anchor + `"` + n.lang + `>` + escape(strings.Replace(words, "%s", clause, 1)) + ` ` + sign + `</a>`)
}

// noteMoves notes the clauses of both places of each move of a row.
func (n *notes) noteMoves(r redline.Row) {
	note := func(op redline.Op, move int, block *policy.Block) {
		if move > 0 && block != nil && block.Clause != nil {
			n.moves[place(op, move)] = shortName(block.Clause)
		}
	}
	if r.Kind == redline.Moved {
		note(redline.Insert, r.Move, r.New)
		if r.New == nil {
			note(redline.Delete, r.Move, r.Old)
		}
	}
	for _, e := range r.Edits {
		if e.Op == redline.Delete {
			note(redline.Delete, e.Move, r.Old)
		} else {
			note(redline.Insert, e.Move, r.New)
		}
	}
}

// shortName names a clause in a few words: by its number, if it has one.
func shortName(c *policy.Clause) string {
	const long = 40 // characters
	name := c.Name()
	if number := strings.TrimSpace(strings.TrimSuffix(name, c.Title)); number != "" {
		return number
	}
	if r := []rune(name); len(r) > long {
		return string(r[:long-1]) + "…"
	}
	return name
}

func (n *notes) restyled(b *bytes.Buffer) {
	if n != nil {
		n.hidden(b, n.language.restyled)
	}
}
