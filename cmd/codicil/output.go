package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/codicil/codicil/render/terminal"
)

// printJSON writes v as one document, indented, with its text unescaped.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// colour reports whether to mark words with colour: only on a terminal, and
// not where NO_COLOR (no-color.org) or a dumb terminal says otherwise.
func (a *app) colour() bool {
	_, ok := terminal.Size(a.stdout)
	return ok && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"
}

// width returns how many columns a text on standard output may take.
func (a *app) width() int {
	if columns, ok := terminal.Size(a.stdout); ok {
		return columns
	}
	return 100
}

// say writes a line for people on standard error, unless they want quiet.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, format+"\n", args...)
	}
}

// plain makes what is written for people safe to show.
func (a *app) plain() {
	colour := a.colour()
	a.stdout = &terminal.Writer{W: a.stdout, Colour: colour}
	a.stderr = &terminal.Writer{W: a.stderr}
}

// exact returns where to write what must not change in a byte, as a text that is
// kept or read by another program. On a terminal it is shown like all else.
func (a *app) exact() io.Writer {
	if _, ok := terminal.Size(a.stdout); ok {
		return a.stdout
	}
	return terminal.Bare(a.stdout)
}

// progress tells how far long work has come.
func (a *app) progress() *terminal.Progress {
	return terminal.NewProgress(a.stderr, a.quiet || a.json, a.now)
}
