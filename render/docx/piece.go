package docx

import (
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// piece is a run of words of one style and trackedChange.
type piece struct {
	policy.Span
	trackedChange trackedChange
	cut           bool // arrived with a move, and was deleted there
	move          int  // of words that moved into or out of a paragraph that did not; else 0
	was           *policy.Style
}

// pieces returns the words of a paragraph.
func (p para) pieces() []piece {
	var out []piece
	if p.edits == nil {
		out = spread(p.shown().Spans, piece{trackedChange: p.words})
	} else {
		out = edited(p.edits, p.words, 0)
	}
	if p.shown().Kind == policy.Code {
		trimLineEnd(out, func(p piece) bool { return p.trackedChange.old() })
		trimLineEnd(out, func(p piece) bool { return p.trackedChange.new() && !p.cut })
	}
	return out
}

// edited returns the words of edits in a paragraph of a trackedChange, or in words that
// moved.
func edited(edits []redline.Edit, words trackedChange, move int) []piece {
	var out []piece
	for _, e := range edits {
		like := piece{trackedChange: words, move: move}
		switch {
		case e.Op == redline.Keep && e.Restyled && e.Old != nil:
			out = append(out, restyled(e, like)...)
			continue
		case e.Op == redline.Keep:
		case e.Move != 0 && e.Op == redline.Insert:
			like.trackedChange, like.move = arrives, e.Move
			if e.Inner != nil {
				out = append(out, edited(e.Inner, arrives, e.Move)...)
				continue
			}
		case e.Move != 0:
			like.trackedChange, like.move = leaves, e.Move
		case e.Op == redline.Insert:
			like.trackedChange = comes
		case words == arrives:
			like.cut = true
		default:
			like.trackedChange = goes
		}
		out = append(out, spread(e.Spans, like)...)
	}
	return out
}

// spread returns spans as pieces like one.
func spread(spans []policy.Span, like piece) []piece {
	out := make([]piece, 0, len(spans))
	for _, s := range spans {
		if s.Text == "" {
			continue // a picture without a description shows nothing
		}
		like.Span = s
		out = append(out, like)
	}
	return out
}

// restyled returns kept words with the styles that they had before. White
// space takes the style before it, for it may not be the same in both texts.
func restyled(e redline.Edit, like piece) []piece {
	var before []policy.Style
	for _, s := range e.Old {
		for _, r := range s.Text {
			if !unicode.IsSpace(r) {
				before = append(before, s.Style)
			}
		}
	}
	var out []piece
	was, at := policy.Style(0), 0
	for _, s := range e.Spans {
		start := 0
		for i, r := range s.Text {
			if unicode.IsSpace(r) || at >= len(before) {
				continue
			}
			if before[at] != was {
				out = append(out, styled(s, s.Text[start:i], was, like)...)
				start, was = i, before[at]
			}
			at++
		}
		out = append(out, styled(s, s.Text[start:], was, like)...)
	}
	return out
}

// styled returns a part of a span that had the style was.
func styled(s policy.Span, text string, was policy.Style, like piece) []piece {
	if text == "" {
		return nil
	}
	like.Span, like.Text = s, text
	if was != s.Style {
		like.was = &was
	}
	return []piece{like}
}

// trimLineEnd drops the line end that closes preformatted text.
func trimLineEnd(pieces []piece, own func(piece) bool) {
	for i := len(pieces) - 1; i >= 0; i-- {
		if p := &pieces[i]; own(*p) && p.Text != "" {
			p.Text = strings.TrimSuffix(p.Text, "\n")
			return
		}
	}
}
