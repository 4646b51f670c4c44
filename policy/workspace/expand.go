package workspace

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Expanding says what becomes of texts when their sources are expanded.
type Expanding struct {
	Policies []Expanded           `json:"policies"`
	Shared   []SharedFile         `json:"shared"`
	Findings []*policy.Diagnostic `json:"findings"` // faults of sources
	Gaps     []*policy.Diagnostic `json:"gaps"`     // in the numbers of texts, which are no faults
}

// Expanded is what becomes of one text.
type Expanded struct {
	ID      string `json:"id"`
	File    string `json:"file"` // seen from the current folder
	Source  string `json:"source"`
	Changes bool   `json:"changes"` // it is not what its source makes of it
	Written bool   `json:"written"`
	Edited  bool   `json:"edited"` // by hand, and left as it is
	First   int    `json:"first_line,omitempty"`
	Last    int    `json:"last_line,omitempty"`

	from string // where its first other line comes from, as file:line
}

// ExpandHow says what may be written.
type ExpandHow struct {
	Check bool // nothing
	Force bool // also over what was edited by hand
}

// Expand writes the texts of the policies with these ids, or of all, that are made
// of a source.
func (w *Workspace) Expand(ids []string, how ExpandHow) (*Expanding, error) {
	chosen, err := w.NextTexts(ids)
	if err != nil {
		return nil, err
	}
	policies, err := w.NextTexts(nil)
	if err != nil {
		return nil, err
	}
	all, err := w.Expansions(policies)
	if err != nil {
		return nil, err
	}
	done := &Expanding{Policies: []Expanded{}, Shared: append([]SharedFile{}, w.SharedFiles(all)...), Findings: []*policy.Diagnostic{}, Gaps: []*policy.Diagnostic{}}
	for _, e := range all {
		if !slices.ContainsFunc(chosen, func(p *policy.Policy) bool { return p.Path == e.Policy.Path }) {
			continue
		}
		if len(e.Result.Faults) > 0 {
			done.Findings = append(done.Findings, e.Result.Faults...)
			continue
		}
		one, err := w.expandOne(e, how)
		if err != nil {
			return nil, err
		}
		done.Policies = append(done.Policies, one)
		done.Gaps = append(done.Gaps, e.Result.Gaps(one.File, e.Src)...)
	}
	done.Findings = policy.Once(done.Findings)
	return done, nil
}

// expandOne writes the text of one policy, if it differs and may be written.
func (w *Workspace) expandOne(e *Expansion, how ExpandHow) (Expanded, error) {
	one := Expanded{ID: e.Policy.ID, File: w.PathOf(e.Policy), Source: e.Result.Source, Changes: !e.Same()}
	if !one.Changes {
		return one, nil
	}
	if d := e.Result.Difference(e.Src); d != nil {
		one.First, one.Last = d.First, max(d.First, d.Last)
		one.from = fmt.Sprintf("%s:%d", d.From.File, d.From.Line)
	}
	one.Edited = !how.Force && w.Edited(e)
	if one.Written = !how.Check && !one.Edited; !one.Written {
		return one, nil
	}
	return one, w.WriteExpansion(e)
}

// Left reports whether something is not as it should be: a fault, or a text that
// was not written.
func (d *Expanding) Left() bool {
	return len(d.Findings) > 0 || slices.ContainsFunc(d.Policies, func(p Expanded) bool { return p.Changes && !p.Written })
}

// Moved lists the policies whose text is another then.
func (d *Expanding) Moved() []string {
	var ids []string
	for _, p := range d.Policies {
		if p.Changes && !p.Edited {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// Write tells people which texts are others, and which policies each shared file
// is part of.
func (d *Expanding) Write(out io.Writer) {
	from := func(file string) bool {
		return slices.ContainsFunc(d.Policies, func(p Expanded) bool { return p.Changes && strings.HasPrefix(p.from, file+":") })
	}
	for _, p := range d.Policies {
		switch {
		case !p.Changes:
		case p.Edited:
			fmt.Fprintf(out, "%s:%d: was edited by hand, and is left as it is\n", p.File, p.First)
			fmt.Fprintf(out, "  hint: bring the edit into %s, or write over it with --force\n", p.from)
		case p.Written:
			fmt.Fprintf(out, "wrote %s: other from line %d on, from %s\n", p.File, p.First, p.from)
		default:
			fmt.Fprintf(out, "%s:%d: would be written anew, from %s\n", p.File, p.First, p.from)
		}
	}
	for _, s := range d.Shared {
		if s.Changed && len(d.Moved()) > 0 || from(s.File) {
			fmt.Fprintf(out, "%s is part of %s: %s\n", s.File, policy.Plural(len(s.Policies), "policy", "policies"), strings.Join(s.Policies, ", "))
		}
	}
}

// SourceText is the source of a version, or what it makes of it again.
type SourceText struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Commit string `json:"commit"`
	Path   string `json:"path"`
	SHA256 string `json:"sha256"` // of the published text
	Source string `json:"source"`
	Parts  []Part `json:"parts"`
	Same   bool   `json:"same"` // what the source makes is the published text, byte for byte
	Text   string `json:"text"`

	differs int // the first line that is another
}

// SourceText reads the source of a version as its commit has it, and makes the text
// again; the text that it shows is the one or the other.
func (w *Workspace) SourceText(p *policy.Policy, v *policy.Version, expanded bool) (*SourceText, error) {
	e, err := w.ExpansionOf(p, v)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, policy.Hinted(fmt.Errorf("%s is made of no source: its text was published as it was written", p.Ref(v)), "`codicil show "+p.Ref(v)+"` shows it")
	}
	s := &SourceText{ID: p.ID, Label: v.Label, Commit: v.Commit, Path: v.Path, SHA256: v.SHA256, Source: e.Result.Source, Parts: e.Parts(), Same: e.Same()}
	s.Text = string(e.Result.Parts[e.Result.Source])
	if len(e.Result.Faults) > 0 {
		if expanded || s.Text == "" {
			return nil, e.Result.Faults[0]
		}
		return s, nil
	}
	if d := e.Result.Difference(e.Src); d != nil {
		s.differs = d.First
	}
	if expanded {
		s.Text = string(e.Whole())
	}
	return s, nil
}

// Says tells people what the text was made of, and whether it is what was
// published.
func (s *SourceText) Says() []string {
	var lines []string
	for _, part := range s.Parts {
		lines = append(lines, fmt.Sprintf("made of %s at %.12s, sha256 %s", part.File, s.Commit, part.SHA256))
	}
	switch {
	case s.Same:
		lines = append(lines, fmt.Sprintf("%s@%s is what git makes of it again, byte for byte: sha256 %s", s.ID, s.Label, s.SHA256))
	case s.differs > 0:
		lines = append(lines, fmt.Sprintf("%s@%s was published with another text, from line %d on", s.ID, s.Label, s.differs))
	default:
		lines = append(lines, fmt.Sprintf("%s@%s cannot be made again of it", s.ID, s.Label))
	}
	return lines
}
