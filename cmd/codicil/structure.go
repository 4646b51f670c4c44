package main

import (
	"bytes"
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
	found := false
	list := make([]structureJSON, 0, len(pairs))
	for _, p := range pairs {
		s := redline.CompareStructure(p.before.doc, p.after.doc)
		found = found || len(s.Missing)+len(s.Extra) > 0
		list = append(list, structureJSON{p.before.name, p.after.name, s.Pairs, lone(s.Missing), lone(s.Extra)})
	}
	var out bytes.Buffer
	if err := writeStructures(&out, list, f.format); err != nil {
		return err
	}
	if err := a.deliver(out.Bytes(), f.output); err != nil {
		return err
	}
	if found && f.exitCode {
		return &exitError{code: exitFindings}
	}
	return nil
}

func writeStructures(b *bytes.Buffer, list []structureJSON, format string) error {
	switch {
	case format == "json" && len(list) == 1:
		return printJSON(b, list[0])
	case format == "json":
		return printJSON(b, map[string]any{"structures": list})
	}
	for _, s := range list {
		fmt.Fprintf(b, "%s ↔ %s: %s\n", s.Old, s.New, counterparts(s))
		for _, c := range s.Missing {
			fmt.Fprintf(b, "  not in %s: %s (line %d of %s)\n", s.New, c.Name, c.Line, s.Old)
		}
		for _, c := range s.Extra {
			fmt.Fprintf(b, "  not in %s: %s (line %d of %s)\n", s.Old, c.Name, c.Line, s.New)
		}
	}
	return nil
}

// counterparts says how many clauses agree, and how many do not.
func counterparts(s structureJSON) string {
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
