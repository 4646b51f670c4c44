package notify

// KeptLetter is a letter that waits to be tried again.
type KeptLetter struct {
	ID       int64 // the ledger's own name for it
	To       Recipient
	Letter   Letter
	Attempts int // since it was kept
}

// Letter is a message to one person that is no notice: to confirm that an
// address is theirs, to hand them a link that they asked for.
type Letter struct {
	ID      string // tells one letter from another to the same person
	Lang    string // BCP 47 tag
	Subject string
	Text    string
	HTML    string
}
