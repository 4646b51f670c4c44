package review

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/expand"
)

// Sources makes the bodies of policies anew from the texts that they share.
type Sources interface {
	// Now expands the source of a text as the work tree has it; nil where it has none.
	Now(file string, src []byte, front policy.FrontMatter) *expand.Result

	// Before does so with what is published, and returns the text it is made for;
	// nil where there was none.
	Before(p *policy.Policy) (src []byte, r *expand.Result)

	// Idle names values that no text uses, and conditions that none meets.
	Idle(all []*expand.Result) []*policy.Diagnostic
}

// expanded holds the body of a text against what its source makes of it.
func (r *Reviewer) expanded(c Candidate, doc *policy.Document, before *policy.Policy, reviewed *Reviewed) error {
	if r.Sources == nil || doc == nil {
		return nil
	}
	made := r.Sources.Now(c.Policy.Path, c.Source, doc.Front)
	reviewed.Expanded = made
	if made == nil {
		return nil
	}
	if len(made.Faults) > 0 {
		reviewed.Findings = append(reviewed.Findings, made.Faults...)
		return nil
	}
	if reviewed.Differs = made.Difference(c.Source); reviewed.Differs == nil {
		return nil
	}
	d := notExpanded(c.Policy, reviewed.Differs)
	var published []byte
	var was *expand.Result
	if before != nil {
		published, was = r.Sources.Before(before)
	}
	switch same := published != nil && bytes.Equal(expand.Body(published), expand.Body(c.Source)); {
	case same && r.Based && was != nil && was.Text != nil && bytes.Equal(was.Text, made.Text):
		pass(d) // it was so before
	case same:
		d.Message = "the source has changed and this text has not: " + d.Message
		d.Hint = fmt.Sprintf("run `codicil expand %s`, and give the policy a version of its own", c.Policy.ID)
	}
	reviewed.Findings = append(reviewed.Findings, d)
	return nil
}

// notExpanded says where a text leaves its source.
func notExpanded(p *policy.Policy, differs *expand.Difference) *policy.Diagnostic {
	from := fmt.Sprintf("%s:%d", differs.From.File, differs.From.Line)
	message := fmt.Sprintf("%s makes of this line %s", from, quoted(differs.Should))
	switch {
	case len(differs.Should) == 0:
		message = fmt.Sprintf("%s is not in %s", quoted(differs.Is), differs.From.File)
	case len(differs.Is) == 0:
		message = fmt.Sprintf("%s has %s here", from, quoted(differs.Should))
	}
	return &policy.Diagnostic{
		File: p.Path, Line: differs.First, Column: 1, Level: policy.Error, Rule: "not-expanded", Message: message,
		Hint: fmt.Sprintf("bring an edit that is meant to stay into %s; then run `codicil expand %s`", from, p.ID),
	}
}

// quoted shows the first line of several that has words.
func quoted(list []string) string {
	for _, line := range list {
		if line = strings.TrimSpace(line); line != "" {
			if runes := []rune(line); len(runes) > 80 {
				line = string(runes[:80]) + "…"
			}
			return fmt.Sprintf("%q", line)
		}
	}
	return "an empty line"
}

// traced says of a finding about a line that comes from a source where it is to
// be mended.
func traced(src []byte, reviewed *Reviewed) {
	made := reviewed.Expanded
	if made == nil || made.Text == nil || made.Difference(src) != nil {
		return
	}
	_, _, first := policy.SplitFrontMatter(src)
	for _, d := range reviewed.Findings {
		if d.File != reviewed.Policy.Path || d.Line <= first {
			continue
		}
		at := made.Origin(src, d.Line)
		if d.Hint != "" {
			d.Hint += "; "
		}
		d.Hint += fmt.Sprintf("the line comes from %s:%d: mend it there", at.File, at.Line)
	}
}

// once tells each fault of a source once, whatever many policies have it.
func once(list []*Reviewed) {
	told := make(map[string]bool)
	for _, r := range list {
		r.Findings = slices.DeleteFunc(r.Findings, func(d *policy.Diagnostic) bool {
			if d.File == r.Policy.Path || !strings.HasPrefix(d.Rule, "source-") {
				return false
			}
			key := d.Error() + d.Rule
			again := told[key]
			told[key] = true
			return again
		})
	}
}

// idle names what no text of all policies uses; where one has faults, that is not
// known.
func (r *Reviewer) idle(list []*Reviewed) []*policy.Diagnostic {
	var all []*expand.Result
	for _, p := range list {
		if p.Expanded == nil {
			continue
		}
		if len(p.Expanded.Faults) > 0 {
			return nil
		}
		all = append(all, p.Expanded)
	}
	if len(all) == 0 {
		return nil
	}
	return r.Sources.Idle(all)
}

// Shared is a file that several policies are made of, and that changed.
type Shared struct {
	File     string     `json:"file"`
	Policies []SharedBy `json:"policies"`
}

// SharedBy is a policy that a shared file is part of.
type SharedBy struct {
	ID    string `json:"id"`
	Says  string `json:"says"` // what becomes of it, in a few words
	Moves bool   `json:"moves"`
}

// shared lists the sources that are not what they were when the policies were
// published, with all the policies that each is part of.
func (r *Reviewer) shared(list []*Reviewed) []*Shared {
	if r.Sources == nil {
		return nil
	}
	was, users := make(map[string][]byte), make(map[string][]*Reviewed)
	now := make(map[string][]byte)
	note := func(made *expand.Result, user *Reviewed, texts map[string][]byte) {
		if made == nil {
			return
		}
		for file, text := range made.Parts {
			texts[file] = text
			if !slices.Contains(users[file], user) {
				users[file] = append(users[file], user)
			}
		}
	}
	for _, p := range list {
		note(p.Expanded, p, now)
		if before := r.counterpart(r.Published, p.Policy); before != nil {
			_, made := r.Sources.Before(before)
			note(made, p, was)
		}
	}
	var found []*Shared
	for _, file := range slices.Sorted(maps.Keys(users)) {
		if _, known := was[file]; len(was) == 0 || known && bytes.Equal(was[file], now[file]) {
			continue
		}
		s := &Shared{File: file}
		for _, p := range users[file] {
			s.Policies = append(s.Policies, sharedBy(p))
		}
		found = append(found, s)
	}
	return found
}

// sharedBy says what a change of a source makes of a policy.
func sharedBy(p *Reviewed) SharedBy {
	has := func(rule string) bool {
		return slices.ContainsFunc(p.Findings, func(d *policy.Diagnostic) bool { return d.Rule == rule && d.Level == policy.Error })
	}
	by := SharedBy{ID: p.Policy.ID, Moves: true}
	switch {
	case has("not-expanded"):
		by.Says = "is not expanded yet, and needs a version of its own"
	case has("unlabelled-change"), has("label-reused"):
		by.Says = "reads otherwise, and needs a version of its own"
	case p.Notice != nil:
		by.Says = fmt.Sprintf("becomes %s, %s, effective %s", p.Notice.Label, p.Notice.Severity, p.Notice.Effective)
	case p.Expanded != nil && len(p.Expanded.Faults) > 0:
		by.Says = "cannot be expanded"
	default:
		by.Says, by.Moves = "reads as before", false
	}
	return by
}

// String writes the list as people read it.
func (s *Shared) String() string {
	move := 0
	for _, p := range s.Policies {
		if p.Moves {
			move++
		}
	}
	if len(s.Policies) == 1 {
		return s.File + " is part of 1 policy"
	}
	return fmt.Sprintf("%s is part of %d policies, of which %d read otherwise; each has versions of its own", s.File, len(s.Policies), move)
}
