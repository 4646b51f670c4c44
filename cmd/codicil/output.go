package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
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

// terminal reports whether w is one, and how many columns it has.
func terminal(w any) (columns int, ok bool) {
	out, _ := w.(io.Writer)
	f, isFile := bare(out).(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns <= 0 {
		columns = 80
	}
	return columns, true
}

// colour reports whether to mark words with colour: only on a terminal, and
// not where NO_COLOR (no-color.org) or a dumb terminal says otherwise.
func (a *app) colour() bool {
	_, ok := terminal(a.stdout)
	return ok && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"
}

// width returns how many columns a text on standard output may take.
func (a *app) width() int {
	if columns, ok := terminal(a.stdout); ok {
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

// plural writes a count with its noun: "1 version", "3 policies".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// columns writes rows of cells, each column as wide as its widest cell.
func columns(w io.Writer, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-len([]rune(cell))+2))
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}
