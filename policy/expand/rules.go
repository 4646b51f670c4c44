package expand

import "github.com/codicil/codicil/policy"

// Rules lists what a fault of a source may be called.
func Rules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{ID: "source-missing", Title: "A source and what it brings in are texts of the repository", Reason: "what lies elsewhere cannot be read again when somebody asks how a text came about"},
		{ID: "source-tag", Title: "Double braces can be read", Reason: "readers would see the braces, or lose a clause",
			Before: "{{#if country == DE}}\n", After: "{{#if country = DE}}\n"},
		{ID: "source-name", Title: "Each name in a source has a value", Reason: "a policy that does not say whose it is binds nobody",
			Before: "{{compnay}} is the controller.\n", After: "{{company}} is the controller.\n"},
		{ID: "source-unused", Title: "Each value is used", Reason: "a value that nothing uses is most often a name that is spelt in two ways",
			Before: "variables: {compnay: Acme Ltd}\n", After: "variables: {company: Acme Ltd}\n"},
		{ID: "source-brand", Title: "A brand is one of those in codicil.yaml", Reason: "the names of a brand that is not there have no values"},
		{ID: "source-never", Title: "A condition can be met", Reason: "a clause for a country that no policy names is in no text",
			Before: "{{#if country = Germany}} # country: DE\n", After: "{{#if country = DE}}\n"},
		{ID: "source-bound", Title: "A source stays within bounds", Reason: "files that bring each other in can grow without end, and are then made to keep machines busy"},
		{ID: "not-expanded", Title: "A text says what its source makes of it", Reason: "an edit in one of them would be lost when the other is next expanded"},
	}
}
