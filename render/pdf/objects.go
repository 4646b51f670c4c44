package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// file is a PDF file as the browser writes it: numbered objects and one plain table
// of where they are (ISO 32000-1, 7.5.4). Files of another kind are refused.
type file struct {
	head    []byte // before the first object
	objects []object
	root    int // number of the catalog
	info    int // and of what the file says about itself
}

// object is one numbered object.
type object struct {
	number int
	at     int    // where it began
	body   []byte // between "obj" and "endobj"
}

var (
	errForm     = errors.New("it is not a PDF file of the form that is expected")
	startOfXref = regexp.MustCompile(`startxref\s+(\d+)\s+%%EOF\s*$`)
	xrefSection = regexp.MustCompile(`^xref\s+0 (\d+)\s*\n`)
	trailerRoot = regexp.MustCompile(`/Root (\d+) 0 R`)
	trailerInfo = regexp.MustCompile(`/Info (\d+) 0 R`)
)

// parse reads a file.
func parse(data []byte) (*file, error) {
	m := startOfXref.FindSubmatch(data[max(0, len(data)-64):])
	if m == nil {
		return nil, errForm
	}
	at := number(m[1])
	if at <= 0 || at >= len(data) {
		return nil, errForm
	}
	table := data[at:]
	section := xrefSection.FindSubmatch(table)
	root, info := trailerRoot.FindSubmatch(table), trailerInfo.FindSubmatch(table)
	if section == nil || root == nil || info == nil {
		return nil, errForm
	}
	f := &file{root: number(root[1]), info: number(info[1])}
	if err := f.read(data[:at], table[len(section[0]):], number(section[1])); err != nil {
		return nil, err
	}
	return f, nil
}

// number reads digits; what is none is -1.
func number(digits []byte) int {
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		return -1
	}
	return n
}

// read cuts the file into the objects that the table lists.
func (f *file) read(data, table []byte, count int) error {
	const entry = 20 // bytes of a line of the table
	if count < 2 || count*entry > len(table) {
		return errForm
	}
	for i := 1; i < count; i++ {
		line := table[i*entry : (i+1)*entry]
		at := number(line[:10])
		if line[17] != 'n' || at <= 0 || at >= len(data) {
			return errForm
		}
		f.objects = append(f.objects, object{number: i, at: at})
	}
	slices.SortFunc(f.objects, func(a, b object) int { return cmp.Compare(a.at, b.at) })
	f.head = data[:f.objects[0].at]
	for i := range f.objects {
		end := len(data)
		if i+1 < len(f.objects) {
			end = f.objects[i+1].at
		}
		if err := f.objects[i].cut(data[f.objects[i].at:end]); err != nil {
			return err
		}
	}
	return nil
}

func (o *object) cut(data []byte) error {
	body, ok := bytes.CutPrefix(data, fmt.Appendf(nil, "%d 0 obj", o.number))
	end := bytes.LastIndex(body, []byte("endobj"))
	if !ok || end < 0 {
		return errForm
	}
	o.body = bytes.TrimSpace(body[:end])
	return nil
}

// add adds an object and returns its number.
func (f *file) add(body []byte) int {
	n := 0
	for _, o := range f.objects {
		n = max(n, o.number)
	}
	f.objects = append(f.objects, object{number: n + 1, body: body})
	return n + 1
}

// of returns the object with a number, nil for none.
func (f *file) of(number int) *object {
	i := slices.IndexFunc(f.objects, func(o object) bool { return o.number == number })
	if i < 0 {
		return nil
	}
	return &f.objects[i]
}

// dictionary returns what is before the stream of an object, if it has one.
func (o *object) dictionary() []byte {
	if at := bytes.Index(o.body, []byte("stream\n")); at >= 0 && bytes.HasSuffix(o.body, []byte("endstream")) {
		return o.body[:at]
	}
	return o.body
}

// put writes words in front of the end of the dictionary of an object.
func (o *object) put(words string) {
	d := o.dictionary()
	end := bytes.LastIndex(d, []byte(">>"))
	if end < 0 {
		return
	}
	o.body = slices.Concat(o.body[:end], []byte("\n"+words), o.body[end:])
}

// write writes the file with its table.
func (f *file) write(id string) []byte {
	slices.SortFunc(f.objects, func(a, b object) int { return cmp.Compare(a.number, b.number) })
	b := bytes.NewBuffer(slices.Clone(f.head))
	var table bytes.Buffer
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for _, o := range f.objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(b, "%d 0 obj\n", o.number)
		b.Write(o.body)
		b.WriteString("\nendobj\n")
	}
	at := b.Len()
	b.Write(table.Bytes())
	fmt.Fprintf(b, "trailer\n<</Size %d\n/Root %d 0 R\n/Info %d 0 R\n/ID [<%s> <%s>]>>\nstartxref\n%d\n%%%%EOF\n", len(f.objects)+1, f.root, f.info, id, id, at)
	return b.Bytes()
}
