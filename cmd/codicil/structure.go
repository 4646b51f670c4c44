package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// structureJSON is what diff --structure prints for one pair of texts.
type structureJSON struct {
	Old     string          `json:"old"`
	New     string          `json:"new"`
	Pairs   int             `json:"pairs"`
	Missing []structureLone `json:"missing"`
	Extra   []structureLone `json:"extra"`
}

// structureLone is a clause without a counterpart.
type structureLone struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Line int    `json:"line"`
}

// diffStructure lists which clauses of each text have no counterpart in the
// other: for translations, whose words cannot be compared.
func (a *app) diffStructure(pairs []pair, f diffFlags) error {
	if !oneOf(f.format, "text", "json") {
		return usagef("--structure comes as text or json, not as %s", f.format)
	}
	var out bytes.Buffer
	found := false
	for _, p := range pairs {
		s := redline.CompareStructure(p.before.doc, p.after.doc)
		found = found || len(s.Missing)+len(s.Extra) > 0
		if err := writeStructure(&out, p, s, f.format); err != nil {
			return err
		}
	}
	if err := a.deliver(out.Bytes(), f.output); err != nil {
		return err
	}
	if found && f.exitCode {
		return &exitError{code: exitFindings}
	}
	return nil
}

func writeStructure(b *bytes.Buffer, p pair, s *redline.Structure, format string) error {
	if format == "json" {
		return json.NewEncoder(b).Encode(structureJSON{p.before.name, p.after.name, s.Pairs, lone(s.Missing), lone(s.Extra)})
	}
	fmt.Fprintf(b, "%s ↔ %s: %s\n", p.before.name, p.after.name, counterparts(s))
	for _, c := range lone(s.Missing) {
		fmt.Fprintf(b, "  not in %s: %s (line %d of %s)\n", p.after.name, c.Name, c.Line, p.before.name)
	}
	for _, c := range lone(s.Extra) {
		fmt.Fprintf(b, "  not in %s: %s (line %d of %s)\n", p.before.name, c.Name, c.Line, p.after.name)
	}
	return nil
}

// counterparts says how many clauses agree, and how many do not.
func counterparts(s *redline.Structure) string {
	alone := len(s.Missing) + len(s.Extra)
	if alone == 0 {
		return fmt.Sprintf("all %d clauses have a counterpart", s.Pairs)
	}
	return fmt.Sprintf("%d clauses have a counterpart, %d have none", s.Pairs, alone)
}

func lone(clauses []*policy.Clause) []structureLone {
	out := make([]structureLone, 0, len(clauses))
	for _, c := range clauses {
		name := c.Name()
		if name == "" {
			name = c.ID
		}
		out = append(out, structureLone{c.ID, name, c.Line})
	}
	return out
}
