// Package proof makes of a ledger what proves that people were told: a summary
// of one notice, one person's record, what a person acknowledged beside what
// bound them, and a bundle of all that proves a notice, which git, sha256sum and
// jq can check without this program. No address is in any of it: a person is
// the keyed hash of theirs.
package proof
