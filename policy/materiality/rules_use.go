package materiality

import "github.com/codicil/codicil/policy"

// useRules returns the rules about what data is used for.
func useRules() []Rule {
	return []Rule{
		{
			ID: "model-training", Category: DataUse, Severity: policy.Major,
			Looks: "the use of data to train models",
			Why:   "The text on training models with data changed: \"{before}\" became \"{after}\". Regulators treat this as a new use that needs notice of its own.",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{DataUse}, Words: "train model, train ai, train our, train your, training of, to train, machine learning, ai model, language model, artificial intelligence, model training"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe use your files to train AI models."},
				{"We like dogs.\n\nWe do not use your files to train models.", "We like dogs."},
			},
			Misses: []Example{
				{"Take the train to our office.", "Take the coach to our office."},
			},
		},
		{
			ID: "legal-basis", Category: DataUse, Severity: policy.Major,
			Looks: "the legal basis or legitimate interest named",
			Why:   "The legal basis for using data changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{DataUse}, Words: "legal basis, legal bases, legitimate interest"},
			Examples: []Example{
				{"We process data.", "We process data.\n\nOur legal basis is our legitimate interest."},
				{"We process data. The legal basis is your contract purposes.", "We process data."},
			},
			Misses: []Example{
				{"The legal department is big.", "The legal department is large."},
			},
		},
		{
			ID: "purpose-changed", Category: DataUse, Severity: policy.Major,
			Looks: "a purpose for which data is used",
			Why:   "What data is used for changed: \"{before}\" became \"{after}\". A further purpose must be announced before it starts (GDPR art. 13(3)).",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{DataUse}},
			Examples: []Example{
				{"We use your information for billing.", "We use your information for billing.\n\nWe use your information for targeted advertising."},
				{"We process data for research, marketing and statistics.", "We process data for research and statistics."},
			},
			Misses: []Example{
				{"We process data for research.", "We process information for research."},
			},
		},
	}
}
