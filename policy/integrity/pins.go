package integrity

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// pinned is a line of codicil.sum beside what the history has for it.
type pinned struct {
	Pin
	policy  *policy.Policy  // nil when the history has none of that name
	version *policy.Version // nil when the history has none of that label
	gone    bool            // the pinned commit is not in the history of the head
	beside  bool            // it is, and not on the published line
}

// Changed returns how the pins differ from the history.
func (c *Checker) Changed() ([]*policy.Diagnostic, error) {
	if len(c.Pins) == 0 {
		return nil, nil
	}
	pins, err := c.match()
	if err != nil {
		return nil, err
	}
	var found []*policy.Diagnostic
	for _, p := range pins {
		for _, fault := range c.pinFaults(p) {
			fault.File, fault.Line, fault.Column, fault.Level = c.File, p.Line, 1, policy.Error
			found = append(found, fault)
		}
	}
	return append(found, c.unpinned(pins)...), nil
}

// match finds the version of every line, and the commits that are gone.
func (c *Checker) match() ([]pinned, error) {
	policies, versions := c.byName()
	pins := make([]pinned, len(c.Pins))
	var others []string // commits that are not those of the history: nearly always none
	for i, line := range c.Pins {
		id, _, _ := strings.Cut(line.Ref, "@")
		pins[i] = pinned{Pin: line, policy: policies[id], version: versions[line.Ref]}
		if v := pins[i].version; v == nil || v.Commit != line.Commit {
			others = append(others, line.Commit)
		}
	}
	if len(others) == 0 {
		return pins, nil
	}
	lost, err := c.Repository.Unreachable("", others)
	if err != nil {
		return nil, err
	}
	beside, err := c.Repository.Beside(others)
	for i := range pins {
		pins[i].gone = slices.Contains(lost, pins[i].Commit)
		pins[i].beside = slices.Contains(beside, pins[i].Commit) && !pins[i].gone
	}
	return pins, err
}

// byName finds policies and versions by the words that stand for them in a line.
func (c *Checker) byName() (map[string]*policy.Policy, map[string]*policy.Version) {
	policies, versions := make(map[string]*policy.Policy), make(map[string]*policy.Version)
	for _, p := range c.Policies {
		policies[OneWord(p.ID)] = p
		for _, v := range p.Versions {
			if ref := OneWord(p.Ref(v)); versions[ref] == nil {
				versions[ref] = v
			}
		}
	}
	for _, p := range c.Policies {
		c.byAlias(p, policies, versions)
	}
	return policies, versions
}

// byAlias adds the names that a policy had before: its versions were pinned under
// them.
func (c *Checker) byAlias(p *policy.Policy, policies map[string]*policy.Policy, versions map[string]*policy.Version) {
	for _, alias := range p.Aliases {
		if policies[OneWord(alias)] != nil {
			continue
		}
		policies[OneWord(alias)] = p
		for _, v := range p.Versions {
			if ref := OneWord(alias + "@" + v.Label); versions[ref] == nil {
				versions[ref] = v
			}
		}
	}
}

// Lacked names the pinned versions that the history does not show, up to ten.
func (c *Checker) Lacked() []string {
	const most = 10
	_, versions := c.byName()
	var list []string
	for _, pin := range c.Pins {
		if versions[pin.Ref] == nil && len(list) < most {
			list = append(list, pin.Ref)
		}
	}
	return list
}

// pinFaults names what is no longer as it was pinned.
func (c *Checker) pinFaults(p pinned) []*policy.Diagnostic {
	v := p.version
	if v == nil {
		return []*policy.Diagnostic{p.missing()}
	}
	if c.postponed(p) {
		return nil
	}
	var found []*policy.Diagnostic
	if v.SHA256 != p.SHA256 {
		found = append(found, p.changedText())
	}
	if v.Effective.String() != p.Effective {
		found = append(found, &policy.Diagnostic{
			Rule:    "effective-date-changed",
			Message: fmt.Sprintf("%s was published as effective on %s, but now says %s", p.Ref, p.Effective, v.Effective),
			Hint:    "a date that was announced must not change: restore it, and publish the new date under a new `version`",
		})
	}
	if len(found) > 0 || v.Commit == p.Commit {
		return found
	}
	return c.movedCommit(p)
}

// missing is a version that was pinned and is in the history no more.
func (p pinned) missing() *policy.Diagnostic {
	d := &policy.Diagnostic{
		Rule:    "version-missing",
		Message: fmt.Sprintf("%s was published, but is no longer in the history", p.Ref),
		Hint:    "restore the commits that published it; a version once published stays",
	}
	if p.gone {
		d.Message += fmt.Sprintf(": it was rewritten, and commit %.12s is gone", p.Commit)
	}
	if p.policy != nil {
		for _, v := range p.policy.Versions {
			if v.SHA256 == p.SHA256 {
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
		Message: fmt.Sprintf("%s was published with sha256 %s, but its text now has %s", p.Ref, p.SHA256, p.version.SHA256),
		Hint:    "a published text must not change: restore it, and publish the change under a new `version`",
	}
	switch {
	case p.version.Commit == p.Commit:
		d.Message += fmt.Sprintf("; commit %.12s cannot have changed, so this line was", p.Commit)
		d.Hint = "restore the line from the history of this file: git log -p " + SumName
	case p.gone:
		d.Message += fmt.Sprintf("; the history was rewritten: commit %.12s is gone, %.12s is in its place", p.Commit, p.version.Commit)
	case p.policy.Starts == policy.StartTag:
		d.Message += fmt.Sprintf("; its tag moved from commit %.12s to %.12s", p.Commit, p.version.Commit)
		d.Hint = fmt.Sprintf("put the tag back: git tag -f TAG %.12s", p.Commit)
	case p.version.Commit == policy.NoCommit:
		d.Message += "; this change would alter it"
	default:
		d.Message += fmt.Sprintf("; commit %.12s changed it", p.version.Commit)
	}
	return d
}

// movedCommit says why the same text is published by another commit now. A
// commit that does hold the text may be pinned: a file that was moved before
// its version took effect has two.
func (c *Checker) movedCommit(p pinned) []*policy.Diagnostic {
	d := &policy.Diagnostic{
		Rule:    "history-rewritten",
		Message: fmt.Sprintf("%s was published by commit %.12s, which is gone: the history was rewritten, and %.12s holds the same text", p.Ref, p.Commit, p.version.Commit),
		Hint: fmt.Sprintf("restore the history; if it was rewritten on purpose, take the line out, run `codicil verify --update`, and put %.12s on record under `acknowledge:` in codicil.yaml",
			p.Commit),
	}
	switch {
	case p.gone:
	case p.policy.Starts == policy.StartTag:
		d.Rule = "tag-moved"
		d.Message = fmt.Sprintf("the tag of %s was at commit %.12s and is at %.12s now, with the same text", p.Ref, p.Commit, p.version.Commit)
		d.Hint = fmt.Sprintf("put the tag back: git tag -f TAG %.12s", p.Commit)
	case c.holds(p) && !c.replaced(p):
		return nil
	case c.holds(p):
		d.Rule = "pinned-commit"
		d.Message = fmt.Sprintf("%s was published by commit %.12s, which is not on the published line any more: %.12s holds the same text there", p.Ref, p.Commit, p.version.Commit)
		d.Hint = fmt.Sprintf("another line of commits was put in the place of the published one: restore it, or name it in codicil.yaml: `versions: {mainline: [%.12s]}`", p.Commit)
	default:
		d.Rule = "pinned-commit"
		d.Message = fmt.Sprintf("%s is pinned to commit %.12s, which does not hold its text: %.12s does", p.Ref, p.Commit, p.version.Commit)
		d.Hint = "restore the line from the history of this file: git log -p " + SumName
	}
	return []*policy.Diagnostic{d}
}

// replaced tells whether the line of commits that a version was pinned on is
// another now. A pin that was written on a branch names a commit of it: that one
// came in with the commit that published the version.
func (c *Checker) replaced(p pinned) bool {
	if !p.beside || p.version.Commit == policy.NoCommit {
		return false
	}
	lost, err := c.Repository.Unreachable(p.version.Commit, []string{p.Commit})
	return err == nil && len(lost) > 0
}

// holds tells whether the pinned commit has the pinned text, at any path that
// the policy had.
func (c *Checker) holds(p pinned) bool {
	for _, v := range p.policy.Versions {
		src, err := c.Repository.ReadAt(p.Commit, v.Path)
		if digest := sha256.Sum256(src); err == nil && hex.EncodeToString(digest[:]) == p.SHA256 {
			return true
		}
	}
	return false
}

// unpinned reports versions without a line that are older than one with a
// line: those were pinned once, or should have been.
func (c *Checker) unpinned(pins []pinned) []*policy.Diagnostic {
	has := make(map[*policy.Version]bool)
	for _, p := range pins {
		has[p.version] = true
	}
	var found []*policy.Diagnostic
	for _, p := range c.Policies {
		newer := false
		for _, v := range p.Versions {
			if newer = newer || has[v]; newer && !has[v] && !v.Front.Draft {
				found = append(found, &policy.Diagnostic{
					File: c.File, Line: 1, Column: 1, Level: policy.Error, Rule: "pin-missing",
					Message: fmt.Sprintf("%s is not pinned, though a later version is: its line was taken out, or the version slipped in", p.Ref(v)),
					Hint:    "look for the line with: git log -p " + SumName + "; `codicil verify --update` pins it as it is now",
				})
			}
		}
	}
	return found
}
