package integrity

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/transparency"
)

// Kept is what somebody kept of the log: a checkpoint, the proof of one version,
// or the lines of codicil.sum.
type Kept struct {
	Name       string // as people call it: the file
	Checkpoint *transparency.Checkpoint
	Proof      *transparency.Proof // with its checkpoint in Checkpoint
	Entries    []string
}

// ReadKept reads what was kept, whichever of the three it is.
func ReadKept(name string, src []byte, keys transparency.Keys) (Kept, error) {
	k := Kept{Name: name}
	var err error
	if transparency.IsProof(src) {
		if k.Proof, err = transparency.ParseProof(src, keys); err == nil {
			k.Checkpoint = k.Proof.Checkpoint
		}
	} else if k.Checkpoint, err = transparency.ParseCheckpoint(src, keys); err != nil {
		pins, noSum := ParseSum(name, src)
		if noSum == nil && len(pins) > 0 {
			for _, pin := range pins {
				k.Entries = append(k.Entries, pin.String())
			}
			return k, nil
		}
	}
	if err != nil {
		return k, &policy.Diagnostic{
			File: name, Level: policy.Error, Rule: "log-form", Err: err, Message: fmt.Sprintf("this is no checkpoint, no proof and no %s: %v", SumName, err),
			Hint: "keep the file /log/checkpoint of the site, byte for byte",
		}
	}
	return k, nil
}

// Holds compares the log with what was kept of it. What differs is named by its
// entry, as far as somebody has kept the entry itself.
func (c *Checker) Holds(kept []Kept, keys transparency.Keys) ([]*policy.Diagnostic, error) {
	var found []*policy.Diagnostic
	for _, k := range kept {
		if cp := k.Checkpoint; cp != nil && keys.Log != nil && !cp.Signed && len(cp.Others) > 0 {
			found = append(found, unsignedBy(k.Name, cp, keys.Log))
		}
		more, err := c.follows(c.Log.Tree, k, kept...)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return unique(found), nil
}

// Committed compares the log with every checkpoint that was committed.
func (c *Checker) Committed() ([]*policy.Diagnostic, error) {
	committed, err := c.committed()
	if err != nil {
		return nil, err
	}
	var found []*policy.Diagnostic
	for _, k := range committed {
		more, err := c.follows(c.Log.Tree, k)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return unique(found), nil
}

func (c *Checker) checkpointFile() string { return beside(c.File, CheckpointName) }

// committed returns the states of the checkpoint that were committed, as far as
// they can be read. Keys change over the years, so nobody is asked for theirs.
func (c *Checker) committed() ([]Kept, error) {
	if c.Head == "" {
		return nil, nil
	}
	past, err := c.committedStates()
	if err != nil {
		return nil, err
	}
	var list []Kept
	for _, text := range past[c.checkpointFile()] {
		if cp, err := transparency.ParseCheckpoint(text, transparency.Keys{}); err == nil {
			list = append(list, Kept{Name: c.checkpointFile(), Checkpoint: cp})
		}
	}
	return list, nil
}

// follows reports how the log differs from one thing that was kept of it. The
// others may know the entries that a checkpoint stands for.
func (c *Checker) follows(l *transparency.Log, k Kept, others ...Kept) ([]*policy.Diagnostic, error) {
	if k.Entries != nil {
		return c.differ(k.Name, k.Entries, l), nil
	}
	cp := k.Checkpoint
	if root, err := l.Root(min(cp.Size, l.Size())); err != nil || root == cp.Root && cp.Size <= l.Size() {
		return nil, err
	}
	if k.Proof != nil {
		if found := c.differAt(k.Name, k.Proof.Index, k.Proof.Entry, l); found != nil {
			return []*policy.Diagnostic{found}, nil
		}
	}
	entries, err := c.entriesOf(cp, others)
	if err != nil {
		return nil, err
	}
	if entries != nil {
		return c.differ(k.Name, entries, l), nil
	}
	return []*policy.Diagnostic{c.rewritten(k.Name, cp, l)}, nil
}

// entriesOf finds the entries that a checkpoint stands for, among what was kept
// and the states of codicil.sum that were committed; nil where nobody has them.
func (c *Checker) entriesOf(cp *transparency.Checkpoint, kept []Kept) ([]string, error) {
	var lists [][]string
	for _, k := range kept {
		lists = append(lists, k.Entries)
	}
	if c.Head != "" {
		past, err := c.committedStates()
		if err != nil {
			return nil, err
		}
		for _, text := range past[c.File] {
			pins, _ := ParseSum(c.File, text) // none where it cannot be read
			entries := make([]string, len(pins))
			for i, pin := range pins {
				entries[i] = pin.String()
			}
			lists = append(lists, entries)
		}
	}
	for _, entries := range lists {
		if int64(len(entries)) < cp.Size {
			continue
		}
		l, err := transparency.New(entries[:cp.Size])
		if err != nil {
			continue
		}
		if root, err := l.Root(cp.Size); err == nil && root == cp.Root {
			return entries[:cp.Size], nil
		}
	}
	return nil, nil
}

// rewritten is a difference that nobody can name, as nobody kept the entries.
func (c *Checker) rewritten(name string, cp *transparency.Checkpoint, l *transparency.Log) *policy.Diagnostic {
	d := c.entryFault(name, "log-rewritten", cp.Size-1)
	if cp.Size > l.Size() {
		d.Message = fmt.Sprintf("the checkpoint %s covers %d entries, and %s has %d: entry %d and those behind it are gone, behind %s",
			name, cp.Size, SumName, l.Size(), l.Size(), named(l, l.Size()))
	} else {
		d.Message = fmt.Sprintf("one or more of the %d entries under the checkpoint %s were rewritten: %s", cp.Size, name, named(l, cp.Size))
	}
	d.Hint = "whoever kept " + SumName + " too can tell which: name it with a second --checkpoint"
	return d
}

// named lists the names of the first entries, as far as a line holds them.
func named(l *transparency.Log, size int64) string {
	const most = 5
	if size == 0 {
		return "none"
	}
	first, last := max(0, size-most), size
	var names []string
	for i := first; i < last; i++ {
		names = append(names, refOf(l.Entry(i)))
	}
	if first > 0 {
		return fmt.Sprintf("%d others, %s", first, strings.Join(names, ", "))
	}
	return strings.Join(names, ", ")
}

// refOf returns the name of the version that an entry tells of.
func refOf(entry string) string {
	ref, _, _ := strings.Cut(entry, " ")
	return ref
}

// unique leaves out what was found twice.
func unique(found []*policy.Diagnostic) []*policy.Diagnostic {
	seen := make(map[string]bool)
	var list []*policy.Diagnostic
	for _, d := range found {
		if !seen[d.Message] {
			seen[d.Message] = true
			list = append(list, d)
		}
	}
	return list
}
