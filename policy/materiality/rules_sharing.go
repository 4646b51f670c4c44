package materiality

import "github.com/codicil/codicil/policy"

// sharingRules returns the rules about who receives data.
func sharingRules() []Rule {
	return []Rule{
		{
			ID: "data-sold", Category: Sharing, Severity: policy.Major,
			Looks: "the sale of data",
			Why:   "The text on selling data changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{Sharing}, Words: "sell, sold, sale, data broker, rent"},
			Examples: []Example{
				{"We share data with processors.", "We share data with processors.\n\nWe do not sell your personal information."},
				{"We never sell data to third parties.\n\nWe like dogs.", "We like dogs."},
			},
			Misses: []Example{
				{"We share data with processors.", "We share information with processors."},
			},
		},
		{
			ID: "authority-access", Category: Sharing, Severity: policy.Major,
			Looks: "what is handed to courts, police and governments",
			Why:   "The text on handing data to authorities changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member, Condition}, About: []Category{Sharing}, Words: "law enforcement, subpoena, warrant, court order, legal request, legal process, government, exigent, investigation"},
			Examples: []Example{
				{"We disclose data under a warrant.", "We disclose data under a warrant or subpoena from law enforcement."},
				{"We share data.", "We share data.\n\nWe may disclose data to law enforcement without a warrant."},
			},
			Misses: []Example{
				{"We disclose data under a warrant.", "We disclose information under a warrant."},
			},
		},
		{
			ID: "sharing-changed", Category: Sharing, Severity: policy.Major,
			Looks: "any other rule on who receives data",
			Why:   "Who receives data, or when, changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{Sharing}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe may share your data with affiliates."},
				{"We share data with vendors, partners and affiliates.", "We share data with vendors and affiliates."},
			},
			Misses: []Example{
				{"We may share your data.", "We can share your data."},
			},
		},
	}
}
