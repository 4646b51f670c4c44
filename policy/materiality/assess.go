package materiality

import (
	"slices"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// english is what is known of English; it is made once and never changed.
var english = sync.OnceValue(func() *topicBook { return newLexicon(vocabularies()) })

// Assess judges how much the changes of a redline matter. The highest severity
// among them is that of the whole: one grave sentence among a thousand
// harmless ones is grave. The first version of a policy changes nothing for
// anybody: its severity is none, without a reason.
func Assess(r *redline.Redline) *Assessment { return defaultBook().Assess(r) }

// What words weigh by where they are: among the changed ones, in the rest of the
// sentence, in its frame, in what leads into it, in the headings above, the
// nearest first; the frame of a sentence that came or went as a whole counts so
// much more, what is foreign to a privacy policy so much less.
const (
	inChange   = 3.0
	inSentence = 1.0
	inFrame    = 1.0
	inLead     = 1.0
	inHeading  = 2.0
	inParent   = 0.75
	ofWhole    = 2.0
	outside    = 0.5
)

// What a change must weigh to touch a rule, and to have a second category.
const (
	loadedFrom  = 2   // weight of category words among the changed words from which a rewording touches a rule
	manyWords   = 14  // words that carry a meaning, from which any rewording does
	factWeight  = 4   // weight of category words from which a sentence without a modal counts as a rule
	secondShare = 0.9 // share of the first category's weight from which a change has a second
)

func assess(r *redline.Redline, book *Book, m *Memory) *Assessment {
	a := &Assessment{Confidence: Certainty{High, 1}, Categories: []Category{}, Reasons: []Reason{}} // lists, and never null, in JSON
	if r.New != nil {
		a.Declared = r.New.Front.Change
	}
	if r.Old == nil || len(r.Old.Blocks) == 0 {
		return a // the first version: nothing changed for anybody
	}
	t := read(r, m)
	if !t.touched {
		return a
	}
	j := newJudge(t)
	list := j.units(book)
	a.Limited, a.NotJudged = len(j.notJudged) > 0, j.notJudged
	switch {
	case len(list) > 0:
		a.conclude(j, list)
	case !j.tooMany:
		return a
	}
	if r.New == nil || len(r.New.Blocks) == 0 {
		a.gone()
	}
	if j.translated {
		a.Severity, a.Undecided = policy.Major, true
		a.allMajor()
	}
	if j.tooMany {
		a.beyond()
	}
	if a.Limited {
		a.Confidence = Certainty{Low, min(a.Confidence.Probability, limitedSure)}
	}
	return a
}

// gone is the assessment of a policy of which nothing is left.
func (a *Assessment) gone() {
	a.Severity, a.Undecided, a.Confidence = policy.Major, false, Certainty{High, 1}
	a.allMajor()
}

func (a *Assessment) allMajor() {
	for i := range a.Reasons {
		a.Reasons[i].Severity = policy.Major
	}
}

// beyond is the assessment of more changes than are judged.
func (a *Assessment) beyond() {
	a.Severity, a.Undecided = policy.Major, false
	if len(a.Reasons) == 0 {
		a.Reasons = []Reason{{Rule: BeyondRule, Severity: policy.Major, Why: strings.Join(a.NotJudged, " "), Confidence: Low}}
	}
}

// BeyondRule is the reason of an assessment of which no change was judged, for they
// are beyond what can be.
const BeyondRule = "beyond-judgement"

// limitedSure is the probability that is claimed at most where part of a text
// could not be judged.
const limitedSure = 0.6

// newJudge returns a judge for the texts of a redline.
func newJudge(t *texts) *judge {
	j := &judge{lexicon: english(), model: fitted(), headings: map[*policy.Clause]*tally{}, foreign: map[string]*tally{}, texts: t}
	if l := t.language(); l.Code != "en" {
		j.language = l
	}
	j.base = j.document(t.redline)
	j.unread(t.redline)
	return j
}

// document returns what the document as a whole is about, from its title.
func (j *judge) document(r *redline.Redline) (sum tally) {
	d := r.New
	if d == nil {
		d = r.Old
	}
	if d == nil {
		return sum
	}
	title := d.Front.Title
	if title == "" && len(d.Blocks) > 0 {
		title = d.Blocks[0].Text()
	}
	w := words(title)
	j.lexicon.score(w, 0.5, &sum)
	of := func(c Category) *float64 { return &sum[slices.Index(rubric[:], c)] }
	for i := range w {
		switch w[i].stem {
		case "privacy":
			*of(DataUse) += 0.3
			j.private = true
		case "term":
			*of(Conduct) += 0.2
		case "cooki":
			*of(DataCollection)++
			j.private = true
		case "guidelin", "standard", "acceptabl", "conduct", "rul":
			*of(Conduct)++
		}
	}
	return sum
}

// reasons applies the rule book to a shift: for each thing that the change is
// about, the first rule that fits.
func (j *judge) reasons(book *Book, f *found) []judged {
	s := f.passage.new
	if s == nil || f.after.bare == "" && f.passage.old != nil {
		s = f.passage.old
	}
	topics := ranked(j.scores(f.subject, s))
	chosen := j.choose(topics, f.subject)
	around := sync.OnceValue(func() []word { return j.around(s) })
	var out []judged
	for _, t := range chosen {
		for _, r := range book.byShift[f.shift] {
			if !r.fits(f, t.category, around) {
				continue
			}
			if !r.off {
				out = append(out, judged{Reason: r.reason(f, t.category), weight: t.score, topics: topics, found: f, fixed: r.own, named: r.Category != ""})
			}
			break
		}
	}
	return out
}

// around returns the words of a sentence, of what leads into it and of the
// headings above it.
func (j *judge) around(s *sentence) []word {
	text := s.place.lead + " . " + strings.Join(s.place.headings(), " . ")
	return slices.Concat(s.words, j.texts.memory.words(text))
}

// reason writes down what a rule found.
func (r *compiled) reason(f *found, c Category) Reason {
	category := r.Category
	if category == "" && r.Severity > policy.Editorial {
		category = c
	}
	why := r.why(f.before.bare, f.after.bare, category)
	return Reason{Rule: r.ID, Category: category, Severity: r.Severity, Clause: f.passage.place().name(),
		Before: f.before.full, After: f.after.full, Why: why}
}

// why fills in the words of a rule's reason. Where words only came or went,
// that is said instead of what became of them.
func (r Rule) why(before, after string, about Category) string {
	text := r.Message
	for _, form := range []string{`from "{before}" to "{after}"`, `"{before}" became "{after}"`} {
		switch {
		case before == "" && after != "":
			text = strings.Replace(text, form, `"{after}" was added`, 1)
		case after == "" && before != "":
			text = strings.Replace(text, form, `"{before}" was removed`, 1)
		}
	}
	return fill(text, map[string]string{"before": before, "after": after, "about": categoryNames[about]})
}

// fill puts values in the place of their names in braces. Other braces stay.
func fill(text string, values map[string]string) string {
	var out strings.Builder
	for {
		head, rest, _ := strings.Cut(text, "{")
		out.WriteString(head)
		if len(head) == len(text) {
			return out.String()
		}
		name, tail, closed := strings.Cut(rest, "}")
		value, ok := values[name]
		if text = tail; !closed || !ok {
			value, text = "{", rest
		}
		out.WriteString(value)
	}
}

// categoryNames say what a category is about, for a sentence.
var categoryNames = map[Category]string{
	DataCollection: "what data is collected", DataUse: "what data is used for", Sharing: "who receives data",
	TransferRetention: "where and how long data is kept", Security: "how data is protected", UserRightsChoice: "the rights and choices of users",
	Minors: "minors and ages", LiabilityWarranty: "liability and warranties", DisputesLaw: "disputes and the governing law", Fees: "prices and payments",
	TerminationSanctions: "suspension, removal and termination", ContentIP: "content and intellectual property", Conduct: "what is permitted and prohibited",
	EntityScope: "who contracts and what is covered", NoticeChange: "how changes are announced", Service: "the service", "": "the policy",
}
