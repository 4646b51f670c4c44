package review

// Finding is one thing that was looked at, and whether it is as it should be.
type Finding struct {
	Subject string `json:"subject"`
	State   State  `json:"state"`
	Says    string `json:"says"`
	Hint    string `json:"hint,omitempty"`
}

// State says whether something works.
type State string

// The states of a finding.
const (
	Fine  State = "ok"
	Note  State = "note"  // something will be needed, or is left to people
	Amiss State = "fault" // something does not work
)

// NewFinding says of something in which state it is, and what to do about it.
func NewFinding(subject string, state State, says, hint string) Finding {
	return Finding{subject, state, says, hint}
}
