package notify

import (
	"cmp"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// Plan says what sending a notice by email would do.
type Plan struct {
	Notice      string               // its id
	Class       notice.Class         // whom it goes to
	Channels    []notice.Channel     // all of them, email among them or not
	Listed      int                  // how many of the list are meant, the suppressed among them
	To          int                  // how many are told by email
	Without     int                  // rows without an address: told by the other channels alone
	Skipped     []Skipped            // who is not told by email, and why
	Bad         []*policy.Diagnostic // rows of the list that are not as they should be
	Languages   []LanguageCount      // of those told, the largest group first
	Rate        Rate                 // zero when only the server's pace bounds it
	Connections int
	Quiet       Quiet
	WarmUp      WarmUp
	Duration    time.Duration // expected at that rate, without delays that servers ask for; 0 without a rate
	End         time.Time     // when the last message leaves at that rate
	Deadline    policy.Date   // last day on which telling still leaves the notice period
	Effective   policy.Date
	Holds       policy.Date // the earliest effective date for which sending now would be in time
}

// Skipped is a recipient who is not told by email.
type Skipped struct {
	Line int // of the list
	Why  string
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
	Rate        Rate                                          // zero for no limit
	PerDomain   Rate                                          // for each receiving domain; zero for no limit
	Connections int
	Quiet       Quiet
	WarmUp      WarmUp
	Start       time.Time
}

// NewPlan makes the plan for sending n to the people of a list, which it reads
// row by row, as Recipients gives them. Its error is a fault of the whole list.
func NewPlan(n *notice.Notice, list iter.Seq2[Recipient, error], o PlanOptions) (*Plan, error) {
	p := &Plan{
		Notice: n.ID(), Class: n.Class, Channels: n.Channels,
		Rate: o.Rate, Connections: o.Connections, Deadline: n.Deadline, Effective: n.Effective,
	}
	asked, domains, zones := map[string]int{}, map[string]int{}, map[string]int{}
	for r, err := range list {
		r, told, err := p.sort(r, err)
		if err != nil {
			return nil, err
		}
		if told {
			p.Listed++
		}
		if told && o.Suppressed != nil {
			if why, suppressed := o.Suppressed(r); suppressed {
				p.Skipped = append(p.Skipped, Skipped{r.Line, why})
				continue
			}
		}
		if told {
			p.To++
			asked[r.Lang]++
			zones[r.Zone]++
			if o.PerDomain.Count > 0 {
				domains[domainOf(r.Email)]++
			}
		}
	}
	p.Languages = languageCounts(asked, o.Languages)
	p.schedule(o, domains, zones)
	return p, nil
}

// NewRest makes the plan for what is left of a notice that was begun, without
// its list.
func NewRest(n *notice.Notice, begun Counts, o PlanOptions) *Plan {
	p := &Plan{
		Notice: n.ID(), Class: n.Class, Channels: n.Channels, Listed: begun.Total(), To: begun.Due + begun.InDoubt,
		Rate: o.Rate, Connections: o.Connections, Deadline: n.Deadline, Effective: n.Effective,
	}
	p.schedule(o, nil, map[string]int{"": p.To})
	return p
}

// sort notes what is wrong with a row, and reports whether its person is told.
func (p *Plan) sort(r Recipient, err error) (Recipient, bool, error) {
	var fault *policy.Diagnostic
	if errors.As(err, &fault) {
		p.Bad = append(p.Bad, fault)
		if fault.Rule == ruleWithout {
			p.Without++
		}
	} else if err != nil {
		return r, false, err
	}
	if r.Email == "" {
		return r, false, nil
	}
	fits, why := suits(p.Class, r.Class)
	if !fits && p.Class == notice.Follower {
		p.Skipped = append(p.Skipped, Skipped{r.Line, why})
	} else if !fits {
		p.Bad = append(p.Bad, &policy.Diagnostic{
			Line: r.Line, Level: policy.Error, Rule: ruleClass, Message: why,
			Hint: "a service notice is for account holders alone; tell followers with --class follower",
		})
	}
	return r, fits, nil
}

// suits reports whether a person of one class gets notices of another: account
// holders have not asked for what followers get, and what account holders must
// be told is no business of followers.
func suits(given, person notice.Class) (bool, string) {
	switch {
	case person == "" || person == given:
		return true, ""
	case person == notice.Follower:
		return false, "the person is a follower"
	}
	return false, "the person has an account, and is told by the service notice"
}

// Addressees returns the people of a list who get a notice of the given class, each
// once, as the plan counts them. Its error is a fault of the whole list.
func Addressees(list iter.Seq2[Recipient, error], class notice.Class) iter.Seq2[Recipient, error] {
	return func(yield func(Recipient, error) bool) {
		for r, err := range list {
			var fault *policy.Diagnostic
			if err != nil && !errors.As(err, &fault) {
				yield(r, err)
				return
			}
			if fits, _ := suits(class, r.Class); r.Email == "" || !fits {
				continue
			}
			if !yield(r, nil) {
				return
			}
		}
	}
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
// Quiet hours count as if the last of each zone were told last.
func (p *Plan) schedule(o PlanOptions, domains, zones map[string]int) {
	p.Quiet, p.WarmUp = o.Quiet, o.WarmUp
	busy := p.Rate.lasts(p.To)
	for _, count := range domains {
		busy = max(busy, o.PerDomain.lasts(count)) // the slowest domain decides
	}
	warm := o.Start.Add(o.WarmUp.lasts(p.To))
	p.End = warm
	for zone := range zones {
		if end := o.Quiet.after(warm, 0, zone); end.After(p.End) {
			p.End = end
		}
		if end := o.Quiet.after(o.Start, busy, zone); end.After(p.End) {
			p.End = end
		}
	}
	p.Duration = p.End.Sub(o.Start)
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
// (RFC 4647, section 3.4), else another of the same primary language, else the
// first.
func MatchLanguage(have []string, want string) string {
	if near, ok := policy.NearestLanguage(have, want); ok {
		return near
	}
	primary, _, _ := strings.Cut(want, "-")
	for _, h := range have {
		if p, _, _ := strings.Cut(h, "-"); strings.EqualFold(p, primary) && p != "" {
			return h
		}
	}
	if len(have) == 0 {
		return ""
	}
	return have[0]
}
