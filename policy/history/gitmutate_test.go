package history

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// mutator alters objects at random, but in the same way in every run.
type mutator struct {
	*rand.Rand
	ids []plumbing.Hash // to exchange for others
}

// lines alters the lines of a commit or a tag: some are doubled, moved, cut
// short or left out, some name another object or another day.
func (m *mutator) lines(text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for range 1 + m.IntN(3) {
		i, j := m.IntN(len(lines)), m.IntN(len(lines))
		switch line := bytes.Clone(lines[i]); m.IntN(10) {
		case 0: // once more, elsewhere
			lines = append(lines[:j:j], append([][]byte{line}, lines[j:]...)...)
		case 1:
			lines[i], lines[j] = lines[j], lines[i]
		case 2:
			lines = append(lines[:i:i], lines[i+1:]...)
		case 3, 4: // once more, of another object
			line = m.other(line)
			lines = append(lines[:j:j], append([][]byte{line}, lines[j:]...)...)
		case 5:
			lines[i] = m.other(line)
		case 6:
			lines[i] = bytes.TrimSuffix(line, []byte("\n"))
		case 7:
			lines[i] = m.bytes(line)
		case 8: // another clock
			zone := []string{"+0000", "-1200", "+1400", "+0545", "+0090", "-0001", "+1500", "+051800", "0100", "", "x"}[m.IntN(11)]
			lines[i] = bytes.ReplaceAll(line, []byte("+0100"), []byte(zone))
		default: // another time
			lines[i] = bytes.ReplaceAll(line, []byte("1700000000"), strconv.AppendInt(nil, m.Int64N(1<<33), 10))
		}
		if len(lines) == 0 {
			break
		}
	}
	return bytes.Join(lines, nil)
}

// other puts another id in the place of the one that a line names.
func (m *mutator) other(line []byte) []byte {
	key, rest, found := bytes.Cut(line, []byte(" "))
	if !found || len(rest) != 41 {
		return line
	}
	ids := m.ids
	switch string(key) { // one run of git takes an object for what the first to name it says it is
	case "tree":
		ids = m.ids[:2]
	case "parent", "object":
		ids = m.ids[2:5]
	}
	id := ids[m.IntN(len(ids))].String()
	if m.IntN(8) == 0 {
		id = strings.ToUpper(id)
	}
	return fmt.Appendf(nil, "%s %s\n", key, id)
}

// bytes alters one byte.
func (m *mutator) bytes(text []byte) []byte {
	if len(text) == 0 {
		return text
	}
	text = bytes.Clone(text)
	i := m.IntN(len(text))
	switch m.IntN(3) {
	case 0:
		text[i] = byte(m.IntN(256))
	case 1:
		text = append(text[:i], text[i+1:]...)
	default:
		text = append(text[:i:i], append([]byte{" \n\x000>"[m.IntN(5)]}, text[i:]...)...)
	}
	return text
}

func (m *mutator) commit() []byte {
	text := fmt.Appendf(nil, "tree %s\n", m.ids[0])
	for i := range m.IntN(3) {
		text = fmt.Appendf(text, "parent %s\n", m.ids[2+i])
	}
	text = append(text, "author A <a@example.com> 1700000000 +0100\ncommitter C <c@example.com> 1700000000 -0330\n"...)
	if m.IntN(2) == 0 {
		text = append(text, "encoding ISO-8859-1\n"...)
	}
	if m.IntN(3) == 0 {
		text = append(text, "gpgsig -----BEGIN PGP SIGNATURE-----\n \n tree of signs\n author of signs\n -----END PGP SIGNATURE-----\n"...)
	}
	return append(text, "\ntree of words\n\nparent of all\n"...)
}

// tree writes entries of some of the names, most often in order.
func (m *mutator) tree(names []string, ids ...plumbing.Hash) []byte {
	var raw []byte
	for _, name := range names {
		mode := []string{"100644", "100644", "100755", "0100644", "100664", "40000", "040000", "40755", "120000", "160000"}[m.IntN(10)]
		id := ids[m.IntN(len(ids))]
		if strings.Contains(mode, "40") && !strings.HasPrefix(mode, "1") {
			id = m.ids[m.IntN(2)]
		}
		if m.IntN(12) == 0 {
			name = names[m.IntN(len(names))]
		}
		for range 1 + max(0, m.IntN(14)-12) {
			raw = append(fmt.Appendf(raw, "%s %s\x00", mode, name), id[:]...)
		}
	}
	if m.IntN(6) == 0 {
		raw = m.bytes(raw)
	}
	return raw
}
