package policy

import "slices"

// targets are the addresses to which links lead, by where they are written: all links
// to one definition share its address, which may be as long as a text.
type targets map[*byte]string

// of is target, once for each address that is written. Nil targets forget.
func (t targets) of(destination []byte) string {
	if t == nil || len(destination) == 0 {
		return target(destination)
	}
	link, known := t[&destination[0]]
	if !known {
		link = target(destination)
		t[&destination[0]] = link
	}
	return link
}

// maxTargets is how many bytes the addresses of all links and pictures of a text have
// together. A text that writes each of them out has no more than MaxText; definitions
// of links make many of one.
const maxTargets = 4 * MaxText

// boundTargets leaves the words alone of the links beyond maxTargets, and tells the
// line of the first; 0 where there is none.
func boundTargets(blocks []Block) (line int) {
	met := 0
	for i := range blocks {
		before := met
		for _, s := range blocks[i].Spans {
			met += len(s.Link) + len(s.Image)
		}
		if met <= maxTargets {
			continue
		}
		if line == 0 {
			line = blocks[i].Line
		}
		blocks[i].Spans = slices.Clone(blocks[i].Spans) // other texts may have them too
		for k := range blocks[i].Spans {
			s := &blocks[i].Spans[k]
			if before += len(s.Link) + len(s.Image); before <= maxTargets {
				continue
			}
			if s.Link, s.Image = "", ""; s.Text == "" {
				s.Text = objectName
			}
		}
	}
	return line
}

// objectName are the words for a picture that is not shown.
const objectName = "[…]"
