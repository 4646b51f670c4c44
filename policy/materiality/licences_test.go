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
		{"only before another thing", "Guests may bring dogs only to the garden.", "Only guests may bring dogs to the garden.", false},
		{"consent to the last of two deeds", "With your consent, we film the lesson and keep the film.", "We film the lesson and, with your consent, keep the film.", false},
		{"a condition of one of two recipients", "We write to your vet and, if you ask, to you.", "We write to you and, if you ask, to your vet.", false},
		{"the same party acting, in the passive", "The keeper washes the cats.", "The cats are washed by the keeper.", true},
		{"another party acting, in the passive", "The keeper holds the owner harmless.", "The keeper is held harmless by the owner.", false},
		{"parties exchanged, in the passive", "You get it back if the keeper is told by the owner.", "You get it back if the owner is told by the keeper.", false},
		{"a notice by and a notice to", "A notice by the keeper ends it.", "A notice to the keeper ends it.", false},
		{"a copy of and a copy for", "We keep a list of repairs.", "We keep a list for repairs.", true},
		{"a condition that was cut off", "If you choose to pay later, we ask a bureau about you and keep what it says.", "We ask a bureau about you. If you choose to pay later, we keep what it says.", false},
		{"a condition that stays first", "If you choose to pay later, we ask a bureau about you, and this takes a day or two.", "If you choose to pay later, we ask a bureau about you. This takes a day or two.", true},
		{"a day on which something ends", "The old plan ends on 30 September 2026.", "The old plan ends on 30 June 2026.", false},
		{"first one and then the other", "Berths go to members and then to guests.", "Berths go to members and to guests.", false},
		{"commas around who is meant", "Guests who pay in cash get a key.", "Guests, who pay in cash, get a key.", false},
		{"another clause, numbered without a full stop", "# Rules\n\n## 1 Fees\n\nYou pay us.\n\n## 2 Breaks\n\nSection 1 does not apply.\n\n## 3 Prizes\n\nYou win.", "# Rules\n\n## 1 Fees\n\nYou pay us.\n\n## 2 Breaks\n\nSection 3 does not apply.\n\n## 3 Prizes\n\nYou win.", false},
		{"an item under another heading", "## Included\n\n- ovens\n- windows inside\n\n## Charged\n\n- lamps\n", "## Included\n\n- ovens\n\n## Charged\n\n- windows inside\n- lamps\n", false},
		{"heads of columns exchanged", "| Time | Open | Shut |\n|---|---|---|\n| Day | 5 | 9 |\n", "| Time | Shut | Open |\n|---|---|---|\n| Day | 5 | 9 |\n", false},
		{"columns exchanged", "| Time | Open | Shut |\n|---|---|---|\n| Day | 5 | 9 |\n", "| Time | Shut | Open |\n|---|---|---|\n| Day | 9 | 5 |\n", true},
		{"a number of pictures for each post", "Five per post.", "Two per post.", false},
		{"a day in a column of days", "We keep what you have bought from us in good repair.\n\n| Lock | Repaired until |\n|---|---|\n| Oak | June 2026 |\n", "We keep what you have bought from us in good repair.\n\n| Lock | Repaired until |\n|---|---|\n| Oak | June 2025 |\n", false},
		{"a day in a column of versions", "We keep what you have bought from us in good repair.\n\n| Version | Date |\n|---|---|\n| 2 | June 2026 |\n", "We keep what you have bought from us in good repair.\n\n| Version | Date |\n|---|---|\n| 2 | June 2025 |\n", true},
		{"a rule for one more thing", "Lamps may not be sold to anybody who lives abroad or who has no permit.", "Lamps may not be sold to anybody who lives abroad or who has no permit.\n\nClocks may not be sold to anybody who lives abroad or who has no permit.", false},
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
