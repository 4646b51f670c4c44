package policy

import (
	"fmt"
	"strings"
)

// Level says whether a diagnostic must be mended before publishing.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Diagnostic is a fault in a text, at the place where its author can mend it.
// It is an error, so that Parse can return it as one.
type Diagnostic struct {
	File    string `json:"file"`
	Line    int    `json:"line"`   // from 1; 0 when the fault has no place
	Column  int    `json:"column"` // from 1, in characters
	Level   Level  `json:"level"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Excerpt string `json:"excerpt,omitempty"` // the faulty line and a caret under the fault
}

// Error writes the fault as file:line:column: message.
func (d *Diagnostic) Error() string {
	var b strings.Builder
	b.WriteString(d.Position())
	b.WriteString(": ")
	b.WriteString(d.Message)
	if d.Excerpt != "" {
		b.WriteString("\n")
		b.WriteString(d.Excerpt)
	}
	return b.String()
}

// Position writes file:line:column, leaving out what is not known.
func (d *Diagnostic) Position() string {
	switch {
	case d.Line == 0:
		return d.File
	case d.Column == 0:
		return fmt.Sprintf("%s:%d", d.File, d.Line)
	}
	return fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Column)
}
