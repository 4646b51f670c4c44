package expand

import "strings"

// writer gathers a text, and where each of its lines comes from.
type writer struct {
	text   []byte
	lines  []Place // one for each line that has begun
	indent string  // of each line
	begun  bool    // the last line has words
}

// write adds words, which begin at a place, and reports whether all of them are
// within the bounds. Each line is asked, as each has its indent, which may be long.
func (w *writer) write(words string, at Place) bool {
	for line := range strings.Lines(words) {
		if !w.begun {
			w.lines = append(w.lines, at)
			if line != "\n" {
				w.text = append(w.text, w.indent...)
			}
		}
		w.text = append(w.text, line...)
		if w.begun = !strings.HasSuffix(line, "\n"); !w.begun {
			at.Line, at.Column = at.Line+1, 1
		}
		if len(w.text) > maxText || len(w.lines) > maxLines {
			return false
		}
	}
	return true
}

// trim takes off the ends of lines that end what was written from a place on:
// what follows the tag follows its words.
func (w *writer) trim(from int) {
	for len(w.text) > from && w.text[len(w.text)-1] == '\n' {
		w.text = w.text[:len(w.text)-1]
		if !w.begun {
			w.begun = true
			continue
		}
		w.lines = w.lines[:len(w.lines)-1]
	}
}

// places returns where each line of the text comes from. A last line that nothing
// was brought into is none.
func (w *writer) places() []Place {
	return w.lines[:len(lines(w.text))]
}
