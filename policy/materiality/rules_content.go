package materiality

import "github.com/codicil/codicil/policy"

// contentRules returns the rules about content and intellectual property.
func contentRules() []Rule {
	return []Rule{
		{
			ID: "licence-changed", Category: ContentIP, Severity: policy.Major,
			Looks: "the licence to content and who owns it",
			Why:   "Who owns content, or may use it, changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{ContentIP}, Words: "license, licence, sublicense, ownership, own, royalty, royalty-free, grant us, moral rights"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou grant us a royalty-free license to your content."},
				{"We like dogs.\n\nYou retain ownership of your content.", "We like dogs."},
			},
			Misses: []Example{
				{"You grant us a licence to your content.", "You grant us a license to your content."},
			},
		},
		{
			ID: "content-rule", Category: ContentIP, Severity: policy.Major,
			Looks: "any other rule on content, copyright and trademarks",
			Why:   "A rule on content or intellectual property changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{ContentIP}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nA copyright notice must identify the trademark."},
				{"We like dogs.\n\nYou may show our logo and trademark.", "We like dogs."},
			},
			Misses: []Example{
				{"You may show our logo.", "You can show our logo."},
			},
		},
	}
}
