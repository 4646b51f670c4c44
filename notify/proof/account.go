package proof

import (
	"fmt"
	"io"

	"github.com/codicil/codicil/policy"
)

// Account says by which versions the owner of an account is bound.
type Account struct {
	Policy  string      `json:"policy"`
	Account policy.Date `json:"account"` // the day on which it was made
	Terms   []Term      `json:"terms"`
}

// Term is a time in which one version binds.
type Term struct {
	Label string      `json:"label"` // empty while the policy was withdrawn
	From  policy.Date `json:"from"`
	Until policy.Date `json:"until,omitzero"` // the last day; none while nothing that is announced ends it
}

// NewAccount says it for an account that was made on a day.
func NewAccount(p *policy.Policy, made policy.Date) Account {
	b := Account{Policy: p.ID, Account: made, Terms: []Term{}}
	for _, t := range p.Terms(made) {
		term := Term{From: t.From, Until: t.Until}
		if t.Version != nil {
			term.Label = t.Version.Label
		}
		b.Terms = append(b.Terms, term)
	}
	return b
}

// Describe tells people.
func (b Account) Describe(w io.Writer) {
	fmt.Fprintf(w, "%s, for an account made on %s:\n", b.Policy, b.Account)
	for _, t := range b.Terms {
		what := "bound by " + t.Label
		if t.Label == "" {
			what = "bound by nothing: it was withdrawn"
		}
		if t.Until.IsZero() {
			fmt.Fprintf(w, "  %s from %s\n", what, t.From)
		} else {
			fmt.Fprintf(w, "  %s from %s until %s\n", what, t.From, t.Until)
		}
	}
}
