// Package transparency is a log that cannot be rewritten unseen: a list of
// entries, each a line of text, over which a Merkle tree is built as in RFC 6962.
//
// A checkpoint names the size of the list and the root of the tree. Whoever
// keeps one can tell later whether the entries up to that size are still the
// same, in the same order, and needs to trust nobody for it. A checkpoint may
// be signed by the log, cosigned by witnesses who saw it grow, and timestamped
// by an authority (RFC 3161); a proof shows that one entry is under it.
//
// The forms are those of c2sp.org: tlog-tiles for what a site serves,
// tlog-checkpoint and signed-note for checkpoints, tlog-cosignature for
// witnesses (cosignature/v1), tlog-proof for proofs. An entry of the tree is
// the line without its newline.
//
// The package knows nothing of policies: package integrity says which lines are
// entries, and what it means when they differ. It reads no file, no network and
// no clock.
package transparency
