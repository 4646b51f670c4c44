package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// told is how many changes a draft summary tells of.
const told = 3

// summarize drafts a summary of the changes that decide.
func (a *Assessment) summarize(reasons []judged) {
	if a.Severity < policy.Minor {
		return
	}
	var lines []string
	for _, r := range a.Reasons {
		if r.Severity < a.Severity || len(lines) == told {
			break
		}
		if line := sentenceFor(r, reasons); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	a.DraftSummary = strings.Join(lines, " ")
}

// sentenceFor tells of one reason in the words of the text itself.
func sentenceFor(r Reason, reasons []judged) string {
	for i := range reasons {
		f := reasons[i].found
		if f == nil || reasons[i].Rule != r.Rule || reasons[i].Before != r.Before || reasons[i].After != r.After {
			continue
		}
		switch p := f.passage; {
		case p.old == nil:
			return "New: " + quoted(shortened(p.new.text))
		case p.new == nil:
			return "No longer there: " + quoted(shortened(p.old.text))
		case p.held != nil:
			return p.instead(r)
		default:
			return "Now: " + quoted(shortened(p.new.text))
		}
	}
	return ""
}

// instead tells of a sentence that changed: "We keep logs for 180 days instead
// of 90 days." Of a sentence too long to quote it shows what the reason shows,
// for the beginnings of both may be the same.
func (p *passage) instead(r Reason) string {
	open := p.held.unlicensed()
	if len(open) == 1 && len(open[0].old) == 1 && len(open[0].new) == 1 && open[0].old[0].num != nil && len(p.new.words) <= summaryWords {
		end := p.new.words[open[0].new[0].to-1].end
		return p.new.text[:end] + " instead of " + p.old.quoteToken(open[0].old[0]) + strings.TrimRight(p.new.text[end:], ".;:") + "."
	}
	if long := max(len(p.old.words), len(p.new.words)) > summaryWords; long && r.Before != "" && r.After != "" {
		return "It now says " + quoted(r.After) + " instead of " + quoted(r.Before)
	}
	now := "It now says " + quoted(shortened(p.new.text)) + " instead of " + quoted(shortened(p.old.text))
	if lead := p.new.place.lead; p.new.place.answer && lead != "" {
		return quoted(shortened(lead)) + ": it" + now[len("It"):]
	}
	return now
}

// summaryWords is how many words of a sentence a summary quotes.
const summaryWords = 40

func shortened(text string) string {
	list := strings.Fields(text)
	if len(list) > summaryWords {
		return strings.Join(list[:summaryWords], " ") + " …"
	}
	return strings.TrimRight(strings.Join(list, " "), ";:")
}
