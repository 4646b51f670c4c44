package materiality

import (
	"cmp"
	"slices"

	"github.com/codicil/codicil/policy"
)

// judged is a reason, with how strongly the change is about its category.
type judged struct {
	Reason
	weight float64
	topics []topic // all that it is about, the strongest first
	found  *found  // nil for what no sentence shows

	fixed bool    // its severity is the organization's word
	named bool    // its rule is about one category alone
	grave float64 // how much speaks for its change being major
}

// conclude weighs the changes and gives the reasons, those that matter first.
func (a *Assessment) conclude(j *judge, list []*unit) {
	own := a.ruled(list)
	for _, u := range list {
		u.grades = fitted().grades(u.features)
	}
	d := describedBy(list)
	v := fitted().judge(d, d.graves())
	a.Severity = max(v.Severity, own)
	a.Confidence = Certainty{v.Band(), v.Probability}
	a.Undecided = v.Undecided && own < policy.Major
	if own >= v.Severity && own > policy.None {
		a.Confidence = Certainty{High, 1}
	}
	var reasons []judged
	for _, u := range list {
		reasons = append(reasons, u.weighed(v)...)
	}
	a.raise(reasons, v)
	if a.Severity >= policy.Minor {
		j.tellAbout(&d)
		a.Categories = append(a.Categories, a.about(d, about(d, d.graves(), j.features("")), reasons)...)
	}
	a.tell(reasons)
	a.summarize(reasons)
}

// about returns the categories: those that the model sees in the words, those that
// the organization's rules name, and those of which a rule speaks that is about
// one alone, where the model does not think that unlikely or does not know better. All
// is what the changes are about together.
func (a *Assessment) about(d Described, all Features, reasons []judged) []Category {
	m := fitted()
	l := m.leanings(all)
	out := m.categories(d, d.graves(), l)
	if _, p := l.likeliest(); p < namedFrom {
		var named []Category
		for _, r := range reasons {
			if r.named && r.Category != "" && r.Severity == a.Severity && !slices.Contains(named, r.Category) {
				named = append(named, r.Category)
			}
		}
		if len(named) > 0 {
			out = named
		}
	}
	for _, r := range reasons {
		if r.Category == "" || r.Severity < a.Severity || slices.Contains(out, r.Category) {
			continue
		}
		if r.fixed || r.named && l.of(r.Category) >= namedFrom {
			out = append(out, r.Category)
		}
	}
	slices.Sort(out)
	return out
}

// namedFrom is the probability from which a category counts that a rule names.
const namedFrom = 0.2

// ruled returns the gravest severity that rules of the organization give.
func (a *Assessment) ruled(list []*unit) policy.Severity {
	own := policy.None
	for _, u := range list {
		for _, r := range u.reasons {
			if r.fixed {
				own = max(own, r.Severity)
			}
		}
	}
	return own
}

// describedBy is what the model sees of the changes. Those of which the
// organization has said how grave they are, are not asked about.
func describedBy(list []*unit) Described {
	d := Described{Proved: true}
	wholes := 0
	for _, u := range list {
		if u.whole() && u.gravest() == policy.Major {
			wholes++
		}
		if u.silent() || u.isFixed() {
			continue
		}
		if u.proved {
			d.Least = max(d.Least, u.least())
			continue
		}
		d.Proved = false
		if u.idle() {
			d.Least = max(d.Least, u.least())
			continue
		}
		if u.marked() {
			d.Least, d.Marked = max(d.Least, policy.Minor), true
		}
		if u.turned() {
			d.Least, d.Marked = policy.Major, true
		}
		d.Changes, d.Rules, d.units = append(d.Changes, u.features), append(d.Rules, u.gravest()), append(d.units, u)
	}
	if wholes >= section {
		d.Least, d.Marked = max(d.Least, policy.Minor), true
	}
	return d
}

// graves are how much speaks for each of these changes being grave.
func (d *Described) graves() []grades {
	list := make([]grades, len(d.units))
	for i, u := range d.units {
		list[i] = u.grades
	}
	return list
}

// section is how many rules that came or went make a section, which nobody may
// call harmless but a person.
const section = 3

// whole reports whether a change is a sentence that came or went.
func (u *unit) whole() bool {
	return u.passage != nil && (u.passage.old == nil || u.passage.new == nil)
}

// marked reports whether a sentence that else stayed as it was has another not,
// modal verb, number with its unit, condition, quantifier or party, about
// something that matters: nobody may call that harmless but a person.
func (u *unit) marked() bool {
	if u.passage == nil || u.passage.held == nil || u.proved || !u.passage.held.surgical() {
		return false
	}
	return slices.ContainsFunc(u.reasons, func(r judged) bool {
		return r.found != nil && r.Severity == policy.Major && turns[r.found.shift]
	})
}

// turned reports whether the parties stand in each other's place in a sentence that else
// stayed word for word: who may or must do what is the other way round.
func (u *unit) turned() bool {
	return u.passage != nil && u.passage.held != nil && u.passage.held.exchanged && u.passage.held.partiesExchanged()
}

// turns are the shifts on which a rule turns.
var turns = map[Shift]bool{Modal: true, Negation: true, Period: true, Amount: true, Age: true, Percentage: true, Condition: true, Quantifier: true, Jurisdiction: true, Entity: true, Exchange: true, Repointed: true}

// plainly says what changed and no more, where a change may be graver than its
// rule says.
func (r *judged) plainly() {
	if r.found == nil {
		return
	}
	about := r.Category
	if about == "" && len(r.topics) > 0 {
		about = r.topics[0].category
	}
	r.Why = Rule{Message: "What is said about {about} changed: \"{before}\" became \"{after}\"."}.why(r.found.before.bare, r.found.after.bare, about)
}

// idle reports whether a change is of a kind on which no rule turns: where to
// read more, a heading, an address.
func (u *unit) idle() bool {
	return u.passage != nil && !slices.ContainsFunc(u.reasons, func(r judged) bool { return r.found == nil || !harmless[r.found.shift] }) && len(u.reasons) > 0
}

// least is how grave a change is on which no rule turns: editorial at most, and minor
// where claims go to another address.
func (u *unit) least() policy.Severity {
	most := policy.Editorial
	if slices.ContainsFunc(u.reasons, func(r judged) bool { return r.found != nil && r.found.shift == Address && r.Severity == policy.Minor }) {
		most = policy.Minor
	}
	return min(u.gravest(), most)
}

// silent reports whether the rules that would speak of a change are off.
func (u *unit) silent() bool { return len(u.reasons) == 0 }

func (u *unit) isFixed() bool {
	return slices.ContainsFunc(u.reasons, func(r judged) bool { return r.fixed })
}

// weighed returns the reasons of a change, each with the severity that the
// model gives to the change, or less where its rule says less.
func (u *unit) weighed(v Verdict) []judged {
	list := slices.Clone(u.reasons)
	if len(list) == 0 {
		return nil
	}
	of, grave := u.severity(v)
	gravest := u.gravest()
	for i := range list {
		r := &list[i]
		r.grave = grave
		switch {
		case r.fixed:
			r.Confidence = High
			continue
		case r.Severity == gravest:
			if of > r.Severity {
				r.plainly()
			}
			switch {
			case of < policy.Minor && u.whole() && r.Severity == policy.Major && v.Severity >= policy.Minor:
				r.Severity = policy.Minor // a rule that came or went is more than other words, where any change is
			case of < policy.Minor, v.Severity < policy.Major, r.Severity < policy.Major:
				r.Severity = of // else its rule says major of a change that matters, in a text that is
			}
		default:
			r.Severity = min(r.Severity, of)
		}
		r.Confidence = u.confidence()
		if r.Severity < policy.Minor {
			r.Category = ""
		} else {
			r.name()
		}
	}
	return list
}

// severity is what the model says of one change, and how much speaks for its
// being major.
func (u *unit) severity(v Verdict) (policy.Severity, float64) {
	if u.proved || u.idle() {
		return u.least(), u.grades.major() - provedBelow
	}
	s := policy.None
	for i, k := range graded {
		if u.grades[i] <= 0 {
			break
		}
		s = k
	}
	return min(s, v.Severity), u.grades.major()
}

// provedBelow sorts what was proved harmless behind everything else.
const provedBelow = 100

// confidence is how sure the model is of one change.
func (u *unit) confidence() Confidence {
	if u.proved {
		return High
	}
	p := logistic(u.grades.major())
	switch d := max(p, 1-p); {
	case d >= highFrom:
		return High
	case d >= mediumFrom:
		return Medium
	}
	return Low
}

// raise gives the severity of the whole to the change that decides it, where no
// change by itself has it.
func (a *Assessment) raise(list []judged, v Verdict) {
	at := -1
	for i := range list {
		if list[i].fixed || list[i].grave < lowest*4 {
			continue
		}
		if list[i].Severity >= v.Severity {
			return
		}
		if at < 0 || list[i].grave > list[at].grave {
			at = i
		}
	}
	if at < 0 {
		return
	}
	list[at].plainly()
	list[at].Severity = v.Severity
	if v.Severity >= policy.Minor {
		list[at].name()
	}
}

// name gives a reason that names no category the strongest one of its topics.
func (r *judged) name() {
	if r.Category == "" && len(r.topics) > 0 {
		r.Category = r.topics[0].category
	}
}

// tell sorts the reasons, the gravest first, and leaves out what says again what
// another says.
func (a *Assessment) tell(list []judged) {
	list = fold(list)
	slices.SortStableFunc(list, func(x, y judged) int {
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), cmp.Compare(y.grave, x.grave))
	})
	for _, r := range list {
		a.Reasons = append(a.Reasons, r.Reason)
	}
}
