package materiality

import "github.com/codicil/codicil/policy"

// retentionRules returns the rules about where and how long data is kept.
func retentionRules() []Rule {
	return []Rule{
		{
			ID: "processing-place", Category: TransferRetention, Severity: policy.Major,
			Looks: "the country in which a table says that data is processed or stored",
			Why:   "The country in which data is processed changed: \"{before}\" became \"{after}\". A new transfer to a third country is to be told (WP260 rev.01, para. 30).",
			When:  Pattern{Shifts: []Shift{Jurisdiction}, Near: "location of processing, processing location, data location, location of data, storage location"},
			Examples: []Example{
				{"# Processors\n\n| Name | Location of processing |\n| --- | --- |\n| Acme | Ireland |\n| Bolt | Ireland |\n", "# Processors\n\n| Name | Location of processing |\n| --- | --- |\n| Acme | Ireland |\n| Bolt | Canada |\n"},
				{"# Servers\n\n| Name | Data location |\n| --- | --- |\n| Mail | Ireland |\n", "# Servers\n\n| Name | Data location |\n| --- | --- |\n| Mail | Norway |\n"},
			},
			Misses: []Example{
				{"# Offices\n\nOur office is in Ireland.", "# Offices\n\nOur office is in Canada."},
			},
		},
		{
			ID: "retention-period", Category: TransferRetention, Severity: policy.Major,
			Looks: "how long data is kept or when it is deleted",
			Why:   "How long data is kept changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Period}, About: []Category{TransferRetention}},
			Examples: []Example{
				{"We retain logs for 30 days.", "We retain logs for 90 days."},
				{"Backups are deleted within 6 months.", "Backups are deleted within one week."},
			},
			Misses: []Example{
				{"We retain logs for 12 months.", "We retain logs for one year."},
			},
		},
		{
			ID: "transfer-safeguard", Category: TransferRetention, Severity: policy.Major,
			Looks: "the mechanism on which a transfer abroad rests",
			Why:   "The safeguard for sending data abroad changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{TransferRetention}, Words: "privacy shield, standard contractual clauses, data privacy framework, adequacy, safe harbor, transfer"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe rely on the standard contractual clauses for data transfers."},
				{"We like dogs.\n\nWe comply with the Privacy Shield for data transfers.", "We like dogs."},
			},
			Misses: []Example{
				{"Data transfers are rare.", "Information transfers are rare."},
			},
		},
		{
			ID: "retention-changed", Category: TransferRetention, Severity: policy.Major,
			Looks: "any other rule on keeping and deleting data",
			Why:   "What is said on keeping or deleting data changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{TransferRetention}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe retain backups indefinitely."},
				{"We retain backups forever.", "We delete backups forever."},
			},
			Misses: []Example{
				{"We retain backups.", "We retain back-ups."},
			},
		},
	}
}
