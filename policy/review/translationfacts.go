package review

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality/lexicon"
)

// translationFacts holds a translation to what does not depend on language: the
// label, the day, and the numbers of each clause.
func (r *Reviewer) translationFacts(c Candidate, doc *policy.Document) ([]*policy.Diagnostic, error) {
	original := r.original(c.Policy)
	if original == nil || len(original.Versions) == 0 || doc.Front.Version == "" {
		return nil, nil
	}
	label := policy.Label(string(doc.Front.Version))
	if text := r.candidates[original.ID]; text != nil && policy.Label(string(text.Front.Version)) == label {
		return r.sameFacts(c.Policy, original.ID+"@"+label, doc, text, text.Front.EffectiveDate), nil
	}
	v := original.Lookup(label)
	if v == nil {
		if original.Starts != policy.StartLabel {
			return nil, nil
		}
		return []*policy.Diagnostic{fault(c.Policy, "translation-label",
			fmt.Sprintf("this translation says version %s, which %s does not have", doc.Front.Version, original.ID),
			fmt.Sprintf("give it the label of the text that it translates, such as `version: \"%s\"`", original.Versions[0].Label))}, nil
	}
	text, err := Document(r.Texts, v)
	if err != nil {
		return nil, err
	}
	stated := policy.Date{}
	if v.Certainty == policy.Stated {
		stated = v.Effective
	}
	return r.sameFacts(c.Policy, original.Ref(v), doc, text, stated), nil
}

// sameFacts compares a translation with the text of its original. One that comes
// late, when the original is in force, may bind later too.
func (r *Reviewer) sameFacts(p *policy.Policy, ref string, doc, original *policy.Document, stated policy.Date) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	if day := doc.Front.EffectiveDate; !day.IsZero() && !stated.IsZero() && day != stated {
		d := fault(p, "translation-date",
			fmt.Sprintf("this translation binds from %s, and %s from %s", day, ref, stated), fmt.Sprintf("set `effective_date: %s`", stated))
		if day.After(stated) && !stated.After(r.On) {
			d.Level = policy.Warning
		}
		found = append(found, d)
	}
	return append(found, r.otherNumbers(p, ref, doc, original)...)
}

// otherNumbers reports clauses where the translation has a number or a date in the
// place of another. One that only one of the two has says nothing: the other may
// have it in words.
func (r *Reviewer) otherNumbers(p *policy.Policy, ref string, translation, original *policy.Document) []*policy.Diagnostic {
	there := r.clauseNumbers(original)
	var found []*policy.Diagnostic
	for name, here := range r.clauseNumbers(translation) {
		there, ok := there[name]
		if !ok {
			continue
		}
		more, less := without(here.numbers, there.numbers), without(there.numbers, here.numbers)
		what := "number"
		if len(more) == 0 || len(less) == 0 || sameHours(more, less) {
			what, more, less = "date", without(here.dates, there.dates), without(there.dates, here.dates)
		}
		if len(more) == 0 || len(less) == 0 {
			continue
		}
		found = append(found, &policy.Diagnostic{File: p.Path, Line: max(1, here.line), Column: 1, Level: policy.Error, Rule: "translation-number",
			Message: fmt.Sprintf("clause %s says %s where %s says %s", name, strings.Join(more, ", "), ref, strings.Join(less, ", ")),
			Hint:    "mend the " + what + ", in the text that has it wrong"})
	}
	slices.SortFunc(found, func(a, b *policy.Diagnostic) int { return a.Line - b.Line })
	return found
}

// counted is the numbers and the dates that the words of a clause hold.
type counted struct {
	numbers []string
	dates   []string
	line    int
}

var (
	digits    = regexp.MustCompile(`\d+(?:[.,'’\x{a0}\x{202f} ]\d{3})+(?:[.,]\d+)?\b|\d+(?:[.,]\d+)*`)
	thousands = regexp.MustCompile(`^(\d{1,3}(?:[.,'’\x{a0}\x{202f} ]\d{3})+)(?:[.,](\d+))?$`)
)

// clauseNumbers lists the numbers in each clause that has a number of its own.
func (r *Reviewer) clauseNumbers(d *policy.Document) map[string]*counted {
	list := make(map[string]*counted)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Clause == nil || b.Clause.Number == "" || b.Kind == policy.Heading {
			continue
		}
		name := b.Clause.Name()
		if at := strings.IndexByte(name, ' '); at > 0 {
			name = name[:at]
		}
		if list[name] == nil {
			list[name] = &counted{line: b.Line}
		}
		text := strings.TrimPrefix(lexicon.Digits(b.Text()), b.Clause.Number)
		for _, n := range digits.FindAllString(text, -1) {
			list[name].numbers = append(list[name].numbers, plainNumbers(n)...)
		}
		if r.Dates != nil {
			for _, day := range r.Dates(text) {
				list[name].dates = append(list[name].dates, day.String())
			}
		}
	}
	return list
}

// plainNumbers writes a number without the marks between its thousands, and with
// a point before its fraction. What has more marks is a date: several numbers.
func plainNumbers(n string) []string {
	if m := thousands.FindStringSubmatch(n); m != nil {
		whole := strings.Join(strings.FieldsFunc(m[1], func(r rune) bool { return r < '0' || r > '9' }), "")
		if m[2] != "" {
			whole += "." + m[2]
		}
		return []string{whole}
	}
	parts := strings.FieldsFunc(n, func(r rune) bool { return r == '.' || r == ',' })
	if len(parts) == 2 {
		return []string{parts[0] + "." + parts[1]}
	}
	return parts
}

// without lists what a has and b has not, each as often as that is so.
func without(a, b []string) []string {
	left := slices.Clone(b)
	var out []string
	for _, n := range a {
		if i := slices.Index(left, n); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		out = append(out, n)
	}
	return out
}

// sameHours reports whether all that differs is 5 pm and 17 o'clock.
func sameHours(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, err := strconv.Atoi(strings.TrimSuffix(a[i], ".00"))
		y, otherErr := strconv.Atoi(strings.TrimSuffix(b[i], ".00"))
		if err != nil || otherErr != nil || x-y != 12 && y-x != 12 {
			return false
		}
	}
	return true
}
