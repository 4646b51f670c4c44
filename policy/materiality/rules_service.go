package materiality

import "github.com/codicil/codicil/policy"

// serviceRules returns the rules about the service.
func serviceRules() []Rule {
	return []Rule{
		{
			ID: "contact-channel", Category: Service, Severity: policy.Minor,
			Looks: "a way to reach the company",
			Why:   "A way to get in touch changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member, Fact}, About: []Category{Service}, Words: "contact us, courtesy copy, live chat, customer support, technical support, help center, customer service"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou can reach customer support by live chat."},
				{"We like dogs.\n\nYou may send a courtesy copy by mail.", "We like dogs."},
			},
			Misses: []Example{
				{"You can reach customer support.", "You may reach customer support."},
			},
		},
	}
}
