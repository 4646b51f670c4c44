package policy

import (
	"bytes"
	"iter"
	"slices"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Parser takes apart texts that share most of their words, as the versions of
// one policy do: a section that was in one of the last texts is not taken
// apart again. Its documents are those that Parse returns. They share the spans of
// their blocks, which nobody may change; all else belongs to the caller. The zero
// Parser is ready; only one goroutine may use it.
type Parser struct {
	markdown parser.Parser
	bare     parser.Parser // that makes no links of bare addresses
	known    map[string]*section
	heads    map[string]FrontMatter // by their words, of those with which nothing is wrong
	texts    int                    // read until now
	last     int                    // blocks in the last one
	parts    []*section             // of the last one; none where it was read as a whole
	sample   string                 // by which a language was told last
	language string                 // that it is written in
}

// section is a stretch of a text that means the same wherever it is.
type section struct {
	blocks     []Block // their lines counted from 0
	paths      [][]int // of each block, into containers
	containers []Container
	depth      int     // of all blocks: the sum of the lengths of their paths
	targets    int     // bytes of all addresses
	leads      []*lead // of the blocks, once somebody asked for them
	words      []byte  // what appendWords writes down of them, likewise
	used       int     // the number of the last text that had it
}

func newSection(blocks []Block) *section {
	s := &section{blocks: blocks, paths: make([][]int, len(blocks))}
	known := make(map[*Container]int)
	for i := range blocks {
		for _, c := range blocks[i].Path {
			at, ok := known[c]
			if !ok {
				at = len(s.containers)
				known[c] = at
				s.containers = append(s.containers, *c)
			}
			s.paths[i] = append(s.paths[i], at)
		}
		for _, span := range blocks[i].Spans {
			s.targets += len(span.Link) + len(span.Image)
		}
		s.depth += len(blocks[i].Path)
	}
	return s
}

// appendTo appends copies of the blocks, which share no containers: two paths that look
// alike may be of one list or of two.
func (s *section) appendTo(all []Block, line int) []Block {
	containers := slices.Clone(s.containers)
	path := make([]*Container, 0, s.depth)
	for i, b := range s.blocks {
		b.Line += line
		b.Aliases = slices.Clip(b.Aliases)
		b.Spans = slices.Clip(b.Spans)
		if len(s.paths[i]) > 0 {
			from := len(path)
			for _, at := range s.paths[i] {
				path = append(path, &containers[at])
			}
			b.Path = slices.Clip(path[from:])
		}
		all = append(all, b)
	}
	return all
}

// appendShared appends the blocks, which share their containers with those of other texts.
func (s *section) appendShared(all []Block, line int) []Block {
	for _, b := range s.blocks {
		b.Line += line
		all = append(all, b)
	}
	return all
}

// Parse takes apart one text, as the function of that name does.
func (p *Parser) Parse(name string, src []byte) (*Document, error) {
	blocks := func(body []byte, line int) []Block { return p.blocks(body, line, (*section).appendTo) }
	return parse(name, src, way{p.head, blocks, p.leads})
}

// ParseWords is Parse for those who ask for the words of a text alone, and for their
// digest. The document has no clauses, and nobody may change it.
func (p *Parser) ParseWords(name string, src []byte) (doc *Document, digest string, err error) {
	blocks := func(body []byte, line int) []Block { return p.blocks(body, line, (*section).appendShared) }
	if doc, err = parse(name, src, way{head: p.head, blocks: blocks}); doc == nil {
		return nil, "", err
	}
	return doc, wordDigest(p.words(doc.Blocks)), err
}

// mostHeads is how many heads are kept: texts of several policies may come in turns.
const mostHeads = 64

// head reads the head of a text, unless one of the same words was read before: most
// versions of a policy change nothing there. What is wrong with a head is said with
// its place in each text anew.
func (p *Parser) head(name string, h front) (FrontMatter, []*Diagnostic, error) {
	key := string(append([]byte{byte(h.format)}, h.text...))
	if f, ok := p.heads[key]; ok && h.fault == nil {
		return f.clone(), nil, nil
	}
	f, remarks, err := readHead(name, h)
	if err == nil && len(remarks) == 0 && h.fault == nil {
		if p.heads == nil || len(p.heads) >= mostHeads {
			p.heads = make(map[string]FrontMatter)
		}
		p.heads[key] = f.clone()
	}
	return f, remarks, err
}

// ParsePublished takes apart one text, as the function of that name does. Beside
// the document it returns what is wrong with the text.
func (p *Parser) ParsePublished(name string, src []byte) (doc *Document, fault error) {
	return parsePublished(p.Parse, name, src)
}

// blocks returns the blocks of a text that begins on a line of its file.
func (p *Parser) blocks(body []byte, line int, appendTo func(s *section, all []Block, line int) []Block) []Block {
	if p.known == nil {
		p.markdown, p.bare, p.known = newParser(), newBareParser(), make(map[string]*section)
	}
	p.texts++
	p.forget()
	p.parts = p.parts[:0]
	all := make([]Block, 0, p.last)
	at := line
	if hasNotes(body) {
		return blocks(newNoteParser(), body, line)
	}
	parts := sections(body)
	for i := 0; i < len(parts); i++ {
		part := parts[i]
		s := p.section(part)
		if s == nil && i+1 < len(parts) {
			i++
			part = part[:len(part)+len(parts[i])]
			s = p.section(part)
		}
		if s == nil {
			p.parts = p.parts[:0]
			return blocks(p.markdown, body, line)
		}
		p.parts = append(p.parts, s)
		all = appendTo(s, all, at)
		at += bytes.Count(part, []byte("\n"))
	}
	p.last = len(all)
	return all
}

// parted reports whether the text that was read last is all that its parts have: not so
// where it was read as a whole, or has so many addresses that some were left out.
func (p *Parser) parted() bool {
	targets := 0
	for _, s := range p.parts {
		targets += s.targets
	}
	return len(p.parts) > 0 && targets <= maxTargets
}

// leads returns the leads of the blocks that were read last.
func (p *Parser) leads(all []Block) []*lead {
	if !p.parted() {
		return leadsOf(all)
	}
	leads := make([]*lead, 0, len(all))
	for _, s := range p.parts {
		if s.leads == nil {
			s.leads = leadsOf(s.blocks)
		}
		leads = append(leads, s.leads...)
	}
	return leads
}

// words returns what appendWords writes down of the blocks that were read last.
func (p *Parser) words(all []Block) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if !p.parted() {
			yield(appendWords(nil, all))
			return
		}
		for _, s := range p.parts {
			if s.words == nil {
				s.words = appendWords(nil, s.blocks)
			}
			if !yield(s.words) {
				return
			}
		}
	}
}

// section takes a section apart, unless that was done before. It returns nil
// for one that leaves something to what follows.
func (p *Parser) section(part []byte) *section {
	s := p.known[string(part)]
	if s == nil {
		markdown := p.markdown
		if bareIsEnough(part) {
			markdown = p.bare
		}
		b := builder{src: part}
		b.children(markdown.Parse(text.NewReader(part)))
		if len(b.anchors) > 0 {
			return nil
		}
		countLists(b.blocks)
		s = newSection(b.blocks)
		p.known[string(part)] = s
	}
	s.used = p.texts
	return s
}

// remembered is for how many texts a section is kept that none of them has.
const remembered = 8

// forget lets go of sections that were not met for a while.
func (p *Parser) forget() {
	if p.texts%remembered > 0 {
		return
	}
	for text, s := range p.known {
		if s.used < p.texts-remembered {
			delete(p.known, text)
		}
	}
}

// sections cuts a text at blank lines where all that is open ends: before a line
// that is not indented and can go on neither with a list nor a quotation. Where
// more than that may matter the text is one section: link definitions are for
// the whole of it, fences and raw HTML may hold blank lines, and the terms of one
// list of definitions are not indented.
func sections(body []byte) [][]byte {
	if holdsAny(body, "]:", "```", "~~~", "\n: ", "\n:\t") || holdsLongHTML(body) {
		return [][]byte{body}
	}
	var list [][]byte
	from := 0
	for at := 0; ; {
		blank := bytes.Index(body[at:], []byte("\n\n"))
		if blank < 0 {
			return append(list, body[from:])
		}
		at += blank + 2
		for at < len(body) && body[at] == '\n' {
			at++
		}
		if closesAll(body[at:]) {
			list = append(list, body[from:at])
			from = at
		}
	}
}

func holdsAny(body []byte, signs ...string) bool {
	return slices.ContainsFunc(signs, func(sign string) bool { return bytes.Contains(body, []byte(sign)) })
}

// closesAll reports whether the line at which text begins, after a blank one,
// ends every list, quotation and piece of code before it.
func closesAll(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	return bytes.IndexByte([]byte(openers), text[0]) < 0 || bytes.HasPrefix(text, []byte("**"))
}

// holdsLongHTML reports whether raw HTML may hold a blank line. Only the first bracket
// of a line can begin such.
func holdsLongHTML(body []byte) bool {
	for {
		next := bytes.IndexByte(body, '<')
		if next < 0 {
			return false
		}
		head := body[bytes.LastIndexByte(body[:next], '\n')+1 : next]
		if len(bytes.TrimLeft(head, openers)) == 0 && isLongHTML(body[next:]) {
			return true
		}
		_, body, _ = bytes.Cut(body[next:], []byte("\n"))
	}
}

// isLongHTML reports whether the raw HTML at the head of a text may hold a blank line: so
// may all of it that does not end at one, except a comment that ends before, and soon.
func isLongHTML(text []byte) bool {
	text = text[:min(len(text), longComment)]
	if comment, found := bytes.CutPrefix(text, []byte("<!--")); found {
		end := bytes.Index(comment, []byte("-->"))
		return end < 0 || bytes.Contains(comment[:end], []byte("\n\n"))
	}
	switch name, _ := tagName(string(text[:min(len(text), len("<textarea>"))])); name {
	case "", "script", "pre", "style", "textarea":
		return true
	}
	return false
}

// longComment is in how many bytes the end of a comment is looked for.
const longComment = 1000

// bareIsEnough reports whether a parser that makes no links of bare addresses
// does for a text: none may be there, and no line ends in white space, of
// which the two keep more or less. Looking for addresses at every word is the
// slowest part of parsing.
func bareIsEnough(part []byte) bool {
	return !holdsAny(part, "@", "http", "www.", "ftp:", " \n", "\t\n")
}
