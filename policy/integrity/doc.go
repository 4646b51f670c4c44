// Package integrity holds what was published against what the history has for
// it now: the pins of codicil.sum, the digests of the texts, the labels, and the
// signatures of those who published.
//
// codicil.sum is to texts what go.sum is to modules: one line a version,
//
//	id@label sha256 effective commit
//
// the digest being over the bytes that `git show COMMIT:PATH` prints, so that
// anybody can check a line without this program. A line once written stays.
//
// The package reads no disk: the bytes of the file are an argument, and what it
// needs to know of the repository it asks for by the interface Repository.
package integrity
