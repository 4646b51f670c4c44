// Package channel tells people by ways that are not mail, through a program of the
// publisher's own: SMS, push messages, a mailbox inside an application. It exists
// so that such a channel has all that mail has, a line in the ledger for each
// person, retries, one message however often a run is cut short, and needs no
// plug-in of ours: the program gets JSON on its standard input, and says by JSON or
// its exit code what became of each person.
//
// No shell reads its arguments, no address of a person is in them, and of the
// secrets of this program it sees those alone whose names begin with
// CODICIL_CHANNEL_. A call is bounded in time and in what it may answer.
package channel
