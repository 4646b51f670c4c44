package materiality

// Confidence says how sure a finding is. It tells people what to read first;
// nothing is decided by it.
type Confidence string

// The degrees of confidence.
//
// High is what is read off the text: a number, a time, a sum, an age, a not, a
// modal, a company, a country, a date, an address, a typo, a rename. Medium is
// what came or went as a whole, a condition, an item of a list: that it changed
// is certain, what it is about is judged by its words. Low is a sentence put in
// other words, and anything whose category hangs on few words. In a text that
// could be judged only in part, every finding is one degree lower.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

func (c Confidence) rank() int {
	switch c {
	case High:
		return 2
	case Medium:
		return 1
	}
	return 0
}

// lower returns the next lower degree.
func (c Confidence) lower() Confidence {
	if c == High {
		return Medium
	}
	return Low
}

// faintTopic is the weight of a topic below which it hangs on few words.
const faintTopic = 3.0

// confidenceIn returns how sure a shift is whose topic has the given weight.
func confidenceIn(s Shift, weight float64, material bool) Confidence {
	c := High
	switch s {
	case Appears, Vanishes, Condition, Member, Instance, Party, Entry, Steps, Connective, Term, Pointer, Title, Quantifier:
		c = Medium
	case Rewording, Wording, Restated, Fact:
		return Low
	}
	if material && weight < faintTopic {
		c = c.lower()
	}
	return c
}

// confidence is that of the surest reason that the severity rests on.
func (a *Assessment) confidence() Confidence {
	best := Low
	for _, r := range a.Reasons {
		if r.Severity == a.Severity && r.Confidence.rank() > best.rank() {
			best = r.Confidence
		}
	}
	if len(a.Reasons) == 0 && !a.Limited {
		return High
	}
	return best
}
