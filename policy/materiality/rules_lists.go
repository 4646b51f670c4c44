package materiality

import "github.com/codicil/codicil/policy"

// listRules returns the rules about what came to a list or left it.
func listRules() []Rule {
	return []Rule{
		{
			ID: "sensitive-example", Severity: policy.Major,
			Looks: "an example of a sensitive or surprising kind in an open list",
			Why:   "Something sensitive was added to, or taken from, the examples: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Instance}, Words: "biometric, precise location, precise geolocation, latitude, children, sell, sale, train, artificial intelligence, health, racial, ethnic, sexual orientation, religion, genetic, fingerprint, direct messages, private messages"},
			Examples: []Example{
				{"We collect data such as your name and age.", "We collect data such as your name, fingerprint and age."},
				{"We use content for purposes such as support and research.", "We use content for purposes such as support, artificial intelligence and research."},
			},
			Misses: []Example{
				{"We collect data such as your name and age.", "We collect data such as your name, city and age."},
			},
		},
		{
			ID: "example-changed", Severity: policy.Minor,
			Looks: "an example that came to, or left, an open list (\"such as\", \"including\")",
			Why:   "The examples of something already stated changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Instance}},
			Examples: []Example{
				{"We use payment processors.", "We use payment processors such as Acme Pay."},
				{"We collect data such as your name and city.", "We collect data such as your name, street and city."},
			},
			Misses: []Example{
				{"We collect your name and city.", "We collect your name, street and city."},
			},
		},
		{
			ID: "product-in-list", Severity: policy.Minor,
			Looks: "a name that came to, or left, a list of things that the document covers",
			Why:   "The named products or things covered changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Party}, About: []Category{EntityScope, Service, ContentIP, Conduct}},
			Examples: []Example{
				{"These terms apply to Mail, Chat and Drive.", "These terms apply to Mail, Chat, Notes and Drive."},
				{"This policy applies to Mail, Chat and Drive.", "This policy applies to Mail and Drive."},
			},
			Misses: []Example{
				{"We share data with Mail, Chat and Drive.", "We share data with Mail, Chat, Notes and Drive."},
			},
		},
		{
			ID: "recipient-changed", Severity: policy.Major,
			Looks: "a name that came to, or left, those who get or use data",
			Why:   "Who receives or uses data changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Party}, About: []Category{Sharing, DataUse, DataCollection, TransferRetention}},
			Examples: []Example{
				{"We share your data with Acme and Bolt.", "We share your data with Acme, Cargo and Bolt."},
				{"We disclose logs to Acme, Cargo, and Bolt.", "We disclose logs to Acme and Bolt."},
			},
			Misses: []Example{
				{"These terms apply to Mail, Chat and Drive.", "These terms apply to Mail, Chat, Notes and Drive."},
			},
		},
		{
			ID: "name-in-list", Severity: policy.Minor,
			Looks: "any other name that came to, or left, a list",
			Why:   "A name came to a list or left it: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Party}},
			Examples: []Example{
				{"We accept payment by Visa, Acme and Bolt.", "We accept payment by Visa, Cargo, Acme and Bolt."},
				{"Refunds go to Visa, Acme and Bolt cards.", "Refunds go to Visa and Bolt cards."},
			},
			Misses: []Example{
				{"Refunds go to Visa and Bolt cards.", "Refunds go to Visa and Bolt card holders."},
			},
		},
	}
}

// memberRules returns the rules about countries and closed lists.
func memberRules() []Rule {
	return []Rule{
		{
			ID: "jurisdiction-changed", Severity: policy.Major,
			Looks: "a country or state that came, went or took the place of another",
			Why:   "For which country or state a rule about {about} holds changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Jurisdiction}, About: Material()},
			Examples: []Example{
				{"Residents of France have the right to object.", "Residents of France and Spain have the right to object."},
				{"You contract with us if you live in Canada.", "You contract with us if you live in Mexico."},
			},
			Misses: []Example{
				{"In some states (Texas, Ohio) you may appeal.", "In some states you may appeal."},
			},
		},
		{
			ID: "jurisdiction-named", Severity: policy.Minor,
			Looks: "a country or state named where no rule turns on it",
			Why:   "A country or state is named that was not, or no longer: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Jurisdiction}},
			Examples: []Example{
				{"The help center is in France.", "The help center is in Spain."},
				{"Our servers hum in Germany.", "Our servers hum in Austria."},
			},
			Misses: []Example{
				{"The help center is in France.", "The help center is placed in France."},
			},
		},
		{
			ID: "list-member-changed", Severity: policy.Major,
			Looks: "an item that came to, or left, a closed list",
			Why:   "An item came to a closed list about {about}, or left it: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Member}, About: Material()},
			Examples: []Example{
				{"We collect your name, city and age.", "We collect your name, street, city and age."},
				{"We collect your name, street, city and age.", "We collect your name, city and age."},
			},
			Misses: []Example{
				{"We collect your name, city and age.", "We collect your city, name and age."},
			},
		},
		{
			ID: "list-member-of-service", Category: Service, Severity: policy.Minor,
			Looks: "an item of a list about the service alone",
			Why:   "An item came to a list about the service, or left it: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Member}},
			Examples: []Example{
				{"Technical support covers setup, lamps and repair.", "Technical support covers setup, doors, lamps and repair."},
				{"Maintenance covers pumps, lamps and doors.", "Maintenance covers pumps and doors."},
			},
			Misses: []Example{
				{"Maintenance covers pumps, lamps and doors.", "Maintenance covers lamps, pumps and doors."},
			},
		},
		{
			ID: "cookie-entry", Category: DataCollection, Severity: policy.Minor,
			Looks: "a row of a register of cookies or pixels",
			Why:   "A cookie or pixel of a kind already declared changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Entry}, Near: "cookie, cookies, pixel, tracker, trackers, beacon"},
			Examples: []Example{
				{"| Cookie | Purpose |\n| --- | --- |\n| sid | Session |", "| Cookie | Purpose |\n| --- | --- |\n| sid | Session |\n| lang | Language |"},
				{"# Cookies\n\n| Name | Duration |\n| --- | --- |\n| sid | One day |\n| lang | One hour |", "# Cookies\n\n| Name | Duration |\n| --- | --- |\n| sid | One day |"},
			},
			Misses: []Example{
				{"# Subprocessors\n\n* Acme. Hosting.", "# Subprocessors\n\n* Acme. Hosting.\n* Bolt. Mail."},
			},
		},
		{
			ID: "subprocessor-entry", Category: Sharing, Severity: policy.Minor,
			Looks: "an entry of a register of processors of the same role",
			Why:   "An entry of the register of processors changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Entry}},
			Examples: []Example{
				{"# Subprocessors\n\n* Acme. Hosting.\n* Bolt. Mail.", "# Subprocessors\n\n* Acme. Hosting.\n* Cargo. Logs.\n* Bolt. Mail."},
				{"# Sub-processors\n\n* Acme. Hosting.\n* Bolt. Mail.", "# Sub-processors\n\n* Acme. Hosting."},
			},
			Misses: []Example{
				{"# Data\n\nWe collect your name.", "# Data\n\nWe collect your name.\n\nWe collect your fingerprint."},
			},
		},
	}
}
