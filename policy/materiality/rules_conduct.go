package materiality

import "github.com/codicil/codicil/policy"

// conductRules returns the rules about what is permitted and prohibited.
func conductRules() []Rule {
	return []Rule{
		{
			ID: "prohibition-added", Category: Conduct, Severity: policy.Major,
			Looks: "something that is now forbidden or demanded",
			Why:   "Something is now forbidden, permitted or demanded that was not: \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears}, About: []Category{Conduct}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou must not use automated means to spam."},
				{"We like dogs.", "We like dogs.\n\nHarassment and hate speech are not allowed."},
			},
			Misses: []Example{
				{"We like dogs.\n\nYou must not spam.", "We like dogs."},
			},
		},
		{
			ID: "prohibition-removed", Category: Conduct, Severity: policy.Major,
			Looks: "something that is no longer forbidden or demanded",
			Why:   "Something is no longer forbidden, permitted or demanded: \"{before}\".",
			When:  Pattern{Shifts: []Shift{Vanishes}, About: []Category{Conduct}},
			Examples: []Example{
				{"We like dogs.\n\nYou must not use automated means to spam.", "We like dogs."},
				{"We like dogs.\n\nHarassment and hate speech are not allowed.", "We like dogs."},
			},
			Misses: []Example{
				{"We like dogs.", "We like dogs.\n\nYou must not spam."},
			},
		},
		{
			ID: "prohibited-item", Category: Conduct, Severity: policy.Major,
			Looks: "an item of what is forbidden or permitted",
			Why:   "The list of what is forbidden or permitted changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Member}, About: []Category{Conduct}},
			Examples: []Example{
				{"You may not post spam, malware or insults.", "You may not post spam, malware, scams or insults."},
				{"You must not post:\n\n* malware\n* spam\n* insults", "You must not post:\n\n* malware\n* insults"},
			},
			Misses: []Example{
				{"You may not post spam, malware or insults.", "You may not post malware, spam or insults."},
			},
		},
	}
}
