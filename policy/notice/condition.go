package notice

// Condition is one thing that must hold before a change is published. Before
// and After are front matter that breaks it and that keeps it.
type Condition struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Reason string `json:"reason"`
	Before string `json:"before"`
	After  string `json:"after"`

	check func(Candidate) (message, hint string)
}

// Conditions returns the conditions of publication in the order in which Gate
// asks for them. Their ids are stable.
func Conditions() []Condition {
	return append(conditionsOfTime(), conditionsOfTruth()...)
}

// conditionsOfTime are about what people are told, and when.
func conditionsOfTime() []Condition {
	return []Condition{
		{
			"unlabelled-change", "A text in force changes under a new label only",
			"whoever accepted version 1.0 must find the text that they accepted under that name",
			"version: \"1.0\" # in force; the text below changed\n", "version: \"1.1\"\neffective_date: 2027-03-01\n", unlabelled,
		},
		{
			"major-without-summary", "A major change has a summary",
			"people read the summary in the banner and in the email; without one they learn only that something changed",
			"version: \"2.0\"\n", "version: \"2.0\"\nsummary: We keep your orders for ten years instead of seven.\n", unsummarised,
		},
		{
			"major-without-date", "A major change has a date from which it binds",
			"notice is given ahead of that date, and without it nobody knows until when to decide",
			"version: \"2.0\"\n", "version: \"2.0\"\neffective_date: 2027-03-01\n", undated,
		},
		{
			"notice-period", "Notice is given as long ahead as is configured",
			"courts do not hold people to a change that they could not read in time",
			"announced: 2027-02-20\neffective_date: 2027-03-01\n", "announced: 2027-01-30\neffective_date: 2027-03-01\n", tooSoon,
		},
		{
			"sending-too-slow", "Everybody is told before the notice period begins",
			"the period counts for each person from the message to that person, so the last message decides",
			"effective_date: 2027-03-01 # the last of a million messages leaves on 2027-02-03\n", "effective_date: 2027-03-05\n", tooSlow,
		},
	}
}

// conditionsOfTruth are about what would take people by surprise.
func conditionsOfTruth() []Condition {
	return []Condition{
		{
			"retroactive", "A change binds from a day on which it can be read",
			"nobody can keep to, or object to, what was not written yet",
			"effective_date: 2026-01-01 # published on 2027-01-30\n", "effective_date: 2027-03-01\n", retroactive,
		},
		{
			"retroactive-use", "Data given under the old text is used under the old text, or people are asked",
			"to loosen promises for data that was collected under them is unfair without consent (FTC, Gateway Learning, 2004)",
			"effective_date: 2026-01-01\nsummary: We share your orders with partners.\n", "effective_date: 2027-03-01\nsummary: We share your orders with partners if you agree.\n", retroactiveUse,
		},
		{
			"downgrade", "Who declares less than was proposed says why, and who decided it",
			"the decision may have to be defended years later, when nobody remembers it",
			"change: editorial\n", "change: editorial\nchange_reason: The figure was misprinted; the price never was another.\napproved_by: A. Counsel\n", downgrade,
		},
		{
			"channel", "Notice goes through channels that exist",
			"a channel with a misspelt name reaches nobody",
			"notice: [e-mail]\n", "notice: [email]\n", unknownChannel,
		},
		{
			"fewer-channels", "Notice goes through the configured channels",
			"a change that is shown to nobody is no better announced than one that is not announced",
			"notice: [feed]\n", "notice: [feed]\nchange_reason: It concerns the feed alone.\napproved_by: A. Counsel\n", withoutChannels,
		},
		{
			"promotion", "A required notice advertises nothing",
			"promotion makes a service message advertising, which people may refuse (UK ICO, direct marketing guidance)",
			"summary: We are excited to announce our new prices!\n", "summary: Prices rise by 2 euros a month.\n", promotes,
		},
	}
}
