package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
)

var pageContents = regexp.MustCompile(`/Contents (\d+) 0 R`)

// markMargins marks what the browser paints without a place in the structure, as
// it does with all that is in the margins, as an artifact (ISO 32000-1,
// 14.8.2.2): a screen reader then does not read it out on every page.
func (f *file) markMargins() {
	for _, o := range f.objects {
		if !bytes.Contains(o.body, []byte("/Type /Page\n")) || len(o.dictionary()) != len(o.body) {
			continue
		}
		if m := pageContents.FindSubmatch(o.body); m != nil {
			if content := f.of(number(m[1])); content != nil {
				content.markMargins()
			}
		}
	}
}

// markMargins does so in the content of one page, if that is packed as expected.
func (o *object) markMargins() {
	d := o.dictionary()
	if len(d) == len(o.body) || !bytes.Contains(d, []byte("/Filter /FlateDecode")) {
		return
	}
	packed := bytes.TrimSuffix(o.body[len(d)+len("stream\n"):], []byte("endstream"))
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return
	}
	plain, err := io.ReadAll(io.LimitReader(r, largestFile))
	if err != nil {
		return
	}
	marked, ok := markArtifacts(plain)
	if !ok {
		return
	}
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(marked) // a buffer takes everything
	_ = w.Close()
	o.body = fmt.Appendf(nil, "<</Filter /FlateDecode\n/Length %d>> stream\n%s\nendstream", b.Len(), b.Bytes())
}

// markArtifacts marks what is painted outside of all marked content. The browser
// writes each operator on a line of its own; where the marks do not pair, nothing
// is changed.
func markArtifacts(content []byte) (marked []byte, ok bool) {
	var b bytes.Buffer
	depth, open, inText := 0, false, false
	for line := range bytes.Lines(content) {
		words := bytes.TrimRight(line, "\r\n ")
		operator := string(words[bytes.LastIndexByte(words, ' ')+1:])
		switch operator {
		case "BDC", "BMC":
			if depth == 0 && open && !inText {
				b.WriteString("EMC\n")
				open = false
			}
			depth++
		case "EMC":
			depth--
		case "BT", "re", "m", "Do", "sh":
			if depth == 0 && !open {
				b.WriteString("/Artifact BMC\n")
				open = true
			}
		}
		inText = operator == "BT" || inText && operator != "ET"
		if depth < 0 {
			return nil, false
		}
		b.Write(line)
	}
	if open {
		b.WriteString("\nEMC\n")
	}
	return b.Bytes(), depth == 0 && !inText
}
