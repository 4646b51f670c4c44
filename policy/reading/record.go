package reading

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Record is a reading as it is kept in git beside the policy, so that a build
// needs no reader and anyone can see what one said, of which bytes.
type Record struct {
	Policy  string      `json:"policy"`  // its id
	Version string      `json:"version"` // label of the version that was read
	Before  string      `json:"before"`  // SHA-256 of the text before, as git holds it
	After   string      `json:"after"`   // SHA-256 of the text that was read
	Prompt  string      `json:"prompt"`  // SHA-256 of all that the reader was told
	Reader  string      `json:"reader"`  // the model, or the program
	Read    policy.Date `json:"read"`    // the day
	Cost    Cost        `json:"cost"`
	Reading
}

// Cost is what an answer took.
type Cost struct {
	Seconds   float64 `json:"seconds"`
	TokensIn  int     `json:"tokens_in"`  // 0 where the reader does not say
	TokensOut int     `json:"tokens_out"` // 0 where the reader does not say
}

// Encode writes a record as the bytes of its file.
func (r *Record) Encode() ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the reading of %s@%s: %w", r.Policy, r.Version, err)
	}
	return append(text, '\n'), nil
}

// Decode reads the named file of a record.
func Decode(name string, text []byte) (*Record, error) {
	r := new(Record)
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, &policy.Diagnostic{File: name, Level: policy.Warning, Rule: "reading-unreadable",
			Message: "this reading cannot be read and does not count: " + err.Error(),
			Hint:    "remove the file, or run `codicil read` again"}
	}
	return r, nil
}

// Applies reports whether a record was made of these two texts. A reading of
// other bytes says nothing about them.
func (r *Record) Applies(before, after string) bool { return r.Before == before && r.After == after }

// Recheck verifies the reasons of a record once more, against the redline as it
// is made today: a file that somebody wrote by hand counts no more than an
// answer does.
func (r *Record) Recheck(line *redline.Redline) (*Reading, error) {
	a := answer{Severity: r.Severity.String(), Summary: r.Summary}
	for _, reason := range r.Reasons {
		a.Reasons = append(a.Reasons, answerPoint{Change: reason.Change, Severity: reason.Severity.String(), Category: string(reason.Category),
			Before: reason.Before, After: reason.After, Why: reason.Why})
	}
	text, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("check the reading of %s@%s: %w", r.Policy, r.Version, err)
	}
	reading, err := Verify(New(line, DefaultRoom), text)
	if reading != nil {
		reading.Unread = r.Unread
		reading.Dropped = append(reading.Dropped, r.Dropped...)
	}
	return reading, err
}
