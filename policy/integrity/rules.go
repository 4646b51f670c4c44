package integrity

import "github.com/codicil/codicil/policy"

// Rules lists the rules that findings of this package name.
func Rules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{
			ID: "sum-form", Title: "codicil.sum holds whole lines", Reason: "a line that cannot be read pins nothing",
			Before: "privacy@1.0 sha256:9f86d0\n", After: "privacy@1.0 sha256:9f86d0… 2026-02-01 d688a6b\n",
		},
		{ID: "pin-removed", Title: "A pinned version stays pinned", Reason: "what a pin proved can be changed without a trace once it is gone"},
		{ID: "pin-changed", Title: "The line of a pinned version stays as it was written", Reason: "a text and its pin that change together would leave no trace"},
		{ID: "pin-missing", Title: "Every version is pinned that is older than a pinned one", Reason: "a line was taken out, or a version slipped in behind what was published"},
		{ID: "published-text-changed", Title: "A published text stays as it was", Reason: "readers would have agreed to words that they never saw"},
		{ID: "effective-date-changed", Title: "An announced date stays as it was", Reason: "people were told to decide by that date"},
		{ID: "version-missing", Title: "A published version stays in the history", Reason: "nobody can look up any more what was in force"},
		{ID: "history-rewritten", Title: "The commit that published a version stays", Reason: "its date and its author prove when the text was published, and by whom"},
		{ID: "tag-moved", Title: "The tag of a version stays where it was set", Reason: "a label names one text for good"},
		{ID: "pinned-commit", Title: "A pinned commit holds the pinned text, on the published line", Reason: "a line is checked with git alone: by that commit; another line of commits may claim other days"},
		{ID: "log-form", Title: "Checkpoints and proofs can be read", Reason: "what cannot be read vouches for nothing"},
		{ID: "log-key", Title: "The log keeps its key", Reason: "another key is that of another log, which may say something else"},
		{ID: "log-rewritten", Title: "The log begins as it did under each checkpoint", Reason: "what was published was rewritten together with its digests"},
		{ID: "log-entry-changed", Title: "An entry of the log stays as it is", Reason: "a text, a day or a commit was exchanged behind a name"},
		{ID: "log-entry-missing", Title: "An entry of the log stays", Reason: "a version that was published is said never to have been"},
		{ID: "log-entry-added", Title: "Entries come at the end of the log", Reason: "a version was slipped in behind what was published"},
		{ID: "log-order", Title: "Entries keep their order", Reason: "which version came first decides what bound whom"},
		{ID: "log-timestamp", Title: "The timestamp is of this checkpoint", Reason: "a timestamp of something else proves no day"},
		{ID: "digest", Title: "The text of a version has its digest", Reason: "else the repository, or what was read from it before, is damaged"},
		{ID: "label-reused", Title: "A label names one text", Reason: "whoever accepted version 1.0 must find the text that they accepted under that name"},
		{ID: "unsigned", Title: "Who publishes signs the commit", Reason: "an unsigned commit could be anybody's; asked where `signers` are configured"},
		{ID: "signature", Title: "The signature is that of one who may publish", Reason: "a signature of somebody else, or a broken one, proves nothing"},
	}
}
