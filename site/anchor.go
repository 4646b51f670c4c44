package site

import (
	"bytes"
	"html"
	"net/url"
)

// addAnchors gives every clause of a text that package render wrote a link to
// itself, which a reader can follow or copy without script: at the end of a
// heading, at the start of a paragraph or item. Render quotes all attributes
// and escapes quotation marks and angle brackets in them, so a start tag ends
// at the next bracket; headings hold no headings.
// The label says what the link is.
func addAnchors(out *bytes.Buffer, body []byte, label string) {
	label = html.EscapeString(label)
	mark := []byte(` id="`)
	for {
		at := bytes.Index(body, mark)
		if at < 0 {
			break
		}
		id := body[at+len(mark):]
		end := bytes.IndexByte(id, '"')
		tag := bytes.LastIndexByte(body[:at], '<')
		place := bytes.IndexByte(body[at:], '>') + at + 1
		if end < 0 || tag < 0 || place == at {
			break
		}
		name, _, _ := bytes.Cut(body[tag+1:at], []byte(" "))
		if isHeading(name) {
			place += max(0, bytes.Index(body[place:], append([]byte("</"), name...)))
		} else if string(name) != "p" && string(name) != "li" {
			out.Write(body[:place])
			body = body[place:]
			continue
		}
		out.Write(body[:place])
		out.WriteString(`<a class="anchor" href="#`)
		out.Write(id[:end])
		out.WriteString(`" aria-label="` + label + `"></a>`)
		body = body[place:]
	}
	out.Write(body)
}

func isHeading(name []byte) bool {
	return len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6'
}

// settleFragments leads the links of a redline to clauses that it does not hold
// any more to the page of the older version, where they still are.
func settleFragments(out *bytes.Buffer, body []byte, older string) {
	mark := []byte(`href="#`)
	if !bytes.Contains(body, mark) {
		out.Write(body)
		return
	}
	present := ids(body)
	for {
		at := bytes.Index(body, mark)
		if at < 0 {
			break
		}
		value := body[at+len(mark):]
		end := max(0, bytes.IndexByte(value, '"'))
		fragment := html.UnescapeString(string(value[:end]))
		if decoded, err := url.PathUnescape(fragment); err == nil && !present[fragment] {
			fragment = decoded
		}
		out.Write(body[:at])
		out.WriteString(`href="`)
		if !present[fragment] {
			out.WriteString(older)
		}
		out.WriteByte('#')
		body = value
	}
	out.Write(body)
}

// ids returns the anchors of a rendered text.
func ids(body []byte) map[string]bool {
	mark := []byte(` id="`)
	found := make(map[string]bool)
	for {
		at := bytes.Index(body, mark)
		if at < 0 {
			return found
		}
		body = body[at+len(mark):]
		found[html.UnescapeString(string(body[:max(0, bytes.IndexByte(body, '"'))]))] = true
	}
}
