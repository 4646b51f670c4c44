package integrity

import "time"

// Summary is what there is to tell of the log, in counts and names.
type Summary struct {
	Origin    string   `json:"origin"` // the name of the log
	Size      int64    `json:"size"`   // entries
	Root      string   `json:"root"`   // hash of the Merkle tree, in base64
	Signed    int64    `json:"signed"` // entries under the signed checkpoint
	Cosigned  []string `json:"cosigned_by"`
	Timestamp string   `json:"timestamp,omitempty"` // RFC 3339
	Statement string   `json:"statement,omitempty"` // what a verification has proved
}

// NewSummary sums up a log; origin is its name where no checkpoint names it.
func NewSummary(l *Log, origin, statement string) Summary {
	root, _ := l.Tree.Root(l.Tree.Size())
	s := Summary{Origin: origin, Size: l.Tree.Size(), Root: root.String(), Cosigned: []string{}, Statement: statement}
	if cp := l.Checkpoint; cp != nil {
		s.Origin = cp.Origin
		if cp.Signed {
			s.Signed = cp.Size
		}
		for _, c := range cp.Cosigned {
			s.Cosigned = append(s.Cosigned, c.Name)
		}
	}
	if l.Timestamp != nil {
		s.Timestamp = l.Timestamp.At.Format(time.RFC3339)
	}
	return s
}
