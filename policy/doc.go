// Package policy holds the nouns of Codicil: policies, their versions, and the
// documents and clauses a version consists of.
//
// A policy is one document (a privacy policy, terms of service) in all its
// versions. A version is a text that was published: it has a label, three
// dates, a git commit and a digest. A document is one text taken apart into
// blocks of words; a clause is a numbered or headed unit of it.
//
// # How the packages fit together
//
// Everything follows from one commit:
//
//	commit ─► history ─► versions ─► redline ─► assessment ─► notice ─► page, feed, banner   (site)
//	(Markdown) (git)                 (what       (how much it   (who, how,  └► email ─► ledger   (notify)
//	                                  changed)    matters, why)  by when)
//
// Packages history, worktree, config, starter and workspace are the only ones that
// touch a disk: git's objects, the files beside them within bounds, codicil.yaml,
// what a new folder begins with, and all of that opened as one. The others are pure: they know no file, no
// network and no clock; a day is an argument, and the same input gives the same
// bytes. Arrows point down and never back:
//
//	cmd ─► site/desk, site, notify/…, render/report, policy/workspace
//	policy/listing ─► policy/review     policy/workspace ─► policy/{config,history,integrity,review,reading,worktree}     policy/config ─► policy/{review,worktree}
//	site/desk ─► site ─► site/tree, render        render/report ─► policy/review ─► policy/{comparison,notice,repair}
//	notify/mailing ─► notify/proof ─► notify/{channel,email,ledger} ─► notify        notify/email ─► render/email ─► policy/notice
//	policy/{notice,comparison} ─► policy/materiality ─► policy/redline ─► policy ◄─ policy/{history,integrity,repair}      policy/integrity ─► policy/transparency
//	render/counsel ─► render/docx, policy/{merge,repair/docx}     render ─► policy/redline        site and notify never meet
//
// The configuration has a room of its own because its shape is the contract with
// those who write it: it is read, checked and described (its JSON Schema) by one
// type, and each package takes of it the few values that it needs. The workspace
// has one because a command, a desk and an action must mean the same text by
// "privacy@2.0", by "what is published" and by "what comes next".
//
// One rule is in one place, and every caller asks there: what changed and
// how much it matters in comparison; whether a text may be published in review,
// and whether what was published is still so in integrity; where a page lies in
// Address; what a fault is, with its place and what to do about it, in
// Diagnostic. Package review knows no file and no clock, so that a desk, an
// action and a command hold a text to the same rules; package integrity knows
// the pins and not where they are kept. Package transparency is beside it
// because a Merkle tree, its proofs and its signatures are the same for any list
// of lines: integrity says what the lines are, and what it means for a version
// when one differs. Packages notify/proof and notify/mailing
// are above the ledger and the messages, because a proof and a mailing are made
// of both: what the command, the pull request and the desk show of a message is
// what a mailing sends.
//
// The table in cmd/codicil/deps_test.go enforces them, and says which package
// may import which third-party module.
//
// A panic of ours over one odd text is caught where two texts are compared and
// judged, in package comparison, and nowhere else.
package policy
