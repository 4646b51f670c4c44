// Package terminal writes for people who read a terminal or the log of a CI
// service: text in which no word of a repository is taken for a command, tables,
// and a bar that shows how far long work has come.
package terminal

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// Writer writes lines for people, into which words of a repository are put,
// so that a terminal or the log of a CI service reads them as words only:
//
//   - control characters, and those that turn the direction of writing, become
//     \u001b, which is what JSON calls them too;
//   - no line begins with a colon, as GitHub's workflow commands do, and neither
//     its older "##[" nor GitLab's "section_start" is anywhere.
//
// Only the colours that the redline itself uses pass, and only on a terminal.
type Writer struct {
	mu      sync.Mutex
	W       io.Writer // what it writes to
	Colour  bool      // whether the colours of a redline pass
	rest    []byte    // bytes of a character that is not whole yet
	inLine  bool      // something but space is in the line
	hashes  int       // that came last
	written strings.Builder
}

// Write writes p; it reports all of p as written unless the writer below fails.
func (p *Writer) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := append(p.rest, data...)
	p.rest = nil
	p.written.Reset()
	for len(text) > 0 {
		if n := p.style(text); n > 0 {
			p.written.Write(text[:n])
			text = text[n:]
			continue
		}
		if !utf8.FullRune(text) {
			p.rest = append(p.rest, text...)
			break
		}
		r, size := utf8.DecodeRune(text)
		if bytes.HasPrefix(text, []byte("section_start")) || bytes.HasPrefix(text, []byte("section_end")) {
			p.written.WriteString(`section\u005f`)
			p.inLine, p.hashes = true, 0
			text = text[len("section_"):]
			continue
		}
		p.character(r, text[:size])
		text = text[size:]
	}
	if _, err := io.WriteString(p.W, p.written.String()); err != nil {
		return 0, err
	}
	return len(data), nil
}

// character writes one character.
func (p *Writer) character(r rune, raw []byte) {
	opens := r == '[' && p.hashes > 1
	starts := r == ':' && !p.inLine
	switch {
	case r == '\n':
		p.inLine = false
	case !unicode.IsSpace(r):
		p.inLine = true
	}
	p.hashes++
	if r != '#' {
		p.hashes = 0
	}
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		fmt.Fprintf(&p.written, `\x%02x`, raw[0])
	case opens || starts || r != '\n' && r != '\t' && hidden(r):
		fmt.Fprintf(&p.written, `\u%04x`, r)
	default:
		p.written.Write(raw)
	}
}

// hidden reports whether a character is a command to a terminal, or turns or
// hides the words around it.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C ||
		r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0x200B
}

// styles are the colours of a redline.
var styles = [...]string{"\x1b[0m", "\x1b[1m", "\x1b[32;4m", "\x1b[31;9m"}

// style returns the length of the style that a text begins with.
func (p *Writer) style(text []byte) int {
	if !p.Colour || text[0] != '\x1b' {
		return 0
	}
	for _, s := range styles {
		if bytes.HasPrefix(text, []byte(s)) {
			return len(s)
		}
	}
	return 0
}

// Bare returns what a Writer writes to.
func Bare(w io.Writer) io.Writer {
	if p, ok := w.(*Writer); ok {
		return p.W
	}
	return w
}

// Size reports whether w is one, and how many columns it has.
func Size(w any) (columns int, ok bool) {
	out, _ := w.(io.Writer)
	f, isFile := Bare(out).(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns <= 0 {
		columns = 80
	}
	return columns, true
}

// Columns writes rows of cells, each column as wide as its widest cell.
func Columns(w io.Writer, rows [][]string) {
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
