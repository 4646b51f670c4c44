package policy

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// ParsePublished is Parse for a text that was published: its words count even
// where its front matter is broken, and bytes that are not UTF-8 become U+FFFD.
func ParsePublished(name string, src []byte) (*Document, error) {
	doc, fault := parsePublished(Parse, name, src)
	if doc == nil {
		return nil, fault
	}
	return doc, nil
}

// FrontOf reads the front matter alone of a text that was published; false where the
// text cannot be read.
func FrontOf(name string, src []byte) (FrontMatter, bool) {
	doc, _ := parsePublished(func(name string, src []byte) (*Document, error) {
		return parse(name, src, way{head: readHead, blocks: func([]byte, int) []Block { return nil }})
	}, name, src)
	if doc == nil {
		return FrontMatter{}, false
	}
	return doc.Front, true
}

// LFSPointer reports that a file holds what Git LFS leaves in place of a text;
// nil where it does not.
func LFSPointer(name string, src []byte) *Diagnostic {
	if !bytes.HasPrefix(src, []byte("version https://git-lfs.github.com/spec/")) {
		return nil
	}
	return &Diagnostic{
		File: name, Line: 1, Column: 1, Level: Error, Rule: "lfs", Message: "this is a pointer of Git LFS, not a text",
		Hint: "keep policies in git itself: git lfs migrate export --include='*.md'",
	}
}

// parsePublished returns the document with what is wrong with its text.
func parsePublished(parse func(string, []byte) (*Document, error), name string, src []byte) (doc *Document, fault error) {
	doc, fault = parse(name, src)
	if doc != nil || fault == nil || len(src) > MaxText {
		return doc, fault
	}
	doc, again := parse(name, bytes.ToValidUTF8(src, []byte("\uFFFD")))
	return doc, errors.Join(fault, again)
}

// Parse takes apart the Markdown text of the named file: GitHub Flavored
// Markdown with definition lists, front matter in YAML, TOML or JSON, {#id} anchors and
// {: key="value"} attribute lists. It reports a text in another encoding than
// UTF-8, more bytes than MaxText, front matter that cannot be read and conflict
// markers of git as a *Diagnostic; a document that it returns beside one still holds all the words,
// and no front matter where that is at fault.
func Parse(name string, src []byte) (*Document, error) {
	ofBody := func(body []byte, line int) []Block { return blocks(parserFor(body), body, line) }
	return parse(name, src, way{readHead, ofBody, leadsOf})
}

// way is how the parts of a text are read.
type way struct {
	head   func(string, front) (FrontMatter, []*Diagnostic, error)
	blocks func(body []byte, line int) []Block
	leads  func([]Block) []*lead // nil where nobody asks for clauses
}

// parse takes apart a text in one way.
func parse(name string, src []byte, by way) (*Document, error) {
	if long := TooLong(name, int64(len(src))); long != nil {
		return nil, long
	}
	text, foreign := UTF8(name, src)
	if text == nil && foreign != nil {
		return nil, foreign
	}
	text = normalise(text)
	h := splitHead(name, text)
	doc := &Document{Name: name, Foreign: foreign}
	var err error
	doc.Front, doc.Remarks, err = by.head(name, h)
	if d := conflict(name, text); d != nil {
		doc.Front, doc.Remarks, err = FrontMatter{}, nil, d
	}
	if err == nil && foreign != nil {
		err = foreign
	}
	body, limited := bounded(name, withoutNUL(h.body))
	doc.Remarks = append(doc.Remarks, limited...)
	doc.Blocks = by.blocks(body, h.line)
	if line := boundTargets(doc.Blocks); line > 0 {
		doc.Remarks = append(doc.Remarks, limit(name, line, fmt.Sprintf("the links have more than %d bytes of addresses together: those beyond lead nowhere", maxTargets)))
	}
	if by.leads != nil {
		doc.Clauses = clauses(doc.Blocks, by.leads(doc.Blocks))
		placeNotes(doc.Blocks)
	}
	return doc, err
}

// readHead reads the head of a text, and names what in it is nearly a key of ours.
func readHead(name string, h front) (FrontMatter, []*Diagnostic, error) {
	f, err := parseFrontMatter(name, h)
	if err != nil {
		return f, nil, err
	}
	return f, strangeKeys(name, h), nil
}

// blocks takes apart a text that begins on a line of its file.
func blocks(markdown parser.Parser, body []byte, line int) []Block {
	b := builder{src: body, firstLine: line}
	b.document(markdown.Parse(text.NewReader(body)))
	countLists(b.blocks)
	return b.blocks
}

// newParser makes a parser for one text. Anchors are not its business: they
// are made when the clauses are known.
func newParser() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.DefinitionList)).Parser()
}

// newNoteParser makes a parser for a text with footnotes.
func newNoteParser() parser.Parser {
	p := newParser()
	p.AddOptions(notesOf()...)
	return p
}

// parserFor makes the parser that a text needs.
func parserFor(body []byte) parser.Parser {
	if hasNotes(body) {
		return newNoteParser()
	}
	return newParser()
}

// newBareParser makes a parser for texts without bare addresses.
func newBareParser() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList)).Parser()
}

// withoutNUL replaces the character that CommonMark (2.3) keeps out of documents:
// the readers of HTML drop it, and a short text that has it looks like UTF-16.
func withoutNUL(body []byte) []byte {
	if bytes.IndexByte(body, 0) < 0 {
		return body
	}
	return bytes.ReplaceAll(body, []byte{0}, []byte("\uFFFD"))
}

// normalise drops a byte order mark and makes all line ends "\n", so that a
// text that was only saved by another editor stays the same text.
func normalise(src []byte) []byte {
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if !bytes.ContainsRune(src, '\r') {
		return src
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
}
