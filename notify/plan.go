package notify

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// Plan says what sending a notice by email would do.
type Plan struct {
	Notice      string           // its id
	Class       notice.Class     // whom it goes to
	Channels    []notice.Channel // all of them, email among them or not
	To          []Recipient      // who is told by email
	Skipped     []Skipped        // who is not, and why
	Languages   []LanguageCount  // of To, the largest group first
	Rate        int              // messages a minute; 0 when only the server's pace bounds it
	Connections int
	Duration    time.Duration // expected at that rate, without delays that servers ask for; 0 without a rate
	End         time.Time     // when the last message leaves at that rate
	Deadline    policy.Date   // last day on which telling still leaves the notice period
	Effective   policy.Date
	Holds       policy.Date // the earliest effective date for which sending now would be in time
}

// Skipped is a recipient who is not told by email.
type Skipped struct {
	Recipient Recipient
	Why       string
}

// LanguageCount tells how many recipients asked for a language, and in which
// one they are told.
type LanguageCount struct {
	Lang  string // asked for; empty when the list names none
	Text  string // they get; differs when there is no text in Lang
	Count int
}

// PlanOptions say how a notice would be sent.
type PlanOptions struct {
	Languages   []string                                      // in which there is a text; the first is for all others
	Suppressed  func(Recipient) (why string, suppressed bool) // nil when nobody is
	Rate        int                                           // messages a minute; 0 for no limit
	Connections int
	Start       time.Time
}

// NewPlan makes the plan for sending n to the recipients.
func NewPlan(n *notice.Notice, recipients []Recipient, o PlanOptions) *Plan {
	p := &Plan{
		Notice: n.ID(), Class: n.Class, Channels: n.Channels,
		Rate: o.Rate, Connections: o.Connections, Deadline: n.Deadline, Effective: n.Effective,
	}
	asked := map[string]int{}
	p.To = make([]Recipient, 0, len(recipients))
	for _, r := range recipients {
		if o.Suppressed != nil {
			if why, suppressed := o.Suppressed(r); suppressed {
				p.Skipped = append(p.Skipped, Skipped{r, why})
				continue
			}
		}
		p.To = append(p.To, r)
		asked[r.Lang]++
	}
	p.Languages = languageCounts(asked, o.Languages)
	p.schedule(o.Start)
	return p
}

func languageCounts(asked map[string]int, texts []string) []LanguageCount {
	counts := make([]LanguageCount, 0, len(asked))
	for lang, count := range asked {
		counts = append(counts, LanguageCount{lang, MatchLanguage(texts, lang), count})
	}
	slices.SortFunc(counts, func(a, b LanguageCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Lang, b.Lang))
	})
	return counts
}

// schedule computes when the sending ends, and which effective date it suits.
func (p *Plan) schedule(start time.Time) {
	if p.Rate > 0 && len(p.To) > 0 {
		minutes := float64(len(p.To)-1) / float64(p.Rate)
		p.Duration = time.Duration(math.Ceil(minutes * float64(time.Minute)))
	}
	p.End = start.Add(p.Duration)
	p.Holds = policy.DateOf(p.End).AddDays(p.Deadline.DaysUntil(p.Effective))
}

// InTime reports whether the last message leaves on the deadline or before.
// A notice without a deadline is always in time.
func (p *Plan) InTime() bool {
	return p.Deadline.IsZero() || !policy.DateOf(p.End).After(p.Deadline)
}

// ByEmail reports whether email is among the channels of the notice.
func (p *Plan) ByEmail() bool { return slices.Contains(p.Channels, notice.Email) }

// MatchLanguage returns which of the languages a person gets who asked for
// want: the same, else one that shares more and more of its leading subtags
// (RFC 4647, section 3.4), else the first.
func MatchLanguage(have []string, want string) string {
	for tag := want; tag != ""; {
		for _, h := range have {
			if strings.EqualFold(h, tag) {
				return h
			}
		}
		cut := strings.LastIndexByte(tag, '-')
		if cut < 0 {
			break
		}
		tag = tag[:cut]
	}
	if len(have) == 0 {
		return ""
	}
	return have[0]
}
