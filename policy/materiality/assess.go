package materiality

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// knowledge is the rule book and the lexicon, made once and never changed.
var knowledge = sync.OnceValues(func() (book, *lexicon) { return newBook(), newLexicon() })

// Assess judges how much the changes of a redline matter. The highest severity
// among them is that of the whole: one grave sentence among a thousand
// harmless ones is grave. The first version of a policy changes nothing for
// anybody: its severity is none, without a reason.
func Assess(r *redline.Redline) *Assessment { return assess(r, tuned) }

// tuning holds the few thresholds that were set by trial. The test of the
// labelled pairs chooses each of them on one half of the documents and
// measures it on the other.
type tuning struct {
	loaded     float64 // weight of category words among the changed words from which a rewording touches a rule
	manyWords  int     // words that carry a meaning, from which any rewording does
	factWeight float64 // weight of category words from which a sentence without a modal counts as a rule
}

var tuned = tuning{loaded: 2, manyWords: 7, factWeight: 4}

func assess(r *redline.Redline, with tuning) *Assessment {
	a := &Assessment{}
	if r.New != nil {
		a.Declared = r.New.Front.Change
	}
	if r.Old == nil || len(r.Old.Blocks) == 0 {
		return a // the first version: nothing changed for anybody
	}
	t := read(r)
	if !t.touched {
		return a
	}
	rules, lex := knowledge()
	j := &judge{lexicon: lex, headings: map[*policy.Clause]map[Category]float64{}, leads: map[string]map[Category]float64{}, texts: t, tuning: with}
	j.base = j.document(r)
	j.foreign = !t.english()
	j.limited = r.Limited || j.foreign
	var list []judged
	for _, f := range j.detect(t.passages()) {
		list = append(list, j.reasons(rules, f)...)
	}
	list = append(list, j.surface(r, len(list) > 0)...)
	if n := t.renumbered; n != nil {
		list = append(list, j.plain("clause-renumbered", n.place.name(), n.old, n.new))
	}
	a.Limited = j.limited
	a.conclude(list)
	return a
}

// document returns what the document as a whole is about, from its title.
func (j *judge) document(r *redline.Redline) map[Category]float64 {
	sum := map[Category]float64{}
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
	j.lexicon.score(w, 0.5, sum)
	for i := range w {
		switch w[i].stem {
		case "privacy":
			sum[DataUse] += 0.3
			j.private = true
		case "term":
			sum[Conduct] += 0.2
		case "cooki":
			sum[DataCollection]++
			j.private = true
		}
	}
	return sum
}

// reasons applies the rule book to a shift: for each thing that the change is
// about, the first rule that fits.
func (j *judge) reasons(rules book, f *found) []judged {
	s := f.passage.new
	if s == nil || f.after == "" && f.passage.old != nil {
		s = f.passage.old
	}
	if f.topics = j.topics(f.subject, s); len(f.topics) == 0 {
		f.topics = []topic{{}}
	}
	around := j.around(s)
	var out []judged
	for _, t := range f.topics {
		for _, r := range rules[f.shift] {
			if r.fits(f, t.category, around) {
				out = append(out, judged{r.reason(f, t.category), t.score})
				break
			}
		}
	}
	return out
}

// around returns the words of a sentence, of what leads into it and of the
// headings above it.
func (j *judge) around(s *sentence) []word {
	text := s.place.lead + " . " + strings.Join(s.place.headings(), " . ")
	return append(append([]word(nil), s.words...), words(text)...)
}

// reason writes down what a rule found.
func (r *compiled) reason(f *found, c Category) Reason {
	category := r.Category
	if category == "" && r.Severity > policy.Editorial {
		category = c
	}
	why := strings.NewReplacer(`"{before}"`, cite(f.before), `"{after}"`, cite(f.after), "{about}", categoryNames[category]).Replace(r.Why)
	return Reason{Rule: r.ID, Category: category, Severity: r.Severity, Clause: f.passage.place().name(), Before: f.before, After: f.after, Why: why}
}

// cite puts words in quotation marks.
func cite(words string) string {
	if words == "" {
		return "nothing"
	}
	return `"` + words + `"`
}

// categoryNames say what a category is about, for a sentence.
var categoryNames = map[Category]string{
	DataCollection: "what data is collected", DataUse: "what data is used for", Sharing: "who receives data",
	TransferRetention: "where and how long data is kept", Security: "how data is protected", UserRightsChoice: "the rights and choices of users",
	Minors: "minors and ages", LiabilityWarranty: "liability and warranties", DisputesLaw: "disputes and the governing law", Fees: "prices and payments",
	TerminationSanctions: "suspension, removal and termination", ContentIP: "content and intellectual property", Conduct: "what is permitted and prohibited",
	EntityScope: "who contracts and what is covered", NoticeChange: "how changes are announced", Service: "the service", "": "the policy",
}

// judged is a reason, with how strongly the change is about its category.
type judged struct {
	Reason
	weight float64
}

// conclude sorts the reasons and draws the conclusion from them.
func (a *Assessment) conclude(list []judged) {
	seen := map[Reason]bool{}
	list = slices.DeleteFunc(list, func(r judged) bool {
		again := seen[r.Reason]
		seen[r.Reason] = true
		return again
	})
	sort.SliceStable(list, func(i, k int) bool { return list[i].Severity > list[k].Severity })
	for _, r := range list {
		a.Severity = max(a.Severity, r.Severity)
		a.Reasons = append(a.Reasons, r.Reason)
	}
	if a.Severity >= policy.Minor {
		a.Categories = categories(list, a.Severity)
	}
}

// categoryShare is the share of the strongest category's weight from which
// another one counts.
const categoryShare = 0.2

// categories returns what the gravest reasons are about. A category at which
// they only brush is left out.
func categories(list []judged, gravest policy.Severity) []Category {
	sum := map[Category]float64{}
	most := 0.0
	for _, r := range list {
		if r.Category != "" && r.Severity == gravest {
			sum[r.Category] += min(r.weight, 12)
			most = max(most, sum[r.Category])
		}
	}
	var out []Category
	for _, t := range ranked(sum) {
		if t.score >= categoryShare*most {
			out = append(out, t.category)
		}
	}
	slices.Sort(out)
	return out
}
