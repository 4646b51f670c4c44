// Package mailing carries one notice to the people of a list: who they are and
// who of them must not be mailed, what sending would do, what is fixed when it
// begins, the sending itself, and what came back. It is above the ledger and
// the messages, because a mailing is made of both, and exists so that whoever
// mails a notice, shows it or counts its readers does it by the same rules.
//
//	Room     what the configuration says of mail: ledger, register, server, wording
//	Mailing  one notice in it: Prepare ─► Document (the plan) ─► Send ─► Report
//
// Addresses stay in the list and the ledger: no document of this package holds one.
package mailing
