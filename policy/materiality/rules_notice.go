package materiality

import "github.com/codicil/codicil/policy"

// noticeRules returns the rules about how changes are announced.
func noticeRules() []Rule {
	return []Rule{
		{
			ID: "notice-period", Category: NoticeChange, Severity: policy.Major,
			Looks: "how long before it binds a change is announced",
			Why:   "The notice period changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Period}, About: []Category{NoticeChange}},
			Examples: []Example{
				{"We give 30 days notice of changes to these terms.", "We give 15 days notice of changes to these terms."},
				{"A material change takes effect after one month.", "A material change takes effect after 30 days."},
			},
			Misses: []Example{
				{"A material change takes effect after 12 months.", "A material change takes effect after one year."},
			},
		},
		{
			ID: "notice-rule", Category: NoticeChange, Severity: policy.Major,
			Looks: "how changes are announced and accepted, and which text prevails",
			Why:   "How changes are announced or accepted, or which text prevails, changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{NoticeChange}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe may amend these terms without prior notice."},
				{"We like dogs.\n\nWe will notify you of a material change.", "We like dogs."},
			},
			Misses: []Example{
				{"We will notify you of a material change.", "We'll notify you of a material change."},
			},
		},
	}
}
