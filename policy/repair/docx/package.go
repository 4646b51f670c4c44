package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/codicil/codicil/policy"
)

// The bounds of a file. A document of 2,000 pages has some 60 MB of XML.
const (
	maxEntries = 10_000
	maxPart    = 256 << 20 // bytes of one part, unpacked
	maxTotal   = 384 << 20 // bytes of all parts that are read
	maxDepth   = 256       // of elements within each other
	maxNodes   = 4_000_000 // elements of one paragraph or table, and of the small parts
)

// archive is an open Word file.
type archive struct {
	name  string
	parts map[string]*zip.File
	main  string // path of the text
	left  int64  // bytes that may still be unpacked
}

// other tells what a file is that is no Word file, by how it begins.
var other = []struct{ head, message, hint string }{
	{"%PDF", "this is a PDF, not a Word file", "import the file that the PDF was made from; a PDF holds no paragraphs, only places of letters"},
	{"{\\rtf", "this is an RTF file, not a Word file", "open it in Word or LibreOffice and save it as .docx"},
	{"<", "this is HTML or XML, not a Word file", "give the file the ending .html, and import that"},
	{compound, "this is an old .doc file", "open it in Word or LibreOffice and save it as .docx"},
}

// compound is how a file of Word begins that is older than .docx, or is encrypted: the
// package is then a stream of this name in it (MS-OFFCRYPTO, 2.3.4.4).
const (
	compound  = "\xD0\xCF\x11\xE0"
	encrypted = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
)

func open(name string, src []byte) (*archive, error) {
	if bytes.HasPrefix(src, []byte(compound)) && bytes.Contains(src, []byte(encrypted)) {
		return nil, &policy.Diagnostic{File: name, Level: policy.Error, Rule: "word-file", Message: "this Word file is under a password", Hint: "open it in Word or LibreOffice, remove the password, and save it as .docx"}
	}
	for _, o := range other {
		if bytes.HasPrefix(src, []byte(o.head)) {
			return nil, &policy.Diagnostic{File: name, Level: policy.Error, Rule: "word-file", Message: o.message, Hint: o.hint}
		}
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, fault(name, errors.New("it is no .docx package, or it is damaged"))
	}
	if len(z.File) > maxEntries {
		return nil, fault(name, fmt.Errorf("it has more than %d entries", maxEntries))
	}
	a := &archive{name: name, parts: make(map[string]*zip.File, len(z.File)), left: maxTotal}
	for _, f := range z.File {
		a.parts[strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/")] = f
	}
	if err := a.findMain(); err != nil {
		return nil, fault(name, err)
	}
	return a, nil
}

// macros reports whether the file holds programs.
func (a *archive) macros() bool {
	for name := range a.parts {
		if strings.HasSuffix(strings.ToLower(name), "vbaproject.bin") {
			return true
		}
	}
	return false
}

// findMain finds the part that holds the text, as the package names it.
func (a *archive) findMain() error {
	if a.parts["EncryptedPackage"] != nil {
		return errors.New("it is under a password")
	}
	for _, r := range a.relations("") {
		if strings.HasSuffix(r.kind, "/officeDocument") && a.parts[r.target] != nil {
			a.main = r.target
			return nil
		}
	}
	if a.parts["word/document.xml"] != nil {
		a.main = "word/document.xml"
		return nil
	}
	if a.parts["content.xml"] != nil {
		return errors.New("it is an OpenDocument file")
	}
	return errors.New("it holds no document")
}

// relation is a link from one part to another, or to an address outside.
type relation struct{ id, kind, target string }

// relations reads what a part refers to; of the package itself, part is empty.
func (a *archive) relations(part string) []relation {
	dir, file := path.Split(part)
	root, err := a.tree(dir + "_rels/" + file + ".rels")
	if err != nil || root == nil {
		return nil
	}
	var list []relation
	for _, k := range root.kids {
		target := k.attr("Target")
		if k.attr("TargetMode") != "External" {
			if strings.HasPrefix(target, "/") {
				target = strings.TrimPrefix(path.Clean(target), "/")
			} else {
				target = path.Join(dir, target)
			}
		}
		list = append(list, relation{k.attr("Id"), k.attr("Type"), target})
	}
	return list
}

// related returns the path of the part that the text refers to by that kind.
func (a *archive) related(kind string) []string {
	var found []string
	for _, r := range a.relations(a.main) {
		if strings.HasSuffix(r.kind, "/"+kind) {
			found = append(found, r.target)
		}
	}
	return found
}

// unpack opens a part within the bounds; nil when there is none.
func (a *archive) unpack(part string) (io.ReadCloser, error) {
	f := a.parts[part]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > maxPart {
		return nil, fmt.Errorf("%s unpacks to more than %d MB", part, maxPart>>20)
	}
	r, err := f.Open()
	if err != nil {
		return nil, errors.New("it is damaged") // the error speaks of bytes
	}
	return &bounded{r, a, part}, nil
}

// bounded counts what is really unpacked: what a package claims is not trusted.
type bounded struct {
	io.ReadCloser
	archive *archive
	part    string
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.archive.left -= int64(n); b.archive.left < 0 {
		return 0, fmt.Errorf("it unpacks to more than %d MB", maxTotal>>20)
	}
	return n, err
}

// node is an element with what is in it. Names are kept without their
// namespace: those of WordprocessingML, in both its forms, are what is looked for.
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node
	text  string
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// kid returns the first element of that name in n, or nil.
func (n *node) kid(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// val returns the value of the first element of that name in n.
func (n *node) val(name string) string { return n.kid(name).attr("val") }

// on reports whether a property of n that is there or not is there and on, and
// whether it is said at all.
func (n *node) on(name string) (on, said bool) {
	k := n.kid(name)
	if k == nil {
		return false, false
	}
	switch k.attr("val") {
	case "0", "false", "off", "none":
		return false, true
	}
	return true, true
}

// parser reads XML as a stream, one element with all it holds at a time.
type parser struct {
	*xml.Decoder
	nodes int
}

func newParser(r io.Reader) *parser {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("its XML is not UTF-8") }
	return &parser{Decoder: d}
}

// next returns the next token; a document type, which could define entities,
// ends the reading.
func (p *parser) next() (xml.Token, error) {
	t, err := p.Token()
	if d, ok := t.(xml.Directive); ok && bytes.HasPrefix(bytes.TrimSpace(d), []byte("DOCTYPE")) {
		return nil, errors.New("its XML declares a document type, which Word never does")
	}
	return t, err
}

// element reads the rest of an element that was begun.
func (p *parser) element(start xml.StartElement, depth int) (*node, error) {
	if p.nodes++; p.nodes > maxNodes {
		return nil, errors.New("one paragraph or table is too large")
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("its elements are more than %d deep in each other", maxDepth)
	}
	n := &node{name: start.Name.Local, attrs: append([]xml.Attr(nil), start.Attr...)}
	var text strings.Builder
	for {
		t, err := p.next()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			kid, err := p.element(t, depth+1)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, kid)
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if len(n.kids) == 0 {
				n.text = text.String()
			}
			return n, nil
		}
	}
}

// tree reads a small part whole; nil when there is none.
func (a *archive) tree(part string) (*node, error) {
	r, err := a.unpack(part)
	if r == nil || err != nil {
		return nil, err
	}
	defer r.Close()
	p := newParser(r)
	for {
		t, err := p.next()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
		if start, ok := t.(xml.StartElement); ok {
			return p.element(start, 0)
		}
	}
}

// each calls f for every element directly in the body of the text.
func (a *archive) each(f func(*node) error) error {
	r, err := a.unpack(a.main)
	if err != nil {
		return err
	}
	defer r.Close()
	p := newParser(r)
	inBody := false
	for {
		t, err := p.next()
		if err == io.EOF && !inBody {
			return errors.New("it holds no text: it may be a spreadsheet or slides under another name")
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case !inBody:
			inBody = start.Name.Local == "body"
		default:
			p.nodes = 0
			n, err := p.element(start, 0)
			if err != nil {
				return err
			}
			if err := f(n); err != nil {
				return err
			}
		}
	}
}
