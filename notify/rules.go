package notify

import "github.com/codicil/codicil/policy"

// Rules lists the rules under which a row of a list of recipients is reported.
func Rules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{ID: ruleRow, Title: "A row of the list can be read", Reason: "who is in it would not be told"},
		{ID: ruleAddress, Title: "An address can be written to", Reason: "who has it would not be told", Before: "ada@example\n", After: "ada@example.com\n"},
		{ID: ruleWithout, Title: "A recipient has an address", Reason: "who has none is told by the other channels alone"},
		{ID: ruleRepeated, Title: "An address is in the list once", Reason: "nobody is told twice"},
		{ID: ruleName, Title: "A name can be in a message", Reason: "a name with line breaks or marks could be read as part of the message"},
		{ID: ruleLang, Title: "A language is a BCP 47 tag", Reason: "people are told in the language that they asked for", Before: "german\n", After: "de\n"},
		{ID: ruleZone, Title: "A time zone is a name of the IANA database", Reason: "nobody is mailed in the night of their own zone", Before: "Berlin\n", After: "Europe/Berlin\n"},
		{ID: ruleClass, Title: "A notice goes to those whom its class is for", Reason: "account holders must be told; followers asked for it, and can leave"},
	}
}
