package materiality

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

// What is said alike is proved harmless; what only looks so is not.
func TestOnlyWhatSaysTheSameIsProvedHarmless(t *testing.T) {
	tests := []struct {
		name, before, after string
		same                bool
	}{
		{"a phrase that strayed", "The tenant may not paint the walls without written consent.", "Without written consent the tenant may not paint the walls.", true},
		{"only behind what it stood before", "Coaches see your results only.", "Coaches see only your results.", true},
		{"a duty said with a verb alone", "The tenant waters the garden.", "The tenant shall water the garden.", true},
		{"a duty that becomes a choice", "The tenant waters the garden.", "The tenant may water the garden.", false},
		{"not unless for only if", "We do not open parcels unless you ask us.", "We open parcels only if you ask us.", true},
		{"a not that went with its unless", "We do not open parcels unless you ask us.", "We open parcels.", false},
		{"not before an adjective", "Badges are not transferable.", "Badges are non-transferable.", true},
		{"a non that came", "The author grants an exclusive licence.", "The author grants a non-exclusive licence.", false},
		{"thousands with a space", "You may store 10,000 photos.", "You may store 10 000 photos.", true},
		{"a large number after a verb is no reference", "Paid plans allow 50,000.", "Paid plans allow 40,000.", false},
		{"a share in percent", "You pay one tenth of the price.", "You pay 10 percent of the price.", true},
		{"another share", "You pay one tenth of the price.", "You pay 20 percent of the price.", false},
		{"twice is two times", "You can renew a loan twice.", "You can renew a loan two times.", true},
		{"a party named once is no rename", "The landlord keeps the roof in repair.", "The tenant keeps the roof in repair.", false},
		{"a number in words is no name", "Under twelve, only with an adult.", "Under fifteen, only with an adult.", false},
		{"in so many days is within them", "We answer in 3 days.", "We answer within 3 days.", true},
		{"a slip of the pen", "You get the money form us.", "You get the money from us.", true},
		{"a heading in other words", "# Price per click\n\nYou pay us.", "# Cost per click\n\nYou pay us.", true},
		{"a heading that says a rule", "# Refundable tickets\n\nYou pay us.", "# Non-refundable tickets\n\nYou pay us.", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := judgeText(t, test.before, test.after)
			if same := a.Severity <= policy.Editorial && a.Confidence.Band == High; same != test.same {
				t.Errorf("proved harmless is %v, want %v: %v %v %+v", same, test.same, a.Severity, a.Confidence, a.Reasons)
			}
		})
	}
}
