package render

import (
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// said returns the words of edit i. Plain text does not show where a link
// leads, so a link whose words stayed while its target changed says it: "our
// terms </a>". So does a picture that has no words.
func said(edits []redline.Edit, i int) string {
	e := edits[i]
	if e.Op == redline.Keep {
		return e.Text()
	}
	other := counterpart(edits, i)
	var b strings.Builder
	for k, s := range e.Spans {
		b.WriteString(s.Text)
		if to := target(s); to != "" && !sameLink(e.Spans, k) && (s.Text == "" || ledElsewhere(s, other)) {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString("<" + to + ">")
		}
	}
	return b.String()
}

// target is where a span leads, or the address of its picture.
func target(s policy.Span) string {
	if s.Link != "" {
		return s.Link
	}
	return s.Image
}

// counterpart returns the words that are in place of those of edit i.
func counterpart(edits []redline.Edit, i int) []policy.Span {
	switch {
	case edits[i].Op == redline.Delete && i+1 < len(edits) && edits[i+1].Op == redline.Insert:
		return edits[i+1].Spans
	case edits[i].Op == redline.Insert && i > 0 && edits[i-1].Op == redline.Delete:
		return edits[i-1].Spans
	}
	return nil
}

// sameLink reports whether the span after k goes on with the same link.
func sameLink(spans []policy.Span, k int) bool {
	return k+1 < len(spans) && spans[k+1].Text != "" && target(spans[k]) == target(spans[k+1])
}

// ledElsewhere reports whether the words of a span are in others with
// another target, and nowhere with the same.
func ledElsewhere(s policy.Span, others []policy.Span) bool {
	found := false
	for _, o := range others {
		if strings.TrimSpace(o.Text) != strings.TrimSpace(s.Text) {
			continue
		}
		if o.Link == s.Link && o.Image == s.Image {
			return false
		}
		found = true
	}
	return found
}
