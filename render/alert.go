package render

import (
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// alert is how GitHub marks a quotation as a note or a warning.
var alert = regexp.MustCompile(`^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*`)

// alerts returns a document as GitHub shows its alerts: the mark in front of one is a
// word in bold, on a line of its own.
func alerts(d *policy.Document) *policy.Document {
	shown := d
	for i := range d.Blocks {
		words, is := alertWords(d, i)
		if !is {
			continue
		}
		if shown == d {
			another := *d
			another.Blocks = slices.Clone(d.Blocks)
			shown = &another
		}
		shown.Blocks[i].Spans = words
	}
	return shown
}

// alertWords returns the words of a block that begins an alert.
func alertWords(d *policy.Document, i int) ([]policy.Span, bool) {
	b := &d.Blocks[i]
	if n := len(b.Path); n == 0 || b.Path[n-1].Kind != policy.Quote || len(b.Spans) == 0 {
		return nil, false
	}
	if i > 0 && slices.Contains(d.Blocks[i-1].Path, b.Path[len(b.Path)-1]) {
		return nil, false // it stands within the quotation
	}
	m := alert.FindStringSubmatch(b.Spans[0].Text)
	if m == nil {
		return nil, false
	}
	spans := []policy.Span{{Text: m[1][:1] + strings.ToLower(m[1][1:]), Style: policy.Strong}}
	rest := slices.Clone(b.Spans)
	rest[0].Text = "\n" + rest[0].Text[len(m[0]):]
	if len(rest) == 1 && rest[0].Text == "\n" {
		return spans, true
	}
	return append(spans, rest...), true
}
