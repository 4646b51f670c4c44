// Package integrity holds what was published against what the history has for
// it now: the pins of codicil.sum, the log that they make, the digests of the
// texts, the labels, and the signatures of those who published.
//
// codicil.sum is to texts what go.sum is to modules: one line a version,
//
//	id@label sha256 effective commit published
//
// the digest being over the bytes that `git show COMMIT:PATH` prints, so that
// anybody can check a line without this program. The days are that from which
// the version was announced to bind, and that on which it was published. Lines
// are added at the end, and a line once written stays.
//
// The lines are also the entries of the log of versions, in their order: an
// entry is the words of a line with one space between them, without the newline.
// codicil.checkpoint holds the newest signed checkpoint of that log, and
// codicil.checkpoint.tsr what an authority of time said about it. Tree, tiles and
// proofs are computed from the lines whenever they are needed; see package
// transparency.
//
// The package reads no disk: the bytes of the files are arguments, and what it
// needs to know of the repository it asks for by the interface Repository.
package integrity
