package merge

import (
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// merged carries out edits on the words of a text, which keep their styles and
// links. It fails where the edits are of other words.
func merged(spans []policy.Span, edits []redline.Edit) ([]policy.Span, bool) {
	var old strings.Builder
	for _, e := range edits {
		old.WriteString(e.OldText())
	}
	whole := policy.Block{Spans: spans}
	if edits == nil || old.String() != whole.Text() {
		return nil, false
	}
	var out []policy.Span
	rest := spans
	for _, e := range edits {
		n := len(e.OldText())
		var own []policy.Span
		own, rest = cut(rest, n)
		switch {
		case e.Op == redline.Insert:
			out = appendSpans(out, e.Spans)
		case e.Op == redline.Keep && e.Restyled:
			out = appendSpans(out, e.Spans)
		case e.Op == redline.Keep && e.Text() != e.OldText(): // other spaces
			out = appendSpans(out, respaced(own, e))
		case e.Op == redline.Keep:
			out = appendSpans(out, own)
		}
	}
	return appendSpans(out, rest), true
}

// onlySpaces reports whether edits leave all words, and how they look, as they were.
func onlySpaces(edits []redline.Edit) bool {
	for _, e := range edits {
		if e.Op != redline.Keep || e.Restyled {
			return false
		}
	}
	return len(edits) > 0
}

// respaced returns a kept run with the spaces that it has now; where it is of
// several styles they stay as they were.
func respaced(own []policy.Span, e redline.Edit) []policy.Span {
	if len(own) != 1 {
		return own
	}
	s := own[0]
	s.Text = e.Text()
	return []policy.Span{s}
}

// cut parts spans behind so many bytes of their words.
func cut(spans []policy.Span, n int) (head, tail []policy.Span) {
	for i, s := range spans {
		if n == 0 && s.Text != "" {
			return head, append(tail, spans[i:]...)
		}
		if n < len(s.Text) {
			first, second := s, s
			first.Text, second.Text = s.Text[:n], s.Text[n:]
			return append(head, first), append(append(tail, second), spans[i+1:]...)
		}
		n -= len(s.Text)
		head = append(head, s)
	}
	return head, nil
}

// appendSpans appends words, and joins those of one style.
func appendSpans(out, more []policy.Span) []policy.Span {
	for _, s := range more {
		if last := len(out) - 1; last >= 0 && s.Image == "" && out[last].Image == "" && out[last].Style == s.Style && out[last].Link == s.Link {
			out[last].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}

func hasLinks(spans []policy.Span) bool {
	for _, s := range spans {
		if s.Link != "" || s.Image != "" {
			return true
		}
	}
	return false
}

// trimmed drops white space at both ends, which Markdown has no words for.
func trimmed(spans []policy.Span) []policy.Span {
	spans = append([]policy.Span(nil), spans...)
	for len(spans) > 0 && spans[0].Image == "" {
		if spans[0].Text = strings.TrimLeft(spans[0].Text, " \t\n"); spans[0].Text != "" {
			break
		}
		spans = spans[1:]
	}
	for last := len(spans) - 1; last >= 0 && spans[last].Image == ""; last-- {
		if spans[last].Text = strings.TrimRight(spans[last].Text, " \t\n"); spans[last].Text != "" {
			break
		}
		spans = spans[:last]
	}
	return spans
}
