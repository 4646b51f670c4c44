package docx

// trackedChange says what happens to words or to a paragraph mark.
type trackedChange uint8

const (
	stays trackedChange = iota
	comes
	goes
	arrives // at the new place of a move
	leaves  // from its old place
)

// element names the element of a tracked change.
func (f trackedChange) element() string {
	return [...]string{"", "ins", "del", "moveTo", "moveFrom"}[f]
}

// old reports whether the old text has what meets this trackedChange.
func (f trackedChange) old() bool { return f == stays || f == goes || f == leaves }

// new reports whether the new text has it.
func (f trackedChange) new() bool { return f == stays || f == comes || f == arrives }
