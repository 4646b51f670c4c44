package integrity

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// committedStates returns every state of codicil.sum that was committed, wherever
// it lay, and of the checkpoint, the newest first, by path.
func (c *Checker) committedStates() (map[string][][]byte, error) {
	if c.past != nil || c.Head == "" {
		return c.past, nil
	}
	past, err := c.Repository.Past(append(c.sumFiles(), c.checkpointFile())...)
	if err == nil {
		c.past = past
	}
	return past, err
}

// sumFiles lists where the pins of these policies may have lain: in the folders of
// their texts and above.
func (c *Checker) sumFiles() []string {
	files := map[string]bool{c.File: true}
	for _, p := range c.Policies {
		for _, v := range p.Versions {
			for dir := path.Dir(v.Path); ; dir = path.Dir(dir) {
				file := path.Join(dir, SumName)
				if files[file] && file != c.File {
					break // those above were added with it
				}
				if files[file] = true; dir == "." || dir == "/" {
					break
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(files))
}

// Removed compares the pins with every state of the file that was committed, also
// where it lay elsewhere: what was pinned once stays pinned, and stays as it was.
func (c *Checker) Removed() ([]*policy.Diagnostic, error) {
	past, err := c.committedStates()
	if err != nil {
		return nil, err
	}
	now := make(map[string]Pin)
	for _, line := range c.Pins {
		now[line.Ref] = line
	}
	first := firstPins(c.File, past[c.File])
	policies, _ := c.byName()
	for file, texts := range past {
		if path.Base(file) != SumName || file == c.File {
			continue
		}
		for _, line := range firstPins(file, texts) {
			id, _, _ := strings.Cut(line.Ref, "@")
			own := policies[id] != nil && c.holds(pinned{Pin: line, policy: policies[id]}) // else it is of others
			if own && !slices.ContainsFunc(first, func(p Pin) bool { return p.Ref == line.Ref }) {
				first = append(first, line)
			}
		}
	}
	slices.SortStableFunc(first, func(a, b Pin) int { return strings.Compare(a.Ref, b.Ref) })
	var found []*policy.Diagnostic
	for _, line := range first {
		if d := c.kept(line, now); d != nil {
			found = append(found, d)
		}
	}
	return found, nil
}

// firstPins returns the first line that states of the file, the newest first, had
// for each version: the one that was written when it was published.
func firstPins(file string, texts [][]byte) []Pin {
	var first []Pin
	seen := make(map[string]bool)
	for _, text := range slices.Backward(texts) {
		pins, err := ParseSum(file, text)
		if err != nil {
			continue // a state that could not be read pinned nothing
		}
		for _, line := range pins {
			if !seen[line.Ref] {
				seen[line.Ref] = true
				first = append(first, line)
			}
		}
	}
	return first
}

// kept says how a line that was committed is not there any more.
func (c *Checker) kept(line Pin, now map[string]Pin) *policy.Diagnostic {
	d := &policy.Diagnostic{File: c.File, Line: 1, Column: 1, Level: policy.Error}
	current, found := now[line.Ref]
	switch {
	case !found:
		d.Rule, d.Message, d.Hint = "pin-removed", fmt.Sprintf("the line of %s was taken out: %s", line.Ref, line), "put the line back"
	case current.String() == line.String() || line.Announced == "" && strings.HasPrefix(current.String(), line.String()+" "):
		return nil
	default:
		d.Line, d.Rule = max(1, current.Line), "pin-changed"
		d.Message = fmt.Sprintf("the line of %s is not as it was written: %s", line.Ref, columnsChanged(line.String(), current.String()))
		d.Hint = "put the line back as it was: " + line.String()
	}
	if c.OnRecord != nil {
		if why := c.OnRecord(line.Commit); why != "" && found {
			d.Level, d.Hint = policy.Warning, "on record: "+why
		}
	}
	return d
}
