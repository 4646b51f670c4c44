package repair

// Citation is a place where a text cites one of its own clauses by number:
// "section 7.2(b)". Start and End are byte offsets of the number.
type Citation struct {
	Start, End int
	Number     string
}

// Citations finds the numbers by which a text cites clauses of itself, in
// reading order. Numbers of laws and of other contracts are left out. It reads
// English, and the sign §.
func Citations(text string) []Citation {
	found := cites(text)
	list := make([]Citation, len(found))
	for i, c := range found {
		list[i] = Citation{c.at, c.end, c.number}
	}
	return list
}
