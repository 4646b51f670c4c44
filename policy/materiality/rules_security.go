package materiality

import "github.com/codicil/codicil/policy"

// securityRules returns the rules about how data is protected.
func securityRules() []Rule {
	return []Rule{
		{
			ID: "breach-notice", Category: Security, Severity: policy.Major,
			Looks: "a promise to answer or report an attack or a leak, with or without a time for it",
			Why:   "What is promised when data or accounts are attacked changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording}, About: []Category{Security}, Words: "notify, inform, tell, respond", Near: "breach, incident, attack, intrusion, leak, compromise, unauthorized"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe will notify you of a data breach within 72 hours."},
				{"We like dogs.\n\nWe will respond to an attack on your account within two hours.", "We like dogs."},
			},
			Misses: []Example{
				{"We like dogs.", "We like dogs.\n\nWe encrypt passwords with strong encryption."},
			},
		},
		{
			ID: "safeguard-removed", Category: Security, Severity: policy.Major,
			Looks: "a promise to protect data that is gone",
			Why:   "A promise to protect data was removed: \"{before}\".",
			When:  Pattern{Shifts: []Shift{Vanishes}, About: []Category{Security}},
			Examples: []Example{
				{"We like dogs.\n\nWe encrypt passwords with strong encryption.", "We like dogs."},
				{"We like dogs.\n\nWe will report a data breach and any security incident.", "We like dogs."},
			},
			Misses: []Example{
				{"We like dogs.", "We like dogs.\n\nWe encrypt passwords with strong encryption."},
			},
		},
		{
			ID: "safeguard-added", Category: Security, Severity: policy.Minor,
			Looks: "a promise to protect data that was not there",
			Why:   "A promise to protect data was added: \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears}, About: []Category{Security}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe encrypt passwords with strong encryption."},
				{"We like dogs.", "We like dogs.\n\nOur security measures must include access control."},
			},
			Misses: []Example{
				{"We like dogs.\n\nWe encrypt passwords with strong encryption.", "We like dogs."},
			},
		},
		{
			ID: "safeguard-reworded", Category: Security, Severity: policy.Minor,
			Looks: "other words, or another item, in a sentence on protection",
			Why:   "How data is protected is put otherwise: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Rewording, Member}, About: []Category{Security}},
			Examples: []Example{
				{"Our safeguards: encryption, guards, access control and alarms.", "Our safeguards: encryption, access control and alarms."},
				{"We use encryption for passwords, keys and tokens.", "We use encryption for passwords and tokens."},
			},
			Misses: []Example{
				{"We use encryption.", "We utilise encryption."},
			},
		},
	}
}
