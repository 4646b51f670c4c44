// Package history reads a git repository and finds in it every policy with
// all its versions. It is the only package of policy/... that reads a disk,
// and it never runs git.
//
// # How a history comes about
//
//	walk    first-parent commits, newest first; raw trees compared byte by byte ─► steps
//	pair    a removed and an added file of one commit that hold one text       ─► renames
//	thread  steps put together, one thread of revisions for each file          ─► threads
//	choose  the threads whose newest path is that of a policy
//	fact    each distinct text read once: digest, words, front matter, dates   ─► facts
//	join    threads that a move in two commits tore, copied first and removed later
//	version revisions that start a version, by label, by commit or by tag;
//	        which bring back old words, which left their date line behind      ─► versions
//	name    ids, languages, titles                                             ─► policies
//
// What was published once is checked against it: Unreachable names commits that
// a rewritten history left behind, Texts what one file ever said, and SignedBy
// who signed a commit.
//
// A first-parent commit is a publication: what a merge brings in was published
// when it was merged. Blobs are read, never the work tree, so no filter, line
// end conversion or unsaved edit can come between the text and its digest.
// Replace refs and grafts are ignored: a trail for auditors must not depend on
// what one clone was told to see.
package history
