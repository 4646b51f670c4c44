package notify

// Event is something that another system is told, once.
type Event struct {
	ID       string // what happened: "privacy@2.0 announced"
	Target   string // the address it goes to
	Body     []byte // as it is sent at every attempt
	Attempts int
}
