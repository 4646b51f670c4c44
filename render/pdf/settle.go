package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"

	"github.com/codicil/codicil/render"
)

// settle takes out of a file what differs from print to print, and says in it what
// text it shows: its times are the day of publication, its identity is the digest
// (ISO 32000-1, 14.3 and 14.4). What is in the margins is marked as no part
// of the text, and links are described.
func settle(data []byte, p *render.Paper) ([]byte, error) {
	f, err := parse(data)
	if err != nil {
		return nil, err
	}
	info, catalog := f.of(f.info), f.of(f.root)
	if info == nil || catalog == nil {
		return nil, errForm
	}
	producer := producerOf(info.body)
	info.body = []byte(information(p, producer))
	metadata := packet(p, producer)
	catalog.put(fmt.Sprintf("/Metadata %d 0 R", f.add(fmt.Appendf(nil, "<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream", len(metadata), metadata))))
	f.renumber()
	f.describeLinks()
	f.markMargins()
	sum := sha256.Sum256([]byte(p.Reference + "\n" + p.Digest + "\n" + producer))
	return f.write(fmt.Sprintf("%X", sum[:16])), nil
}

// producerOf returns the name of the program that wrote the file.
func producerOf(info []byte) string {
	if m := regexp.MustCompile(`/Producer \(([^()\\]*)\)`).FindSubmatch(info); m != nil {
		return string(m[1])
	}
	return "Chromium"
}

// information is what readers of the file show as its properties.
func information(p *render.Paper, producer string) string {
	entries := []string{"/Title " + pdfText(p.Title), "/Author " + pdfText(p.Publisher), "/Subject " + pdfText(p.Label),
		"/Keywords " + pdfText(keywords(p)), "/Creator " + pdfText("Codicil"), "/Producer " + pdfText(producer)}
	if !p.Published.IsZero() {
		day := p.Published.UTC().Format("(D:20060102150405Z00'00')")
		entries = append(entries, "/CreationDate "+day, "/ModDate "+day)
	}
	return "<<" + strings.Join(entries, "\n") + ">>"
}

func keywords(p *render.Paper) string {
	return strings.Join(strings.Fields(p.Reference+" sha256:"+p.Digest), " ")
}

// packet says the same as XMP (ISO 16684-1), which newer readers prefer.
func packet(p *render.Paper, producer string) string {
	text := func(s string) string {
		var b bytes.Buffer
		_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
		return b.String()
	}
	var b strings.Builder
	b.WriteString(`<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>` + "\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">` + "\n" +
		`<dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + text(p.Title) + `</rdf:li></rdf:Alt></dc:title>` + "\n" +
		`<dc:creator><rdf:Seq><rdf:li>` + text(p.Publisher) + `</rdf:li></rdf:Seq></dc:creator>` +
		`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + text(p.Label) + `</rdf:li></rdf:Alt></dc:description>` +
		`<dc:language><rdf:Bag><rdf:li>` + text(p.Lang) + `</rdf:li></rdf:Bag></dc:language>` +
		`<dc:identifier>` + text(keywords(p)) + `</dc:identifier>` + "\n")
	if !p.Published.IsZero() {
		day := p.Published.UTC().Format("2006-01-02T15:04:05Z")
		b.WriteString(`<xmp:CreateDate>` + day + `</xmp:CreateDate><xmp:ModifyDate>` + day + `</xmp:ModifyDate><xmp:MetadataDate>` + day + `</xmp:MetadataDate>` + "\n")
	}
	b.WriteString(`<xmp:CreatorTool>Codicil</xmp:CreatorTool><pdf:Producer>` + text(producer) + `</pdf:Producer><pdf:Keywords>` + text(keywords(p)) + `</pdf:Keywords>` + "\n" +
		`</rdf:Description></rdf:RDF></x:xmpmeta>` + "\n" + `<?xpacket end="r"?>`)
	return b.String()
}

// nodeName is a name that the browser gives to an element of the structure: its
// number counts on from page to page of one browser.
var nodeName = regexp.MustCompile(`(/Title |/Alt |/E )?\(node\d{8}\)`)

// renumber names the elements of the structure by their order in the file.
func (f *file) renumber() {
	names := make(map[string]string)
	for i := range f.objects {
		o := &f.objects[i]
		if len(o.dictionary()) != len(o.body) {
			continue
		}
		o.body = nodeName.ReplaceAllFunc(o.body, func(found []byte) []byte {
			if found[0] == '/' {
				return found // words that only look like a name
			}
			name, known := names[string(found)]
			if !known {
				name = fmt.Sprintf("(node%08d)", len(names)+1)
				names[string(found)] = name
			}
			return []byte(name)
		})
	}
}

var (
	linkAddress = regexp.MustCompile(`/URI (\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>)`)
	linkPlace   = regexp.MustCompile(`/Dest /([^\s/<>\[\]()]+)`)
)

// describeLinks says of each link where it leads, as screen readers want it to be
// said (PDF/UA-1, 7.18.5).
func (f *file) describeLinks() {
	for i := range f.objects {
		o := &f.objects[i]
		if !bytes.Contains(o.body, []byte("/Subtype /Link")) || bytes.Contains(o.body, []byte("/Contents")) || len(o.dictionary()) != len(o.body) {
			continue
		}
		if m := linkAddress.FindSubmatch(o.body); m != nil {
			o.put("/Contents " + string(m[1]))
		} else if m := linkPlace.FindSubmatch(o.body); m != nil {
			o.put("/Contents (#" + string(m[1]) + ")")
		}
	}
}
