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
// Package history is the only one here that reads a disk. The others are pure:
// they know no file, no network and no clock; a day is an argument, and the
// same input gives the same bytes. Arrows point down and never back:
//
//	cmd ─► site/desk, site, notify/…, policy/history
//	site/desk ─► site ─► render        notify/… ─► notify, render/email
//	render/email ─► policy/notice ─► policy/materiality ─► policy/redline ─► policy ◄─ policy/history
//	render ─► policy/redline
//	site, policy/review ─► policy/comparison ─► policy/materiality      (the one answer to "what changed")
//
// The table in cmd/codicil/deps_test.go enforces them, and says which package
// may import which third-party module.
//
// A panic of ours over one odd text is caught where two texts are compared and
// judged, in package comparison, and nowhere else.
package policy
