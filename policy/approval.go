package policy

import (
	"fmt"
	"time"
)

// Approval says that a person approved exactly one text.
type Approval struct {
	Role   string    `json:"role"`   // in which they did
	Name   string    `json:"name"`   // as the configuration has it
	How    string    `json:"how"`    // "signed tag approved/privacy", "signed commit 1f2e…", "review of commit 1f2e…"
	At     time.Time `json:"at"`     // as the signature, or the host of the repository, dates it
	SHA256 string    `json:"sha256"` // of the text
}

// String tells of an approval in a line.
func (a Approval) String() string {
	return fmt.Sprintf("%s for %s on %s (%s)", a.Name, a.Role, DateOf(a.At), a.How)
}
