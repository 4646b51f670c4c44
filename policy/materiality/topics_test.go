package materiality

import (
	"slices"
	"testing"

	"github.com/codicil/codicil/policy"
)

// withRule puts a sentence into a policy, or another in its place.
func withRule(title, sentence string) string {
	return "---\ntitle: " + title + "\n---\n\n# General\n\nWe like dogs.\n\n" + sentence + "\n\nDogs like us.\n"
}

func TestCategoryFollowsWhoDoesWhat(t *testing.T) {
	tests := []struct {
		name, before, after string
		want                Category
	}{
		{"how long something is kept", "We keep log information for 90 days.", "We keep log information for 180 days.", TransferRetention},
		{"when something is deleted", "We delete your messages within 30 days.", "We delete your messages within 60 days.", TransferRetention},
		{"kept without an end", "", "We retain copies of your files indefinitely.", TransferRetention},
		{"sent abroad", "", "We may process your data in countries outside the European Economic Area.", TransferRetention},
		{"a right to object", "", "You may object at any time to the profiling described above.", UserRightsChoice},
		{"a right to opt out", "", "You can opt out of the analysis of your orders.", UserRightsChoice},
		{"somebody else receives data", "", "Advertisers receive your address from us.", Sharing},
		{"we hand data over", "", "We may give your address to courts and other authorities.", Sharing},
		{"data comes to us", "", "We also record the address of your device.", DataCollection},
		{"what data is used for", "", "We use your orders to train models and to improve our advertising.", DataUse},
		{"an answer to an attack", "", "We will notify you of a breach without delay.", Security},
		{"what a text covers", "", "These terms also apply to customers of our shop.", EntityScope},
		{"which law decides", "These terms are governed by the laws of France.", "These terms are governed by the laws of Ireland.", DisputesLaw},
		{"accounts that nobody uses", "We delete accounts that are inactive for 3 months.", "We delete accounts that are inactive for 6 months.", TerminationSanctions},
		{"a ban", "", "You must not use our service to send spam.", Conduct},
		{"a price", "", "We charge a monthly fee for each account.", Fees},
		{"an age", "You must be at least 13 years old.", "You must be at least 16 years old.", Minors},
		{"a limit of liability", "Our liability is limited to $500.", "Our liability is limited to $50.", LiabilityWarranty},
		{"how changes are told", "We will tell you of changes to this policy 30 days before.", "We will tell you of changes to this policy 7 days before.", NoticeChange},
		{"a licence to content", "", "You grant us a royalty-free licence to your content.", ContentIP},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := judgeText(t, withRule("House rules", test.before), withRule("House rules", test.after))
			if a.Severity != policy.Major || !slices.Contains(a.Categories, test.want) {
				t.Errorf("%v %v, want %s: %+v", a.Severity, a.Categories, test.want, a.Reasons)
			}
		})
	}
}

func TestSentenceGoesOnWithWhatWasSaidBefore(t *testing.T) {
	a := judgeText(t, withRule("Privacy policy", ""), withRule("Privacy policy", "You may withdraw your consent. We will then stop both for you."))
	if !slices.Equal(a.Categories, []Category{UserRightsChoice}) {
		t.Errorf("%v: %+v", a.Categories, a.Reasons)
	}
}

func TestFrameNeedsAVerbNotANoun(t *testing.T) {
	for text, want := range map[string]bool{
		"We store your data until the account is closed":    true,
		"The store has information about us until noon":     false,
		"The information we collect helps us":               false,
		"We collect information about you":                  true,
		"You must keep your password for 30 days":           false,
		"We may also, where needed, collect your addresses": false,
	} {
		sum := english().frames.of(one(t, text))
		if got := sum.of(TransferRetention) > 0 || sum.of(DataCollection) > 0; got != want {
			t.Errorf("%q: %v", text, sum)
		}
	}
}

func TestGraverFindingsDecideTheCategories(t *testing.T) {
	a := judgeText(t, withRule("House rules", "The help center answers in 2 hours. You get a refund of any fee within 30 days."),
		withRule("House rules", "The help center answers in 4 hours. You get a refund of any fee within 14 days."))
	if !slices.Equal(a.Categories, []Category{Fees}) {
		t.Errorf("%v: %+v", a.Categories, a.Reasons)
	}
}
