// Package notify gives notice by email to a list of recipients, each exactly
// once: it reads the list, plans the sending, and runs it with several
// connections at once.
//
// How a message travels and where the record of it is kept are the business
// of others: Run needs a Sender (package notify/email) and a Ledger (package
// notify/ledger). One rule binds the three together and bounds what a crash
// can do: a connection does not start its next message before the mark of its
// last one is committed. So a killed process loses nobody, and repeats at most
// one message for each open connection, each under its first Message-ID.
package notify
