package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Level says whether a diagnostic must be mended before publishing.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Diagnostic is a fault that its reader can mend: what is wrong, where, and what
// to do next. It is the one type of such faults in all packages, and an error. A
// fault in a text names the place and its rule; one of the command line, of a
// repository or of a server may have neither.
type Diagnostic struct {
	File    string `json:"file"`   // empty when no file is at fault
	Line    int    `json:"line"`   // from 1; 0 when the fault has no place
	Column  int    `json:"column"` // from 1, in characters
	Level   Level  `json:"level"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Excerpt string `json:"excerpt,omitempty"` // the faulty line and a caret under the fault
	Known   bool   `json:"known,omitempty"`   // it was there before the change that is reviewed

	Err error `json:"-"` // what it is about, where an error led to it; nil for none
}

// Hinted says what to do about an error.
func Hinted(err error, hint string) *Diagnostic {
	return &Diagnostic{Level: Error, Message: err.Error(), Hint: hint, Err: err}
}

// Hint returns what to do about an error: the first hint in its chain, or
// nothing.
func Hint(err error) string {
	for d := (*Diagnostic)(nil); errors.As(err, &d); err = d.Err {
		if d.Hint != "" {
			return d.Hint
		}
	}
	return ""
}

// Error writes the fault as file:line:column: message.
func (d *Diagnostic) Error() string {
	var b strings.Builder
	if place := d.Position(); place != "" {
		b.WriteString(place + ": ")
	}
	b.WriteString(d.Message)
	if d.Excerpt != "" {
		b.WriteString("\n")
		b.WriteString(d.Excerpt)
	}
	return b.String()
}

// Once leaves out what was said before: the same words of the same place.
func Once(found []*Diagnostic) []*Diagnostic {
	told := make(map[string]bool)
	return slices.DeleteFunc(found, func(d *Diagnostic) bool {
		key := d.Error()
		again := told[key]
		told[key] = true
		return again
	})
}

// Unwrap returns the error that led to it.
func (d *Diagnostic) Unwrap() error { return d.Err }

// Position writes file:line:column, leaving out what is not known.
func (d *Diagnostic) Position() string {
	switch {
	case d.File == "" || d.Line == 0:
		return d.File
	case d.Column == 0:
		return fmt.Sprintf("%s:%d", d.File, d.Line)
	}
	return fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Column)
}
