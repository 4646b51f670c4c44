// Package ledger keeps the proof of notice: one row for each recipient of a
// notice, and a record of each attempt to deliver it that is only ever added
// to. It lives in one SQLite file, open to its owner alone, or in a PostgreSQL
// database, where several machines send one notice together: the schema and
// the statements are the same.
//
// Addresses are in it only as long as they are needed to send; everywhere
// else a recipient is the keyed hash of the address (HMAC-SHA256, RFC 2104).
// The records of attempts form a chain: each holds the hash of the one before,
// so that none can be changed, removed or put in between without Verify
// telling.
//
// In PostgreSQL a process claims deliveries for a time (SELECT ... FOR UPDATE
// SKIP LOCKED) and renews the claim while it lives. The mark of a process whose
// claim ran out is refused: another may have sent the message since.
package ledger
