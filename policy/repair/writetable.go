package repair

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// tableAsMarkdown reports whether Markdown has marks for a table: one row of
// names, then rows of as many cells, each of words only.
func tableAsMarkdown(n *node) bool {
	if len(n.kids) == 0 || len(n.kids) > 2 || !n.kids[0].is(policy.Head) || len(n.kids[0].kids) != 1 {
		return false
	}
	columns := alignments(n)
	if len(columns) == 0 || !rowAsMarkdown(n.kids[0].kids[0], policy.HeadCell, columns) {
		return false
	}
	if len(n.kids) == 1 {
		return true
	}
	for _, row := range n.kids[1].kids {
		if !rowAsMarkdown(row, policy.Cell, columns) {
			return false
		}
	}
	return n.kids[1].is(policy.Body)
}

// alignments returns how each column is aligned.
func alignments(table *node) []string {
	columns := make([]string, len(table.kids[0].kids[0].kids))
	for _, section := range table.kids {
		for _, row := range section.kids {
			for i, cell := range row.kids {
				if i < len(columns) && columns[i] == "" && cell.container != nil {
					columns[i] = cell.container.Align
				}
			}
		}
	}
	return columns
}

func rowAsMarkdown(row *node, kind policy.ContainerKind, columns []string) bool {
	if !row.is(policy.Row) || len(row.kids) != len(columns) {
		return false
	}
	left := len(written(row))
	for i, cell := range row.kids {
		if !cell.is(kind) || len(cell.kids) != 1 || cell.kids[0].block == nil || cell.kids[0].block.Kind != policy.Text {
			return false
		}
		if i < left && cell.container.Align != columns[i] {
			return false
		}
	}
	return true
}

// written returns the cells of a row without those at its end that are empty
// and have no part in the alignment of their column: a parser adds them.
func written(row *node) []*node {
	n := len(row.kids)
	for n > 0 {
		cell := row.kids[n-1]
		empty := len(cell.kids) == 1 && cell.kids[0].block != nil && len(cell.kids[0].block.Spans) == 0
		if !empty || cell.container.Align != "" {
			break
		}
		n--
	}
	return row.kids[:n]
}

func (w writer) table(n *node) []string {
	columns := alignments(n)
	lines := []string{w.row(n.kids[0].kids[0]), ruler(columns)}
	if len(n.kids) == 2 {
		for _, row := range n.kids[1].kids {
			lines = append(lines, w.row(row))
		}
	}
	return lines
}

func (w writer) row(row *node) string {
	var b strings.Builder
	b.WriteString("|")
	for _, cell := range written(row) {
		b.WriteString(" " + w.leaf(cell.kids[0].block, inCell) + " |")
	}
	return b.String()
}

// ruler writes the line under the names of the columns, which aligns them.
func ruler(columns []string) string {
	marks := map[string]string{"left": " :-- |", "right": " --: |", "center": " :-: |", "": " --- |"}
	var b strings.Builder
	b.WriteString("|")
	for _, align := range columns {
		b.WriteString(marks[align])
	}
	return b.String()
}
