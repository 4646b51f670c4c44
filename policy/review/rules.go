package review

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/expand"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
)

// Rules lists the rules of a review about changes: what the gate asks for, then
// what the history must show. Those about how a text is written are in package
// repair.
func Rules() []policy.RuleEntry {
	var out []policy.RuleEntry
	for _, c := range notice.Conditions() {
		out = append(out, policy.RuleEntry{ID: c.ID, Title: c.Title, Reason: c.Reason, Before: c.Before, After: c.After})
	}
	for _, a := range notice.Audiences() {
		var duties []string
		for _, d := range a.Duties {
			duties = append(duties, d.Text+" ("+d.Source+")")
		}
		out = append(out, policy.RuleEntry{ID: "duty-" + a.ID, Title: "Duty to " + a.Name, Reason: strings.Join(duties, ";\n")})
	}
	return slices.Concat(out, expand.Rules(), historyRules())
}

// historyRules are about texts that were published, and files that are none.
func historyRules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{ID: "promise-unkept", Title: "A channel keeps what the text promises", Reason: "a policy that says more than is done is worse than one that says less",
			Before: "We will email you. # codicil.yaml: channels: [banner]\n", After: "We will email you. # codicil.yaml: channels: [banner, email]\n"},
		{ID: "told-otherwise", Title: "A version is what people were told that it is", Reason: "a notice and a page are promises: what was announced stays as it was announced, or people are told again"},
		{ID: "configuration-changed", Title: "The gate is not ruled by what it guards", Reason: "a change could let itself through"},
		{ID: "policy-gone", Title: "A policy in force does not vanish", Reason: "what is not there any more still binds those who agreed to it, and they cannot read it"},
		{ID: "copied", Title: "Each policy is one file", Reason: "of two texts with one title, nobody knows which binds"},
		{ID: "renamed-without-alias", Title: "A renamed policy keeps its id, or names the old one", Reason: "links in letters, apps and search engines lead to the old name",
			Before: "# privacy.md became data.md\n", After: "id: privacy # in data.md\n"},
		{ID: "alias-removed", Title: "A former id of a policy is kept", Reason: "its addresses lead to the policy for as long as the text names it",
			Before: "aliases: [] # privacy stood here\n", After: "aliases: [privacy]\n"},
		{ID: "alias-taken", Title: "No policy takes the former id of another", Reason: "links in letters would lead to another text than they were sent with"},
		{ID: "label-goes-back", Title: "Labels count upwards", Reason: "readers take the higher label for the newer text",
			Before: "version: \"0.9\" # after 1.1\n", After: "version: \"1.2\"\n"},
		{ID: "label-misspelt", Title: "A label is the number that it looks like", Reason: "2.O with a letter is another label than 2.0, and no one finds it",
			Before: "version: \"2.O\"\n", After: "version: \"2.0\"\n"},
		{ID: "label-missing", Title: "A policy that has labels keeps giving them", Reason: "a version without one is called by its day, and stands in no order with the others",
			Before: "Version: \"2.0\" # with a capital it is another key\n", After: "version: \"2.0\"\n"},
		{ID: "same-words", Title: "A new version has new words", Reason: "people who are told of a change look for it",
			Before: "version: \"2.0\" # the text was not saved\n", After: "version: \"2.0\" # above the new text\n"},
		{ID: "date-far", Title: "A version binds within a few years", Reason: "a year that is mistyped keeps a text from ever being in force",
			Before: "effective_date: 2207-02-10\n", After: "effective_date: 2027-02-10\n"},
		{ID: "never-binds", Title: "A version binds some day", Reason: "one that is dated before the text in force is superseded before anybody was bound by it"},
		{ID: "text-gone", Title: "A version has words", Reason: "an empty page tells nobody what binds them"},
		{ID: "date-changed", Title: "The day of a version in force stays", Reason: "people were bound from the day that they were told"},
		{ID: "announced-rewritten", Title: "What was announced stays what it was", Reason: "people decided by the words that they were told"},
		{ID: "cancelled-in-force", Title: "What is in force is not called off", Reason: "it bound people already; it ends by a new version, or with its policy",
			Before: "status: cancelled # the version is in force\n", After: "version: \"1.2\" # above the text that is to apply\n"},
		{ID: "status-reason", Title: "Who was told of a version learns why it is called off", Reason: "a text that goes away without a word leaves people guessing what binds them",
			Before: "status: cancelled\n", After: "status: cancelled\nstatus_reason: The new prices are put off until next year.\n"},
		{ID: "postponed", Title: "An announced day is put off", Reason: "people who were told the first day must learn the new one"},
		{ID: "brought-forward", Title: "An announced day comes sooner", Reason: "the notice period counts from the day on which people learn of the new one"},
		{ID: "summary-placeholder", Title: "A summary says something", Reason: "it is what people read in the banner and in the email",
			Before: "summary: TODO\n", After: "summary: We keep your orders for ten years instead of seven.\n"},
		{ID: "summary-repeated", Title: "A summary is about this version", Reason: "the last version's summary tells people of a change that is old"},
		{ID: "approval-missing", Title: "A change is approved as it stands", Reason: "whoever answers for a text has read these very bytes, and not some that were like them"},
		{ID: "creeping-change", Title: "Small steps add up", Reason: "ten changes of which nobody is told can take away what one would have to announce",
			Before: "change: minor # 30 days became 36, 42, 48 and 54, and nobody was told\n", After: "change: major # and summary: We keep log files for 54 days instead of 30.\n"},
		{ID: "silent-change", Title: "A text in force does not change under its label", Reason: "readers would have agreed to words that they never saw"},
		{ID: materiality.BeyondRule, Title: "A change is of a size that can be judged", Reason: "what is beyond it counts as major until somebody has read it"},
		{ID: comparison.FailureRule, Title: "Two versions can be compared and judged", Reason: "what a fault of Codicil left unjudged counts as major until somebody has read it"},
		{ID: "stale-date", Title: "The date line moves with the text", Reason: "readers take an old date for an old text, and read no further",
			Before: "Last updated: 3 May 2025 # the text changed in 2026\n", After: "Last updated: 9 January 2026\n"},
		{ID: "translation-label", Title: "A translation has the label of its original", Reason: "people who compare the two must know which text is meant"},
		{ID: "translation-date", Title: "A translation binds from the day of its original", Reason: "two days for one rule are two rules"},
		{ID: "translation-number", Title: "A translation has the numbers of its original", Reason: "30 days in one language and 60 in the other is a dispute"},
		{ID: "translation-behind", Title: "Translations keep up with the original", Reason: "who reads the translation is told of the old rules"},
		{ID: "front-matter", Title: "The front matter can be read", Reason: "a date or label that is misread is worse than none",
			Before: "effective_date: next spring\n", After: "effective_date: 2027-03-01\n"},
		{ID: "yaml", Title: "YAML is written so that it can be read", Reason: "what cannot be read counts for nothing"},
		{ID: "format", Title: "A policy is written in Markdown", Reason: "other formats would be shown as they are written, marks and all"},
		{ID: "no-policies", Title: "`policies` fits files of the repository", Reason: "a typing error would publish an empty site, and a check of nothing is green"},
		{ID: "unknown-key", Title: "Keys of the front matter are spelt as they are read", Reason: "a date under a key that nobody reads is no date",
			Before: "effective-date: 2027-03-01\n", After: "effective_date: 2027-03-01\n"},
		{ID: "unknown-status", Title: "A status is spelt as it is read", Reason: "a version that was to be called off would take effect",
			Before: "status: canceld\n", After: "status: cancelled\n"},
		{ID: "conflict", Title: "No conflict markers of git are left", Reason: "a text that says two things binds to neither"},
		{ID: "limited", Title: "A text stays within what is read of tables, marks and nesting", Reason: "what goes beyond was made to keep machines busy, and is read as words"},
		{ID: "too-long", Title: "A text has at most 3 MB", Reason: "what is longer was made by a machine, and keeps machines busy"},
		{ID: "too-many-versions", Title: "A policy has at most 1,500 versions that a site has pages of", Reason: "each has pages of its own, and thousands were made to keep machines busy"},
		{ID: "too-many-files", Title: "A folder holds at most a million texts", Reason: "a few small objects of git can stand for more files than any machine holds"},
		{ID: "clock", Title: "Commits follow each other in time", Reason: "a commit of the future would date all that comes after it"},
		{ID: "mainline", Title: "It is known which line of commits was published", Reason: "a version on the other line would vanish, or one that never was would appear"},
		{ID: "utf-8", Title: "A text is written in UTF-8", Reason: "other encodings show readers other characters than were written"},
		{ID: "title", Title: "A text has a title", Reason: "lists, messages and pages call it by that name"},
		{ID: "ignore", Title: "An excuse names a rule and says why", Reason: "whoever reads it later must know whether it still holds",
			Before: "<!-- codicil:ignore nbsp -->\n", After: "<!-- codicil:ignore nbsp the address must not break -->\n"},
		{ID: "symlink", Title: "A policy is a file of its own", Reason: "a link leads elsewhere in every clone, or nowhere"},
		{ID: "address-taken", Title: "Each policy has an address of its own", Reason: "a site can show one text at one address"},
		{ID: "address-reserved", Title: "No policy takes an address that the site needs", Reason: "a site keeps its own files there"},
		{ID: "shallow-clone", Title: "The clone holds the whole history", Reason: "versions that are not there cannot be listed, compared or proved"},
		{ID: "index", Title: "The saved index of the history can be read and written", Reason: "without it every run reads the whole history again"},
		{ID: "holidays", Title: "The holiday calendar can be read", Reason: "business days are counted wrong where a holiday is missed"},
		{ID: "lfs", Title: "A policy is kept in git itself", Reason: "a pointer to large file storage has no text to compare"},
	}
}
