package materiality

import "github.com/codicil/codicil/policy"

// numberRules returns the rules about numbers: the rubric presumes substance
// where a number changes.
func numberRules() []Rule {
	return []Rule{
		{
			ID: "period-changed", Severity: policy.Major,
			Looks: "a length of time that came, went or is another; 12 months is a year, but 30 days is not a month",
			Why:   "A length of time that bears on {about} changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Period}, About: append(Material(), Security)},
			Examples: []Example{
				{"You may object within 30 days.", "You may object within 14 days."},
				{"Refunds are paid within one month.", "Refunds are paid within 30 days."},
			},
			Misses: []Example{
				{"Refunds are paid within 12 months.", "Refunds are paid within one year."},
				{"Refunds are paid within thirty days.", "Refunds are paid within 30 days."},
			},
		},
		{
			ID: "period-of-service", Category: Service, Severity: policy.Minor,
			Looks: "a length of time in a sentence about the service alone",
			Why:   "A time that only the running of the service turns on changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Period}},
			Examples: []Example{
				{"The help center answers in 2 hours.", "The help center answers in 4 hours."},
				{"Customer support replies in one day.", "Customer support replies in two days."},
			},
			Misses: []Example{
				{"The help center answers in 24 hours.", "The help center answers in one day."},
			},
		},
		{
			ID: "amount-changed", Severity: policy.Major,
			Looks: "a sum of money",
			Why:   "A sum of money changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Amount}},
			Examples: []Example{
				{"The deposit is $50.", "The deposit is $75."},
				{"Gifts above 100 euros need approval.", "Gifts above 150 euros need approval."},
			},
			Misses: []Example{
				{"The deposit is $5,000.", "The deposit is $5000."},
			},
		},
		{
			ID: "percentage-changed", Severity: policy.Major,
			Looks: "a share in percent",
			Why:   "A share changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Percentage}},
			Examples: []Example{
				{"We keep 5% of each sale.", "We keep 7% of each sale."},
				{"The commission is 10 percent.", "The commission is 12 percent."},
			},
			Misses: []Example{
				{"The commission is 10 percent.", "The commission is 10%."},
			},
		},
		{
			ID: "number-changed", Severity: policy.Major,
			Looks: "any other number that a rule turns on; not the number of a clause, a law, a house or a telephone",
			Why:   "A number that bears on {about} changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Number}, About: Material()},
			Examples: []Example{
				{"You may not open more than 3 accounts.", "You may not open more than 5 accounts."},
				{"You must not upload more than 20 files.", "You must not upload more than 10 files."},
			},
			Misses: []Example{
				{"You must follow Section 4.", "You must follow Section 5."},
				{"You must comply with 17 CFR 740.", "You must comply with 15 CFR 740."},
			},
		},
		{
			ID: "number-of-service", Category: Service, Severity: policy.Minor,
			Looks: "a number in a sentence about the service alone",
			Why:   "A number that only the running of the service turns on changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Number}},
			Examples: []Example{
				{"The help center has 3 languages.", "The help center has 5 languages."},
				{"Technical support covers 20 products.", "Technical support covers 30 products."},
			},
			Misses: []Example{
				{"See section 3 for technical support.", "See section 5 for technical support."},
			},
		},
	}
}
