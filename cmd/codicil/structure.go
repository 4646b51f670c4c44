package main

import (
	"bytes"

	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render"
)

// diffStructure lists which clauses of each text have no counterpart in the
// other: for translations, whose words cannot be compared.
func (a *app) diffStructure(pairs []workspace.Pair, f diffFlags) error {
	if !oneOf(f.format, "text", "json") {
		return usagef("--structure comes as text or json, not as %s", f.format)
	}
	found := false
	list := make([]render.Structure, 0, len(pairs))
	for _, p := range pairs {
		s := redline.CompareStructure(p.Before.Doc, p.After.Doc)
		found = found || len(s.Missing)+len(s.Extra) > 0
		list = append(list, render.NewStructure(p.Before.Name, p.After.Name, s))
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

func writeStructures(b *bytes.Buffer, list []render.Structure, format string) error {
	switch {
	case format == "json" && len(list) == 1:
		return printJSON(b, list[0])
	case format == "json":
		return printJSON(b, map[string]any{"structures": list})
	}
	for _, s := range list {
		render.StructureText(b, s)
	}
	return nil
}
