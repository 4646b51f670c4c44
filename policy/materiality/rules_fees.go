package materiality

import "github.com/codicil/codicil/policy"

// feesRules returns the rules about prices and payments.
func feesRules() []Rule {
	return []Rule{
		{
			ID: "tax-jurisdiction", Category: Fees, Severity: policy.Major,
			Looks: "a country or state where tax or a price applies",
			Why:   "Where a tax or price applies changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Jurisdiction, Member}, About: []Category{Fees}, Near: "tax, taxes, vat"},
			Examples: []Example{
				{"We collect sales tax from customers in:\n\n* Texas\n* Ohio", "We collect sales tax from customers in:\n\n* Texas\n* Iowa\n* Ohio"},
				{"We charge VAT in France.", "We charge VAT in France and Spain."},
			},
			Misses: []Example{
				{"We charge VAT in France.", "We bill VAT in France."},
			},
		},
		{
			ID: "refund-changed", Category: Fees, Severity: policy.Major,
			Looks: "refunds",
			Why:   "The text on refunds changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member, Condition}, About: []Category{Fees}, Words: "refund, refunds, refundable, reimburse, non-refundable"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nFees are not refundable."},
				{"We like dogs.\n\nYou can get a refund of any fee.", "We like dogs."},
			},
			Misses: []Example{
				{"You can get a refund of the fee.", "You may get a refund of the fee."},
			},
		},
		{
			ID: "price-changed", Category: Fees, Severity: policy.Major,
			Looks: "any other rule on prices, renewal and payment",
			Why:   "What people pay, or how, changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{Fees}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nSubscriptions renew automatically and we charge your credit card."},
				{"You pay a recurring fee for each account.", "You pay a monthly fee for each account."},
			},
			Misses: []Example{
				{"You must pay a fee.", "You shall pay a fee."},
			},
		},
	}
}
