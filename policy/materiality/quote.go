package materiality

import "strings"

// How much a quotation shows: so many words on either side of what changed, at
// most so many words in all, and the changed words alone up to so many.
const (
	besides   = 8
	excerpted = 60
	bare      = 14
)

// span is a run of words of a sentence.
type span struct{ from, to int }

// excerpt quotes the runs of words with what is around them, so that a
// reader sees the change in its place. What is left out is marked by an
// ellipsis; all that is shown is in the text word for word.
func (s *sentence) excerpt(runs []span) string {
	if s == nil || len(runs) == 0 {
		return ""
	}
	var wide []span
	for _, r := range runs {
		w := span{max(0, r.from-besides), min(len(s.words), r.to+besides)}
		if w.from <= 2 {
			w.from = 0
		}
		if w.to >= len(s.words)-2 {
			w.to = len(s.words)
		}
		if n := len(wide); n > 0 && w.from <= wide[n-1].to+2 {
			wide[n-1].to = max(wide[n-1].to, w.to)
			continue
		}
		wide = append(wide, w)
	}
	return s.join(wide, excerpted)
}

// join quotes spans, up to most words in all, with an ellipsis for what is
// left out.
func (s *sentence) join(spans []span, most int) string {
	var b strings.Builder
	if spans[0].from > 0 {
		b.WriteString("… ")
	}
	left := most
	for i, w := range spans {
		if i > 0 {
			b.WriteString(" … ")
		}
		cut := min(w.to, w.from+left)
		b.WriteString(s.quote(w.from, cut))
		left -= cut - w.from
		if cut < w.to || left <= 0 && i+1 < len(spans) {
			return b.String() + " …"
		}
	}
	if spans[len(spans)-1].to < len(s.words) {
		b.WriteString(" …")
	}
	return b.String()
}

// bareWords quotes the changed words themselves, for the sentence that says
// why: from the first to the last, or the beginning of that. A word that says
// little by itself brings its neighbour with it.
func (s *sentence) bareWords(runs []span) string {
	if s == nil || len(runs) == 0 {
		return ""
	}
	from, to := runs[0].from, runs[len(runs)-1].to
	for to-from < 3 && (to < len(s.words) || from > 0) {
		switch {
		case to < len(s.words) && (from == 0 || (to-from)%2 == 1):
			to++
		case from > 0:
			from--
		default:
			to++
		}
	}
	if to-from > bare {
		return s.quote(from, from+bare) + " …"
	}
	return s.quote(from, to)
}

// quotation is what is shown of one side of a change: the changed words, and
// the same in their place.
type quotation struct{ bare, full string }

// quote shows changed words of a sentence.
func quote(s *sentence, runs []span) quotation {
	return quotation{s.bareWords(runs), s.excerpt(runs)}
}

// quoteWhole shows a sentence that came or went.
func quoteWhole(s *sentence) quotation {
	all := []span{{0, len(s.words)}}
	return quotation{s.bareWords(all), s.join(all, excerpted)}
}

// where returns the place in the other sentence at which words came or went
// that begin at a word, so that both sides can be read beside each other.
func (p *passage) where(at int, new bool) []span {
	if p.held == nil {
		return nil
	}
	place := func(list []token, at int, end int) []span {
		if at < len(list) {
			end = list[at].from
		}
		return []span{{end, end}}
	}
	for _, s := range p.held.spans {
		here, there := s.old, s.new
		if new {
			here, there = s.new, s.old
		}
		switch {
		case len(here) == 0 || at < here[0].from || at >= here[len(here)-1].to:
		case len(there) > 0:
			return spansOf(there)
		case new:
			return place(p.held.old, s.oldFrom, len(p.old.words))
		default:
			return place(p.held.new, s.newFrom, len(p.new.words))
		}
	}
	return nil
}
