package docx

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// field is a field that is being read: what it asks for, then what it shows.
type field struct {
	code  strings.Builder
	shown bool   // whether its result has begun
	link  string // where its result leads
}

// simpleField reads a field by what it shows.
func (b *body) simpleField(k *node, p *paragraph, l look) {
	before := words(p.spans)
	l.link = cmp.Or(b.leads(k.attr("instr")), l.link)
	b.runs(k, p, l)
	if words(p.spans) == before && !l.hidden {
		b.doubt("empty-field", "a field shows nothing; what belongs there is not known", k.attr("instr"))
	}
}

// fieldMark notes where a field begins, shows its result, and ends.
func (b *body) fieldMark(k *node) {
	last := len(b.fields) - 1
	switch k.attr("fldCharType") {
	case "begin":
		b.fields = append(b.fields, &field{})
	case "separate":
		if last >= 0 {
			b.fields[last].shown = true
			b.fields[last].link = b.leads(b.fields[last].code.String())
		}
	case "end":
		if last >= 0 {
			b.fields = b.fields[:last]
		}
	}
}

// inCode reports whether what is read is the code of a field, which nobody sees:
// its own, or that of one around it.
func (b *body) inCode() bool {
	return slices.ContainsFunc(b.fields, func(f *field) bool { return !f.shown })
}

// fieldLink is where the fields lead whose result is being read.
func (b *body) fieldLink() string {
	for _, f := range slices.Backward(b.fields) {
		if f.link != "" {
			return f.link
		}
	}
	return ""
}

// fieldWord is a word of the code of a field, with or without quotation marks.
var fieldWord = regexp.MustCompile(`"([^"]*)"|(\S+)`)

// leads returns where a field leads by its code: to an address, or to a bookmark as
// "#name". A reference without \h shows words of another place and is no link.
func (b *body) leads(code string) string {
	var list []string
	for _, m := range fieldWord.FindAllStringSubmatch(code, -1) {
		list = append(list, cmp.Or(m[1], m[2]))
	}
	const reference = 2
	if len(list) < reference {
		return ""
	}
	switch kind := strings.ToUpper(list[0]); {
	case kind == "HYPERLINK":
		return hyperlink(list[1:])
	case kind == "PAGEREF":
		b.doubt("page-number", "the text cites a page by its number, which a page of the web has not: name the clause instead", strings.Join(list[:reference], " "))
		fallthrough
	case kind == "REF":
		if slices.Contains(list, `\h`) {
			return "#" + list[1]
		}
	}
	return ""
}

// hyperlink returns the address, the place within it, or both.
func hyperlink(list []string) string {
	var address, place string
	for i := 0; i < len(list); i++ {
		switch {
		case list[i] == `\l` && i+1 < len(list):
			i++
			place = "#" + list[i]
		case list[i] == `\o` || list[i] == `\t`:
			i++ // what is shown over it, and where it opens
		case !strings.HasPrefix(list[i], `\`):
			address = list[i]
		}
	}
	return safe(address + place)
}

// safe returns a link that may be followed, or none.
func safe(link string) string {
	if !policy.SafeLink(link) {
		return ""
	}
	return link
}

// bookmarked gives the block that was written last the bookmarks that begin in it, or
// between it and the one before.
func (b *body) bookmarked() {
	if n := len(b.blocks); n > 0 && len(b.bookmarks) > 0 {
		b.blocks[n-1].Aliases = append(slices.Clone(b.blocks[n-1].Aliases), b.bookmarks...)
		b.bookmarks = nil
	}
}

// deadLinks takes away links to bookmarks that no text bears, and names them.
func (b *body) deadLinks() {
	there := make(map[string]bool)
	for i := range b.blocks {
		there[b.blocks[i].ID] = true
		for _, name := range b.blocks[i].Aliases {
			there[name] = true
		}
	}
	for i := range b.blocks {
		spans := b.blocks[i].Spans
		for k := range spans {
			if name, ok := strings.CutPrefix(spans[k].Link, "#"); ok && !there[name] {
				spans[k].Link = ""
				b.doubt("dead-bookmark", "a link or a cross reference leads to the bookmark "+name+", which no text bears: its words are plain now; say which clause is meant", spans[k].Text)
			}
		}
		b.blocks[i].Spans = merged(spans)
	}
}
