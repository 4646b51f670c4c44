package render

import (
	"bytes"
	"fmt"
	"io"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Structure says which clauses of two texts have no counterpart in the other: for
// programs, and for StructureText.
type Structure struct {
	Old     string      `json:"old"`
	New     string      `json:"new"`
	Pairs   int         `json:"pairs"`
	Missing []ClauseRef `json:"missing"`
	Extra   []ClauseRef `json:"extra"`
}

// ClauseRef names a clause without a counterpart.
type ClauseRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Line int    `json:"line"`
}

// counterparts says how many clauses agree, and how many do not.
func counterparts(s Structure) string {
	alone := len(s.Missing) + len(s.Extra)
	if alone == 0 {
		return fmt.Sprintf("all %d clauses have a counterpart", s.Pairs)
	}
	return fmt.Sprintf("%d clauses have a counterpart, %d have none", s.Pairs, alone)
}

func lone(clauses []*policy.Clause) []ClauseRef {
	out := make([]ClauseRef, 0, len(clauses))
	for _, c := range clauses {
		name := c.Name()
		if name == "" {
			name = c.ID
		}
		out = append(out, ClauseRef{c.ID, name, c.Line})
	}
	return out
}

// NewStructure makes of a comparison of clauses what RedlineJSON is of words: a value
// that programs read. The names are those of the two texts.
func NewStructure(oldName, newName string, s *redline.Structure) Structure {
	return Structure{oldName, newName, s.Pairs, lone(s.Missing), lone(s.Extra)}
}

// StructureText writes a Structure for people: each clause without a counterpart, by
// name and line.
func StructureText(w io.Writer, s Structure) error {
	return into(w, func(b *bytes.Buffer) { structureText(b, s) })
}

func structureText(b *bytes.Buffer, s Structure) {
	fmt.Fprintf(b, "%s ↔ %s: %s\n", s.Old, s.New, counterparts(s))
	for _, c := range s.Missing {
		fmt.Fprintf(b, "  not in %s: %s (line %d of %s)\n", s.New, c.Name, c.Line, s.Old)
	}
	for _, c := range s.Extra {
		fmt.Fprintf(b, "  not in %s: %s (line %d of %s)\n", s.Old, c.Name, c.Line, s.New)
	}
}
