package materiality

import (
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// surroundings tell whether a block is in the text of a policy or in what a
// page shows around it.
type surroundings struct {
	index  int     // of the block in its document
	part   float64 // how far down the document it is, 0 to 1
	links  int     // how many blocks in a row, this one among them, are links or labels only
	first  bool    // nothing that binds anybody is before it
	last   bool    // nothing that binds anybody is after it
	ahead  bool    // it is before the title of the document
	choice bool    // a block beside it says yes or no: both are there to be clicked on
	asks   bool    // such blocks are right below it
	menu   bool    // half of the blocks in a row, this one among them, are links
	aside  bool    // it is below a line such as "Related articles"
	teaser bool    // and within a link that is written over several blocks
	pieces int     // how many labels the line puts side by side: "Home > Legal > Refunds"
}

// surround reads the surroundings of all blocks of a document, of which it may be known
// what they say.
func surround(d *policy.Document, known []*said) *page {
	if d == nil {
		return new(page)
	}
	p := &page{of: d, blocks: make([]block, len(d.Blocks))}
	firstRule, lastRule, title := len(d.Blocks), -1, -1
	aside, link := false, 0
	for i := range d.Blocks {
		b := &p.blocks[i]
		if b.Block = &d.Blocks[i]; known != nil {
			b.said = known[i]
		}
		if b.said == nil {
			b.said = saidBy(b.Block)
		}
		b.around = surroundings{index: i, part: float64(i) / float64(len(d.Blocks)), pieces: b.pieces}
		p.cells = p.cells || isCell(b.Block)
		if b.Kind == policy.Heading && title < 0 {
			title = i
		}
		link = goOn(p.blocks[:i], link, b.text)
		switch {
		case b.aside:
			aside = true
		case link > 0 || b.linked:
		case b.Kind == policy.Heading, len(b.text) > 2*longLabel:
			aside = false
		}
		b.around.aside = aside
		if b.Kind != policy.Heading && len(b.text) > 60 && !b.linked && b.pieces < 3 {
			firstRule, lastRule = min(firstRule, i), i
		}
	}
	for i := range p.blocks {
		a := &p.blocks[i].around
		a.first, a.last, a.ahead = i < firstRule, i > lastRule, i < title
	}
	p.choices()
	p.links()
	return p
}

// longLink is how many blocks a link is written over at most: one that nothing ends is
// none, and hides no rule.
const longLink = 6

// goOn returns how many blocks the link has that is open behind a block of this text, and
// marks those of one that ends here.
func goOn(before []block, open int, text string) int {
	switch {
	case text == "[":
		return 1
	case open == 0 || open == longLink:
		return 0
	case !strings.HasPrefix(text, "]("):
		return open + 1
	}
	for i := range before[len(before)-open:] {
		s := &before[len(before)-open+i].around
		s.teaser = s.aside
	}
	return 0
}

// choices notes the buttons that stand side by side.
func (p *page) choices() {
	for i := 1; i < len(p.blocks); i++ {
		if p.blocks[i-1].yesNo && p.blocks[i].yesNo {
			p.blocks[i-1].around.choice, p.blocks[i].around.choice = true, true
			p.blocks[max(i-2, 0)].around.asks = true
		}
	}
}

// links counts the short pieces in a row that each block is among.
func (p *page) links() {
	for i := 0; i < len(p.blocks); {
		n, linked := i, 0
		for ; n < len(p.blocks) && p.blocks[n].isShort(); n++ {
			if p.blocks[n].linked {
				linked++
			}
		}
		for k := i; k < n; k++ {
			a := &p.blocks[k].around
			a.links, a.menu = n-i, linked >= menuLinks && linked*2 >= n-i
		}
		i = max(n, i+1)
	}
}

// answers reports whether a block is a yes or no to what is above it, and not there
// to be clicked on.
func (b *block) answers() bool { return b.yesNo && !b.around.choice && !b.around.aside }

// isYesOrNo reports whether a line says yes or no, and nothing else.
func isYesOrNo(text string) bool {
	if text = strings.Trim(text, " .*_\n"); len(text) > len("yes no") {
		return false
	}
	switch strings.ToLower(text) {
	case "yes", "no", "yes no", "no yes":
		return true
	}
	return false
}

// longLabel is how many bytes the longest line has that heads what a page offers.
const longLabel = 80

// isShort reports whether a block is a link, or too short to say anything.
func (b *block) isShort() bool { return b.linked || b.brief && b.Kind != policy.Heading }

// isBrief reports whether a text is too short to say anything.
func isBrief(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) < 25 && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ";") && strings.Count(text, " ") < 4
}

// longHead is how many bytes the longest of these heads has.
const longHead = 24

// startsAside reports whether a line heads what a page offers beside its text.
func startsAside(text string) bool {
	text = strings.TrimSpace(text)
	text = strings.ToLower(text[:min(len(text), longHead)])
	return hasAnyPrefix(text, "related ", "see also", "more from", "you may also", "customers also", "recommended", "popular ", "recent ", "share this", "follow us", "was this", "rate this", "did this", "need more help", "still have questions", "in this article", "on this page")
}

// piecesOf counts the labels that a line puts side by side.
func piecesOf(text string) int {
	n := 1
	if len(text) >= 200 || !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf || r == '|' || r == '>' || r == ']' || r == '/' }) {
		return n
	}
	for _, mark := range []string{" | ", " · ", " › ", " > ", " » ", " • ", "] [", "★", " / ", " – "} {
		n += strings.Count(text, mark)
	}
	return n
}

// holds reports whether a block with these surroundings holds a sentence of the
// page rather than of the policy.
func (a *surroundings) holds(s *sentence, text string) bool {
	switch {
	case a.ahead && offers(text), a.teaser:
		return true
	case binds(s):
		return false
	case a.aside && (startsAside(text) || len(s.words) <= labelWords):
		return true
	case a.asks && s.next == nil && strings.HasSuffix(text, "?"):
		return true // "Did you get the help you needed?" above its buttons
	case a.ahead && s.place.linked && !ruleTexts.in(s.words):
		return true // a link of the page
	case len(s.measures()) > 0: // a price in a list of links is no label, a limit at a glance none
		return false
	case a.ahead && a.heads(s), a.menu && !s.place.listed() && len(s.words) <= labelWords:
		return true
	}
	return a.pieces > 2 && (a.first || a.last || a.ahead)
}

// listed reports whether a sentence is in a list among what binds, or in a numbered one:
// its items are those of the policy, though they be links alone.
func (p *place) listed() bool {
	a := p.around
	return p.item && (p.number || a != nil && !a.first && !a.last && !a.ahead && !a.aside)
}

// heads reports whether a line ahead of the title is a label, or what a browser shows
// as the title of its window: "Terms | Example".
func (a *surroundings) heads(s *sentence) bool {
	if a.pieces > 1 && len(s.words) <= itemWords {
		return true
	}
	return isLabel(s) && !ruleTexts.in(s.words)
}
