package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"github.com/codicil/codicil/policy"
)

// pinned is a line of codicil.sum beside what the history has for it.
type pinned struct {
	sumLine
	policy  *policy.Policy  // nil when the history has none of that name
	version *policy.Version // nil when the history has none of that label
	gone    bool            // the pinned commit is not in the history of the head
}

// changedPins returns how the pins differ from the history.
func (w *workspace) changedPins() ([]*policy.Diagnostic, error) {
	lines, err := w.readSum()
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	pins, err := w.match(lines)
	if err != nil {
		return nil, err
	}
	var found []*policy.Diagnostic
	for _, p := range pins {
		for _, fault := range w.pinFaults(p) {
			fault.File, fault.Line, fault.Column, fault.Level = w.sumPath(), p.line, 1, policy.Error
			found = append(found, fault)
		}
	}
	return append(found, w.unpinned(pins)...), nil
}

// sumPath is where codicil.sum lies in the repository.
func (w *workspace) sumPath() string { return path.Join(w.base, sumName) }

// match finds the version of every line, and the commits that are gone.
func (w *workspace) match(lines []sumLine) ([]pinned, error) {
	pins := make([]pinned, len(lines))
	var others []string // commits that are not those of the history: nearly always none
	for i, line := range lines {
		pins[i] = pinned{sumLine: line}
		id, label, _ := strings.Cut(line.ref, "@")
		for _, p := range w.history.Policies {
			if p.ID == id {
				pins[i].policy, pins[i].version = p, p.Lookup(label)
			}
		}
		if v := pins[i].version; v == nil || v.Commit != line.commit {
			others = append(others, line.commit)
		}
	}
	if len(others) == 0 {
		return pins, nil
	}
	lost, err := w.repo.Unreachable("", others)
	for i := range pins {
		for _, id := range lost {
			pins[i].gone = pins[i].gone || pins[i].commit == id
		}
	}
	return pins, err
}

// pinFaults names what is no longer as it was pinned.
func (w *workspace) pinFaults(p pinned) []*policy.Diagnostic {
	v := p.version
	if v == nil {
		return []*policy.Diagnostic{p.missing()}
	}
	var found []*policy.Diagnostic
	if v.SHA256 != p.sha256 {
		found = append(found, p.changedText())
	}
	if v.Effective.String() != p.effective {
		found = append(found, &policy.Diagnostic{
			Rule:    "effective-date-changed",
			Message: fmt.Sprintf("%s was published as effective on %s, but now says %s", p.ref, p.effective, v.Effective),
			Hint:    "a date that was announced must not change: restore it, and publish the new date under a new `version`",
		})
	}
	if len(found) > 0 || v.Commit == p.commit {
		return found
	}
	return w.movedCommit(p)
}

// missing is a version that was pinned and is in the history no more.
func (p pinned) missing() *policy.Diagnostic {
	d := &policy.Diagnostic{
		Rule:    "version-missing",
		Message: fmt.Sprintf("%s was published, but is no longer in the history", p.ref),
		Hint:    "restore the commits that published it; a version once published stays",
	}
	if p.gone {
		d.Message += fmt.Sprintf(": it was rewritten, and commit %.12s is gone", p.commit)
	}
	if p.policy != nil {
		for _, v := range p.policy.Versions {
			if v.SHA256 == p.sha256 {
				d.Message += fmt.Sprintf("; its text is called %s now", p.policy.Ref(v))
				break
			}
		}
	}
	return d
}

// changedText says how the text came to differ from the one that was pinned.
func (p pinned) changedText() *policy.Diagnostic {
	d := &policy.Diagnostic{
		Rule:    "published-text-changed",
		Message: fmt.Sprintf("%s was published with sha256 %s, but its text now has %s", p.ref, p.sha256, p.version.SHA256),
		Hint:    "a published text must not change: restore it, and publish the change under a new `version`",
	}
	switch {
	case p.version.Commit == p.commit:
		d.Message += fmt.Sprintf("; commit %.12s cannot have changed, so this line was", p.commit)
		d.Hint = "restore the line from the history of this file: git log -p " + sumName
	case p.gone:
		d.Message += fmt.Sprintf("; the history was rewritten: commit %.12s is gone, %.12s stands in its place", p.commit, p.version.Commit)
	case p.policy.Starts == policy.StartTag:
		d.Message += fmt.Sprintf("; its tag moved from commit %.12s to %.12s", p.commit, p.version.Commit)
		d.Hint = fmt.Sprintf("put the tag back: git tag -f TAG %.12s", p.commit)
	default:
		d.Message += fmt.Sprintf("; commit %.12s changed it", p.version.Commit)
	}
	return d
}

// movedCommit says why the same text is published by another commit now. A
// commit that does hold the text may be pinned: a file that was moved before
// its version took effect has two.
func (w *workspace) movedCommit(p pinned) []*policy.Diagnostic {
	d := &policy.Diagnostic{
		Rule:    "history-rewritten",
		Message: fmt.Sprintf("%s was published by commit %.12s, which is gone: the history was rewritten, and %.12s holds the same text", p.ref, p.commit, p.version.Commit),
		Hint:    "restore the history; if it was rewritten on purpose, take the line out and run `codicil verify --update`",
	}
	switch {
	case p.gone:
	case p.policy.Starts == policy.StartTag:
		d.Rule = "tag-moved"
		d.Message = fmt.Sprintf("the tag of %s stood at commit %.12s and stands at %.12s now, with the same text", p.ref, p.commit, p.version.Commit)
		d.Hint = fmt.Sprintf("put the tag back: git tag -f TAG %.12s", p.commit)
	case w.holds(p):
		return nil
	default:
		d.Rule = "pinned-commit"
		d.Message = fmt.Sprintf("%s is pinned to commit %.12s, which does not hold its text: %.12s does", p.ref, p.commit, p.version.Commit)
		d.Hint = "restore the line from the history of this file: git log -p " + sumName
	}
	return []*policy.Diagnostic{d}
}

// holds tells whether the pinned commit has the pinned text, at any path that
// the policy had.
func (w *workspace) holds(p pinned) bool {
	for _, v := range p.policy.Versions {
		src, err := w.repo.ReadAt(p.commit, v.Path)
		if digest := sha256.Sum256(src); err == nil && hex.EncodeToString(digest[:]) == p.sha256 {
			return true
		}
	}
	return false
}

// unpinned reports versions without a line that are older than one with a
// line: those were pinned once, or should have been.
func (w *workspace) unpinned(pins []pinned) []*policy.Diagnostic {
	has := make(map[*policy.Version]bool)
	for _, p := range pins {
		has[p.version] = true
	}
	var found []*policy.Diagnostic
	for _, p := range w.history.Policies {
		newer := false
		for _, v := range p.Versions {
			if newer = newer || has[v]; newer && !has[v] {
				found = append(found, &policy.Diagnostic{
					File: w.sumPath(), Line: 1, Column: 1, Level: policy.Error, Rule: "pin-missing",
					Message: fmt.Sprintf("%s is not pinned, though a later version is: its line was taken out, or the version slipped in", p.Ref(v)),
					Hint:    "look for the line with: git log -p " + sumName + "; `codicil verify --update` pins it as it is now",
				})
			}
		}
	}
	return found
}

// removedPins compares codicil.sum with every state of it that was committed:
// what was pinned once stays pinned.
func (w *workspace) removedPins() ([]*policy.Diagnostic, error) {
	lines, err := w.readSum()
	if err != nil || w.history.Head == "" {
		return nil, err
	}
	now := make(map[string]bool)
	for _, line := range lines {
		now[line.ref] = true
	}
	texts, err := w.repo.Texts("", w.sumPath())
	if err != nil {
		return nil, err
	}
	var found []*policy.Diagnostic
	for _, text := range texts {
		old, err := parseSum(w.sumPath(), text)
		if err != nil {
			continue // a state that could not be read pinned nothing
		}
		for _, line := range old {
			if !now[line.ref] {
				now[line.ref] = true
				found = append(found, &policy.Diagnostic{
					File: w.sumPath(), Line: 1, Column: 1, Level: policy.Error, Rule: "pin-removed",
					Message: fmt.Sprintf("the line of %s was taken out: %s", line.ref, line),
					Hint:    "put the line back",
				})
			}
		}
	}
	return found, nil
}
