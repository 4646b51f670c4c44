package notify

// Letter is a message to one person that is no notice: to confirm that an
// address is theirs, to hand them a link that they asked for.
type Letter struct {
	ID      string // tells one letter from another to the same person
	Lang    string // BCP 47 tag
	Subject string
	Text    string
	HTML    string
}
