package integrity

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/transparency"
)

// The files that are beside codicil.sum.
const (
	CheckpointName = "codicil.checkpoint"    // the newest signed checkpoint of the log
	TimestampName  = CheckpointName + ".tsr" // what an authority of time said about it
)

// Log is the log of versions and what vouches for it.
type Log struct {
	Tree       *transparency.Log
	Checkpoint *transparency.Checkpoint // signed, as git has it; nil where there is none
	Timestamp  *transparency.Timestamp  // of the checkpoint; nil where there is none
	Response   []byte                   // the timestamp as its authority gave it
}

// LogOf returns the log that pins make.
func LogOf(pins []Pin) (*transparency.Log, error) {
	entries := make([]string, len(pins))
	for i, pin := range pins {
		entries[i] = pin.String()
	}
	return transparency.New(entries)
}

// Shown returns the checkpoint that a site shows: the signed one, else one over
// all entries that nobody has signed.
func (l *Log) Shown(origin string) (*transparency.Checkpoint, error) {
	if l.Checkpoint != nil {
		return l.Checkpoint, nil
	}
	return transparency.NewCheckpoint(origin, l.Tree, l.Tree.Size())
}

// ReadLog makes the log of the pins, with the checkpoint and the timestamp that
// git holds; empty for none. What is wrong with those comes back as findings, and
// they are left out of the log then.
func (c *Checker) ReadLog(checkpoint, response, roots []byte, keys transparency.Keys) (*Log, []*policy.Diagnostic, error) {
	tree, err := LogOf(c.Pins)
	if err != nil {
		return nil, nil, err
	}
	l := &Log{Tree: tree}
	if len(checkpoint) == 0 {
		return l, nil, nil
	}
	file := beside(c.File, CheckpointName)
	cp, err := transparency.ParseCheckpoint(checkpoint, keys)
	switch {
	case err != nil:
		return l, []*policy.Diagnostic{logFault(file, "log-form", err.Error(), "restore the file from git, or sign anew with: codicil verify --update")}, nil
	case keys.Log != nil && !cp.Signed:
		return l, []*policy.Diagnostic{unsignedBy(file, cp, keys.Log)}, nil
	}
	found, err := c.follows(tree, Kept{Name: file, Checkpoint: cp})
	if err != nil || len(found) > 0 {
		return l, found, err
	}
	l.Checkpoint = cp
	if len(response) == 0 {
		return l, nil, nil
	}
	if l.Timestamp, err = cp.ReadTimestamp(response, roots); err != nil {
		d := logFault(beside(c.File, TimestampName), "log-timestamp", err.Error(), "ask the authority again with: codicil verify --update")
		d.Level = policy.Warning // the log holds without it
		return l, []*policy.Diagnostic{d}, nil
	}
	l.Response = response
	return l, nil, nil
}

// unsignedBy is a checkpoint that is not of the key it should be of.
func unsignedBy(file string, cp *transparency.Checkpoint, key *transparency.Key) *policy.Diagnostic {
	who := "nobody"
	if len(cp.Others) > 0 {
		who = fmt.Sprint(cp.Others)
	}
	return logFault(file, "log-key", fmt.Sprintf("the checkpoint of %d entries of %s is signed by %s, and not by %s+%08x", cp.Size, cp.Origin, who, key.Name(), key.KeyHash()),
		"a log keeps its key: restore `log.key` in the configuration, or the checkpoint, from git")
}

func logFault(file, rule, message, hint string) *policy.Diagnostic {
	return &policy.Diagnostic{File: file, Line: 1, Column: 1, Level: policy.Error, Rule: rule, Message: message, Hint: hint}
}

// beside returns the path of a file in the folder of another.
func beside(file, name string) string {
	for i := len(file) - 1; i >= 0; i-- {
		if file[i] == '/' {
			return file[:i+1] + name
		}
	}
	return name
}
