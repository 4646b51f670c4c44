package markdown

import (
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// container writes a container whose blocks are at a depth.
func (w *writer) container(c *policy.Container, blocks []policy.Block, depth int) (string, bool) {
	switch c.Kind {
	case policy.Quote:
		text, ok := w.blocks(blocks, depth)
		return quoted(text), ok
	case policy.List:
		return w.list(c, blocks, depth)
	case policy.Table:
		return w.table(blocks, depth)
	}
	return "", false
}

func quoted(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("> "+line, " ") + hardBreak(line)
	}
	return strings.Join(lines, "\n") + "\n"
}

// list writes the items of a list. Generators number an ordered one from its
// first item on, so that gaps, letters and numbers that an item lacks are no
// Markdown.
func (w *writer) list(c *policy.Container, blocks []policy.Block, depth int) (string, bool) {
	if c.Style != "" {
		return "", false
	}
	var b strings.Builder
	for number := c.Start; len(blocks) > 0; number++ {
		if len(blocks[0].Path) <= depth {
			return "", false
		}
		item := blocks[0].Path[depth]
		n := inside(blocks, depth, item)
		mark := "- "
		if c.Ordered {
			mark = strconv.Itoa(number) + ". "
			if strings.TrimRight(item.Number, ".)") != strconv.Itoa(number) {
				return "", false
			}
		}
		text, ok := w.blocks(blocks[:n], depth+1)
		if !ok || text == "" || strings.HasPrefix(text, "```") {
			return "", false
		}
		if b.Len() > 0 && (blocks[0].Kind == policy.Paragraph || strings.Contains(strings.TrimRight(text, "\n"), "\n\n")) {
			b.WriteByte('\n')
		}
		space := strings.Repeat(" ", len(mark))
		b.WriteString(mark + strings.TrimPrefix(indented(text, space), space))
		blocks = blocks[n:]
	}
	return b.String(), true
}

// table writes a table that has one row of heads and one block in each cell.
func (w *writer) table(blocks []policy.Block, depth int) (string, bool) {
	rows, aligns, ok := w.rows(blocks, depth)
	if !ok || len(rows) == 0 || len(aligns) == 0 {
		return "", false
	}
	var b strings.Builder
	for i, row := range rows {
		if len(row) != len(aligns) {
			return "", false
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|" + strings.Join(aligns, "|") + "|\n")
		}
	}
	return b.String(), true
}

// rows lists the cells of a table by rows, and the marks that align its columns.
func (w *writer) rows(blocks []policy.Block, depth int) (rows [][]string, aligns []string, ok bool) {
	var row, cell *policy.Container
	for i := range blocks {
		path := blocks[i].Path
		if len(path) != depth+3 || blocks[i].Kind != policy.Text || path[depth+2] == cell || *path[depth+2] != plainCell(path[depth+2]) {
			return nil, nil, false
		}
		head := path[depth].Kind == policy.Head
		if path[depth+1] != row {
			if head && row != nil || !head && row == nil {
				return nil, nil, false
			}
			row = path[depth+1]
			rows = append(rows, nil)
		}
		cell = path[depth+2]
		words, good := w.words(blocks[i].Spans)
		if !good || strings.Contains(words, "\n") || strings.Contains(words, "`") && strings.Contains(words, "|") {
			return nil, nil, false
		}
		if own, _ := w.anchors(&blocks[i]); own != "" {
			words = w.Before(own) + words
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], words)
		if head {
			aligns = append(aligns, alignment(cell.Align))
		}
	}
	return rows, aligns, true
}

// plainCell is a cell of the kind and alignment of c that is nothing beside: one
// that spans rows or columns is no Markdown.
func plainCell(c *policy.Container) policy.Container {
	return policy.Container{Kind: c.Kind, Align: c.Align}
}

func alignment(align string) string {
	switch align {
	case "left":
		return ":---"
	case "right":
		return "---:"
	case "center":
		return ":---:"
	}
	return "---"
}

// hardBreak returns the two spaces at the end of a line that ask for a break.
func hardBreak(line string) string {
	if strings.TrimSpace(line) != "" && strings.HasSuffix(line, "  ") {
		return "  "
	}
	return ""
}
