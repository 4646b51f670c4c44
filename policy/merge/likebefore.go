package merge

import (
	"bytes"
	"strings"

	"github.com/codicil/codicil/policy"
)

// likeBefore writes what was written anew as the author did: a row of a table that
// says the same as one before is that one, and a paragraph has its line breaks
// where it had them. So the difference that git shows is the edit.
func likeBefore(written, before []byte) []byte {
	if len(before) == 0 {
		return written
	}
	if bytes.HasPrefix(written, []byte("|")) {
		return sameRows(written, before)
	}
	return sameBreaks(written, before)
}

// sameRows takes over the rows that say the same.
func sameRows(written, before []byte) []byte {
	rows := make(map[string][]byte)
	for line := range bytes.Lines(before) {
		rows[row(line)] = line
	}
	var b bytes.Buffer
	for line := range bytes.Lines(written) {
		if old, same := rows[row(line)]; same && bytes.HasSuffix(old, []byte("\n")) {
			line = old
		}
		b.Write(line)
	}
	return b.Bytes()
}

// row is what a row of a table says: its cells without the spaces around them, and
// the rule under the head without its length.
func row(line []byte) string {
	cells := strings.Split(strings.Trim(strings.TrimSpace(string(line)), "|"), "|")
	for i, c := range cells {
		c = strings.TrimSpace(c)
		if dashes := strings.Trim(c, ":"); dashes != "" && strings.Trim(dashes, "-") == "" {
			c = strings.Replace(c, dashes, "-", 1)
		}
		cells[i] = c
	}
	return strings.Join(cells, "|")
}

// sameBreaks breaks a paragraph between the words where it was broken before, if
// they still stand beside each other, and nowhere else in it.
func sameBreaks(written, before []byte) []byte {
	text := string(written)
	if strings.Contains(strings.TrimRight(text, "\n"), "\n") {
		return written
	}
	lines := strings.Split(strings.TrimRight(string(before), "\n"), "\n")
	for i := 1; i < len(lines); i++ {
		left, right := strings.Fields(lines[i-1]), strings.Fields(lines[i])
		if len(left) == 0 || len(right) == 0 || policy.Visible(lines[i-1]) == "" {
			return written
		}
		pair := " " + left[len(left)-1] + " " + right[0]
		if strings.Count(text, pair) == 1 {
			text = strings.Replace(text, pair, " "+left[len(left)-1]+"\n"+right[0], 1)
		}
	}
	return []byte(text)
}

// anew leaves what was written as it is.
func anew(written, _ []byte) []byte { return written }
