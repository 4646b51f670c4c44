package materiality

import "github.com/codicil/codicil/policy"

// operatorRules returns the rules about the small words on which a rule turns.
func operatorRules() []Rule {
	return []Rule{
		{
			ID: "obligation-denied", Severity: policy.Major,
			Looks: "a not that came to, or left, a sentence about an obligation",
			Why:   "A sentence about an obligation now says the contrary: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Negation}, Near: "obligated, obligation, obliged, required, liable, responsible"},
			Examples: []Example{
				{"We are obligated to offer support.", "We are not obligated to offer support."},
				{"You are not liable for misuse of your account.", "You are liable for misuse of your account."},
			},
			Misses: []Example{
				{"We are obligated to offer support.", "We are obligated to give support."},
			},
		},
		{
			ID: "negation-changed", Severity: policy.Major,
			Looks: "a not, no, never or a word turned into its opposite",
			Why:   "A denial came or went in a sentence about {about}: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Negation}, About: append(Material(), Security)},
			Examples: []Example{
				{"We do and will not charge you more.", "We do not and will not charge you more."},
				{"We will share your address with advertisers.", "We will never share your address with advertisers."},
			},
			Misses: []Example{
				{"We don't sell your data.", "We do not sell your data."},
			},
		},
		{
			ID: "negation-of-service", Category: Service, Severity: policy.Minor,
			Looks: "a denial in a sentence about the service alone",
			Why:   "A denial came or went in a sentence about the service: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Negation}},
			Examples: []Example{
				{"The help center is open on Sunday.", "The help center is not open on Sunday."},
				{"Maintenance happens without a break.", "Maintenance happens with a break."},
			},
			Misses: []Example{
				{"The help center isn't open on Sunday.", "The help center is not open on Sunday."},
			},
		},
		{
			ID: "modal-changed", Severity: policy.Major,
			Looks: "may, must, will or should that gave way to another of them",
			Why:   "How far a sentence about {about} binds changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Modal}, About: Material()},
			Examples: []Example{
				{"We will refund the fee.", "We may refund the fee."},
				{"Users should delete spam.", "Users must delete spam."},
			},
			Misses: []Example{
				{"You must pay the fee.", "You shall pay the fee."},
				{"You can cancel your subscription.", "You may cancel your subscription."},
			},
		},
		{
			ID: "modal-of-service", Category: Service, Severity: policy.Minor,
			Looks: "such a word in a sentence about the service alone",
			Why:   "How far a sentence about the service binds changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Modal}},
			Examples: []Example{
				{"Technical support will answer by phone.", "Technical support may answer by phone."},
				{"The help center should list every feature.", "The help center will list every feature."},
			},
			Misses: []Example{
				{"Technical support can answer by phone.", "Technical support may answer by phone."},
			},
		},
	}
}

// conditionRules returns the rules about conditions and quantifiers.
func conditionRules() []Rule {
	return []Rule{
		{
			ID: "condition-changed", Severity: policy.Major,
			Looks: "unless, except, if, until, subject to: a condition or exception that came or went",
			Why:   "A condition or an exception came or went in a sentence about {about}: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Condition}, About: Material()},
			Examples: []Example{
				{"We delete your data.", "We delete your data unless the law forbids it."},
				{"You can get a refund if you cancel within the trial.", "You can get a refund."},
			},
			Misses: []Example{
				{"When you visit us, we collect your IP address.", "Where you visit us, we collect your IP address."},
			},
		},
		{
			ID: "condition-of-service", Category: Service, Severity: policy.Minor,
			Looks: "a condition in a sentence about the service alone",
			Why:   "A condition came or went in a sentence about the service: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Condition}},
			Examples: []Example{
				{"Technical support is available.", "Technical support is available except on holidays."},
				{"The help center is open.", "The help center is open unless maintenance closes it."},
			},
			Misses: []Example{
				{"The help center is open.", "The help center is available."},
			},
		},
		{
			ID: "quantifier-changed", Severity: policy.Major,
			Looks: "only, some, certain, both, always that came or went",
			Why:   "How much a sentence about {about} covers changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Quantifier}, About: Material()},
			Examples: []Example{
				{"We share data with processors.", "We only share data with processors."},
				{"All fees are refundable.", "Some fees are refundable."},
			},
			Misses: []Example{
				{"Any fee is refundable.", "Every fee is refundable."},
			},
		},
		{
			ID: "quantifier-of-service", Category: Service, Severity: policy.Minor,
			Looks: "such a word in a sentence about the service alone",
			Why:   "How much a sentence about the service covers changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Quantifier}},
			Examples: []Example{
				{"Features of the help center are available.", "Some features of the help center are available."},
				{"Technical support is available by email.", "Technical support is only available by email."},
			},
			Misses: []Example{
				{"All features of the help center are available.", "Every feature of the help center is available."},
			},
		},
		{
			ID: "connective-changed", Severity: policy.Minor,
			Looks: "an \"and\" that became an \"or\", or the other way round",
			Why:   "\"And\" and \"or\" were swapped: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Connective}},
			Examples: []Example{
				{"You need a name and address.", "You need a name or address."},
				{"Bring a passport or licence.", "Bring a passport and licence."},
			},
			Misses: []Example{
				{"You need a name & address.", "You need a name and address."},
			},
		},
	}
}
