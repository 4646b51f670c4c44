package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// element is an element of a part, as a reader sees it.
type element struct {
	name string
	attr map[string]string
	kids []*element
	text string
}

// child follows names down from an element; nil where there is none.
func (e *element) child(names ...string) *element {
	for _, name := range names {
		var found *element
		for _, k := range e.kids {
			if k.name == name {
				found = k
				break
			}
		}
		if found == nil {
			return nil
		}
		e = found
	}
	return e
}

// all returns the elements of a name below e, in reading order.
func (e *element) all(name string) []*element {
	var out []*element
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

func parseXML(src []byte) (*element, error) {
	root := &element{}
	open := []*element{root}
	d := xml.NewDecoder(bytes.NewReader(src))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch x := token.(type) {
		case xml.StartElement:
			e := &element{name: x.Name.Local, attr: make(map[string]string)}
			for _, a := range x.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(x)
		}
	}
}

// file is a document read back.
type file struct {
	parts map[string]*element
	body  *element
	marks map[string]map[string]string // what is before items, by numId and level
}

type failer interface{ Fatalf(string, ...any) }

// reread writes a redline and reads all the parts of the file.
func reread(t failer, r *redline.Redline, o Options) *file {
	var b bytes.Buffer
	if err := Write(&b, r, o); err != nil {
		t.Fatalf("write: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatalf("not a zip file: %v", err)
	}
	f := &file{parts: make(map[string]*element)}
	for _, part := range z.File {
		rc, err := part.Open()
		if err != nil {
			t.Fatalf("%s: %v", part.Name, err)
		}
		src, err := io.ReadAll(rc)
		if err != nil {
			t.Fatalf("%s: %v", part.Name, err)
		}
		if f.parts[part.Name], err = parseXML(src); err != nil {
			t.Fatalf("%s: %v", part.Name, err)
		}
	}
	f.body = f.parts["word/document.xml"].child("document", "body")
	f.readNumbering()
	return f
}

// readNumbering reads what is before items: the levels of a list, and
// those that a num puts in their place.
func (f *file) readNumbering() {
	f.marks = make(map[string]map[string]string)
	numbering := f.parts["word/numbering.xml"].child("numbering")
	for _, num := range numbering.all("num") {
		marks := make(map[string]string)
		for _, abstract := range numbering.all("abstractNum") {
			if abstract.attr["abstractNumId"] == num.child("abstractNumId").attr["val"] {
				readLevels(marks, abstract)
			}
		}
		for _, override := range num.all("lvlOverride") {
			readLevels(marks, override)
		}
		f.marks[num.attr["numId"]] = marks
	}
}

func readLevels(marks map[string]string, e *element) {
	for _, level := range e.all("lvl") {
		mark := level.child("lvlText").attr["val"]
		if format := level.child("numFmt"); format != nil && format.attr["val"] == "bullet" {
			mark = "•"
		}
		marks[level.attr["ilvl"]] = mark
	}
}

// view is what a reader looks at.
type view string

const (
	accepted view = "accepted"
	rejected view = "rejected"
	marked   view = "marked" // with all changes visible
)

// drops reports whether what is tracked by an element is not in a view.
func (v view) drops(name string) bool {
	switch name {
	case "ins", "moveTo", "cellIns":
		return v == rejected
	case "del", "moveFrom", "cellDel":
		return v == accepted
	}
	return false
}

// line is a paragraph as it reads.
type line struct{ style, number, text string }

// look reads a file in a view, as ECMA-376 says a program has to: a paragraph
// whose mark is dropped is joined with the next one, whose form it takes.
type look struct {
	*file
	view
	lines   []line
	numbers map[*element]string // of paragraphs
	faults  []string
}

func (f *file) look(v view) *look {
	l := &look{file: f, view: v, numbers: make(map[*element]string)}
	l.block(f.body)
	return l
}

func (l *look) block(e *element) {
	pending := ""
	for _, k := range e.kids {
		switch k.name {
		case "p":
			text := pending + l.words(k)
			if l.markDropped(k) {
				pending = text
				continue
			}
			pending = ""
			l.paragraph(k, text)
		case "tbl":
			l.table(k)
		}
	}
	if strings.TrimSpace(pending) != "" {
		l.faults = append(l.faults, "words without a paragraph: "+pending)
	}
}

func (l *look) markDropped(p *element) bool {
	mark := p.child("pPr", "rPr")
	return mark != nil && len(mark.kids) > 0 && l.drops(mark.kids[0].name)
}

func (l *look) paragraph(p *element, text string) {
	out := line{text: strings.Join(strings.Fields(text), " ")}
	form := p.child("pPr")
	if form != nil && l.view == rejected && form.child("pPrChange") != nil {
		form = form.child("pPrChange", "pPr")
	}
	if form != nil && form.child("pStyle") != nil {
		out.style = form.child("pStyle").attr["val"]
	}
	if form != nil && form.child("numPr") != nil {
		out.number = l.number(form.child("numPr"))
		l.numbers[p] = out.number
	}
	if out.text != "" || out.number != "" {
		l.lines = append(l.lines, out)
	}
}

func (l *look) number(e *element) string {
	id, level := e.child("numId").attr["val"], e.child("ilvl").attr["val"]
	mark := l.marks[id][level]
	if mark == "" || strings.Contains(mark, "%") {
		l.faults = append(l.faults, fmt.Sprintf("numbering %s shows %q at level %s", id, mark, level))
	}
	return mark
}

func (l *look) table(e *element) {
	columns := len(e.child("tblGrid").kids)
	for _, row := range e.kids {
		if row.name != "tr" {
			continue
		}
		dropped := false
		if properties := row.child("trPr"); properties != nil {
			for _, k := range properties.kids {
				dropped = dropped || l.drops(k.name)
			}
		}
		cells := 0
		for _, cell := range row.kids {
			if cell.name == "tc" {
				cells++
				l.cell(cell, dropped)
			}
		}
		if cells == 0 || cells > columns {
			l.faults = append(l.faults, fmt.Sprintf("a row of %d cells in a grid of %d", cells, columns))
		}
	}
}

func (l *look) cell(e *element, dropped bool) {
	for _, k := range e.child("tcPr").kids {
		dropped = dropped || l.drops(k.name)
	}
	if last := e.kids[len(e.kids)-1]; last.name != "p" {
		l.faults = append(l.faults, "a cell ends with "+last.name)
	}
	before := len(l.lines)
	l.block(e)
	if dropped && len(l.lines) > before {
		l.faults = append(l.faults, "words left in a dropped cell: "+l.lines[before].text)
		l.lines = l.lines[:before]
	}
}

// words returns the text of an element that a view shows.
func (l *look) words(e *element) string {
	switch {
	case l.drops(e.name), e.name == "pPr", e.name == "rPr":
		return ""
	case e.name == "t", e.name == "delText":
		return e.text
	case e.name == "br":
		return "\n"
	case e.name == "tab":
		return "\t"
	}
	out := ""
	for _, k := range e.kids {
		out += l.words(k)
	}
	return out
}

// expected lists the paragraphs of a document.
func expected(d *policy.Document) []line {
	o := newOutline(d)
	var out []line
	add := func(b *policy.Block) {
		form := o.form(b)
		l := line{style: form.style, text: strings.Join(strings.Fields(xmlSafe(b.Text())), " ")}
		if form.begin {
			l.number = form.number
			if l.number == "" {
				l.number = "•"
			}
		}
		if l.text != "" || l.number != "" {
			out = append(out, l)
		}
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		for k := range o.leads[b] {
			add(&o.leads[b][k])
		}
		add(b)
	}
	return out
}

// xmlSafe replaces what XML 1.0 cannot hold (section 2.2).
func xmlSafe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s)
}

// checkLaws fails unless accepting all changes gives the paragraphs of the new
// text, with their numbers and styles, and rejecting them those of the old.
func checkLaws(t failer, r *redline.Redline) *file {
	f := reread(t, r, Options{Author: "Jane Doe"})
	visible := f.look(marked).numbers
	for _, side := range []struct {
		view view
		doc  *policy.Document
	}{{accepted, r.New}, {rejected, r.Old}} {
		l := f.look(side.view)
		if len(l.faults) > 0 {
			t.Fatalf("%s: %s", side.view, l.faults[0])
		}
		for p, number := range l.numbers {
			if change := p.child("pPr", "pPrChange"); visible[p] != number && (change == nil || side.view == accepted) {
				t.Fatalf("the number %s is %s while changes are visible", number, visible[p])
			}
		}
		want := expected(side.doc)
		for i := range max(len(want), len(l.lines)) {
			if i >= len(want) || i >= len(l.lines) || l.lines[i] != want[i] {
				t.Fatalf("%s: paragraph %d\n got %q\nwant %q", side.view, i, at(l.lines, i), at(want, i))
			}
		}
	}
	checkStructure(t, f)
	return f
}

func at(lines []line, i int) []line { return lines[min(i, len(lines)):min(i+3, len(lines))] }

func parse(t testing.TB, src string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("test.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func compare(t testing.TB, before, after string) *redline.Redline {
	t.Helper()
	return redline.Compare(parse(t, before), parse(t, after))
}
