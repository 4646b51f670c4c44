package reading

import "github.com/codicil/codicil/policy"

// Rules lists the rules that findings about a second reader name.
func Rules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{ID: RuleSecond, Title: "The second reader found more", Reason: "somebody who understands language, and quotes the words, sees a graver change than the rules do"},
		{ID: "reading-undecided", Title: "A person decides where the second reader finds more", Reason: "neither the rules nor a model has the last word",
			Before: "# the rules say editorial, the reader major\n", After: "change: major\n"},
		{ID: "reading-other-text", Title: "A reading is of this text", Reason: "an opinion on other words says nothing about these"},
		{ID: "reading-unreadable", Title: "The record of a reading can be read", Reason: "what cannot be read does not count"},
		{ID: "reader-address", Title: "A reader has an address that texts may be sent to", Reason: "a text that is not published yet leaves this machine by https alone"},
		{ID: "reader-model", Title: "A reader's model is named", Reason: "a reading is worth as much as what is known of who read"},
	}
}
