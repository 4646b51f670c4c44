// Package review is the gate: it holds the text that is to be published next
// against what is published, and says what it would change, how much that
// matters, whom to tell by when, and what keeps it from being published.
//
//	candidate ─► policy.Parse ─► lint ─► promises      faults of the text alone
//	          └► redline ─► assessment ─► notice ─► notice.Gate    faults of the change
//	history   ─► silent changes, stale date lines, translations that are behind
//
// Check does all of it for the texts of a work tree; Audit counts, over a whole
// history, how often a major change was announced; Compare sets one published
// version beside the one before it, for every caller that wants to know what a
// version changed. Rules lists what a finding of this package may be called.
//
// The package knows no file, no network and no clock. The bytes of published
// versions come through the interface Texts, those of the work tree and the day
// as arguments.
package review
