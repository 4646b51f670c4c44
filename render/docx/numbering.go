package docx

import (
	"fmt"
	"strings"
)

// numbering gives items the numbers that the author wrote. Each is fixed text:
// a lawyer cites "clause 7", and a number that a program counts would tell
// another one while changes are visible, after accepting some of them, or in a
// program that continues lists in its own way.
//
// All items share one list of bullets. A number replaces the bullet of its
// level, with its format given as Word writes a count with leading zeros: as an
// alternative that older readers pass over (ECMA-376 part 3). The text of the
// level holds no count, so nothing is counted. A reader that looks into
// alternatives, such as Word and LibreOffice, shows the number as written; one
// that does not, such as pandoc, shows a bullet and no wrong number.
type numbering struct {
	marks []mark
	ids   map[mark]int
}

// mark is a number as written, at a level from 0.
type mark struct {
	text  string
	level int
}

// maxLevel is the deepest of the nine levels that a list has in Word.
const maxLevel = 8

// bullets is the numId of items without a number.
const bullets = 1

// of returns the numId and level for an item at a depth from 0; without a
// number, it has a bullet.
func (n *numbering) of(number string, depth int) (id, level int) {
	level = min(depth, maxLevel)
	if number == "" {
		return bullets, level
	}
	m := mark{number, level}
	if n.ids[m] == 0 {
		if n.ids == nil {
			n.ids = make(map[mark]int)
		}
		n.marks = append(n.marks, m)
		n.ids[m] = bullets + len(n.marks)
	}
	return n.ids[m], level
}

const (
	bulletFormat = `<w:numFmt w:val="bullet"/>`
	numberFormat = `<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>` +
		`<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>`
	alternatives = ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`
)

// part writes numbering.xml.
func (n *numbering) part() string {
	var b strings.Builder
	b.WriteString(xmlHeader + `<w:numbering ` + namespaces + alternatives + `>` +
		`<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>`)
	for i := range maxLevel + 1 {
		b.WriteString(level(i, bulletFormat, [...]string{"•", "–"}[i%2]))
	}
	fmt.Fprintf(&b, `</w:abstractNum><w:num w:numId="%d"><w:abstractNumId w:val="1"/></w:num>`, bullets)
	for i, m := range n.marks {
		text := strings.ReplaceAll(m.text, "%", "％") // the narrow one begins a count
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="%d">%s</w:lvlOverride></w:num>`,
			bullets+1+i, m.level, level(m.level, numberFormat, text))
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

// level writes what is before the items of a level.
func level(i int, format, text string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/>%s<w:lvlText w:val="%s"/><w:lvlJc w:val="left"/>`+
		`<w:pPr><w:ind w:left="%d" w:hanging="%d"/></w:pPr></w:lvl>`, i, format, escape(text), (i+1)*indent, indent)
}
