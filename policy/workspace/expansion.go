package workspace

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/expand"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// configFiles are the places where a state of the repository may have its
// configuration, in the order in which they are looked for.
func (w *Workspace) configFiles() []string {
	beside := config.Name // also where the work tree has none any more
	if w.Config.File != "" {
		beside = filepath.Base(w.Config.File)
	}
	return []string{path.Join(w.base, beside), config.Name, path.Join("content", config.Name)}
}

// state is one state of the repository: a commit, or the work tree.
type state struct {
	read     expand.Read
	file     string // of the configuration, from the root; empty where there is none
	src      []byte
	settings expand.Settings
}

// stateOf reads the values that a state gives to names. What else stands in its
// configuration is of no account: an older one may have keys that are gone.
func (w *Workspace) stateOf(read expand.Read) (*state, error) {
	s := &state{read: read}
	for _, file := range w.configFiles() {
		src, err := read(file)
		if err != nil {
			continue
		}
		s.file, s.src = file, src
		return s, policy.UnmarshalYAML(file, 1, src, false, &s.settings)
	}
	return s, nil
}

// workState is the state of the work tree.
func (w *Workspace) workState() (*state, error) {
	return w.stateOf(func(file string) ([]byte, error) {
		if w.Repo.Root() == "" {
			return nil, fs.ErrNotExist
		}
		return worktree.Read(w.Repo.Root(), filepath.Join(w.Repo.Root(), filepath.FromSlash(file)), expand.MaxFile)
	})
}

// stateAt is the state of a commit. Each of its files is read once.
func (w *Workspace) stateAt(commit string) (*state, error) {
	type answer struct {
		text []byte
		err  error
	}
	known := make(map[string]answer)
	return w.stateOf(func(file string) ([]byte, error) {
		a, found := known[file]
		if !found {
			a.text, a.err = w.Repo.ReadAt(commit, file)
			known[file] = a
		}
		return a.text, a.err
	})
}

func (s *state) expand(file string, src []byte, front policy.FrontMatter) *expand.Result {
	return s.settings.Expand(file, src, front, s.read)
}

// sources gives a review the bodies that sources make.
type sources struct {
	work, published *state
}

// sources reads the values of the work tree, and of the commit that is published;
// empty for none.
func (w *Workspace) sources(published string) (*sources, error) {
	work, err := w.workState()
	if err != nil {
		return nil, err
	}
	s := &sources{work: work, published: &state{read: func(string) ([]byte, error) { return nil, fs.ErrNotExist }}}
	if published == "" || published == policy.NoCommit {
		return s, nil
	}
	if then, err := w.stateAt(published); err == nil { // a configuration that was broken once gives no values
		s.published = then
	}
	return s, nil
}

// Now expands the source of a text as the work tree has it.
func (s *sources) Now(file string, src []byte, front policy.FrontMatter) *expand.Result {
	return s.work.expand(file, src, front)
}

// Before expands that of the published text.
func (s *sources) Before(p *policy.Policy) ([]byte, *expand.Result) {
	src, err := s.published.read(p.Path)
	if err != nil {
		return nil, nil
	}
	front, ok := policy.FrontOf(p.Path, src)
	if !ok {
		return nil, nil
	}
	return src, s.published.expand(p.Path, src, front)
}

// Idle names what the configuration of the work tree gives to no text.
func (s *sources) Idle(all []*expand.Result) []*policy.Diagnostic {
	return s.work.settings.Unused(s.work.file, s.work.src, all)
}

// Expansion is the text of a policy beside what its source makes of it.
type Expansion struct {
	Policy *policy.Policy
	Src    []byte // the text, as the work tree or git has it
	Result *expand.Result
}

// Whole is the whole text that the source makes.
func (e *Expansion) Whole() []byte { return e.Result.Written(e.Src) }

// Same reports whether the text is, byte for byte, what its source makes of it;
// but for the line ends that git may write in a work tree.
func (e *Expansion) Same() bool {
	return len(e.Result.Faults) == 0 && bytes.Equal(e.Whole(), plainEnds(e.Src))
}

// Expansions expands the sources of those policies that have one, as the work
// tree has them.
func (w *Workspace) Expansions(policies []*policy.Policy) ([]*Expansion, error) {
	s, err := w.workState()
	if err != nil {
		return nil, err
	}
	var list []*Expansion
	for _, p := range policies {
		src, err := w.WorkTree(p)
		if err != nil {
			return nil, err
		}
		front, found := frontOf(p.Path, src)
		if !found {
			continue
		}
		if made := s.expand(p.Path, src, front); made != nil {
			list = append(list, &Expansion{p, src, made})
		}
	}
	return list, nil
}

// ExpansionOf expands the source of a version as its commit has it; nil where the
// version has none.
func (w *Workspace) ExpansionOf(p *policy.Policy, v *policy.Version) (*Expansion, error) {
	if expand.Named(v.Front) == "" {
		return nil, nil
	}
	src, err := w.Repo.Text(v)
	if err != nil {
		return nil, err
	}
	s, err := w.stateAt(v.Commit)
	if err != nil {
		return nil, err
	}
	return &Expansion{p, src, s.expand(v.Path, src, v.Front)}, nil
}

// Unexpanded names the versions whose text git does not make again of their
// source, the newest of each policy as an error: it can be mended by the next.
func (w *Workspace) Unexpanded() ([]*policy.Diagnostic, error) {
	var found []*policy.Diagnostic
	for _, p := range w.History.Policies {
		for i, v := range p.Versions {
			e, err := w.ExpansionOf(p, v)
			if err != nil {
				return nil, err
			}
			if e == nil || e.Same() {
				continue
			}
			d := &policy.Diagnostic{File: v.Path, Line: 1, Column: 1, Level: policy.Warning, Rule: "not-expanded",
				Message: p.Ref(v) + " is not what its source at " + v.Commit[:12] + " makes of it",
				Hint:    "`codicil show " + p.Ref(v) + " --expanded` shows what it makes; the published text stands as it is"}
			if i == 0 {
				d.Level, d.Hint = policy.Error, "run `codicil expand "+p.ID+"`, and publish the text under a new version"
			}
			found = append(found, d)
		}
	}
	return found, nil
}

// withoutSources leaves out those of some policies that others are made of.
func (w *Workspace) withoutSources(list []*policy.Policy) ([]*policy.Policy, error) {
	if len(list) == 0 {
		return list, nil
	}
	s, err := w.workState()
	if err != nil {
		return list, nil // what is wrong with the configuration is told by those who read it
	}
	var named []string
	for _, p := range slices.Concat(w.History.Policies, list) {
		src, err := s.read(p.Path)
		if err != nil {
			continue
		}
		front, _ := frontOf(p.Path, src)
		if source := expand.Of(p.Path, front); source != "" {
			named = append(named, source)
		}
	}
	if len(named) == 0 {
		return list, nil
	}
	reached := expand.Included(named, s.read)
	return slices.DeleteFunc(list, func(p *policy.Policy) bool {
		return slices.Contains(reached, p.Path) && len(p.Versions) == 0
	}), nil
}

// SharedFile is a file that policies are made of.
type SharedFile struct {
	File     string   `json:"file"`
	Policies []string `json:"policies"` // ids of all that it is part of
	Changed  bool     `json:"changed"`  // since the last commit
}

// SharedFiles lists the files that some policies are made of, each once.
func (w *Workspace) SharedFiles(list []*Expansion) []SharedFile {
	users, texts := make(map[string][]string), make(map[string][]byte)
	for _, e := range list {
		for file, text := range e.Result.Parts {
			users[file], texts[file] = append(users[file], e.Policy.ID), text
		}
	}
	var found []SharedFile
	for _, file := range slices.Sorted(maps.Keys(users)) {
		committed, err := w.Repo.ReadAt("HEAD", file)
		changed := err != nil || !bytes.Equal(plainEnds(committed), plainEnds(texts[file]))
		found = append(found, SharedFile{file, slices.Sorted(slices.Values(users[file])), changed})
	}
	return found
}

func plainEnds(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// Edited reports whether the body of a text is neither that of the last commit nor
// one that was written here by WriteExpansion: then somebody's words would be lost.
func (w *Workspace) Edited(e *Expansion) bool {
	body := bytes.TrimSpace(expand.Body(e.Src))
	if len(body) == 0 {
		return false
	}
	committed, err := w.Repo.ReadAt("HEAD", e.Policy.Path)
	if err == nil && bytes.Equal(bytes.TrimSpace(expand.Body(committed)), body) {
		return false
	}
	written, _ := os.ReadFile(w.writtenFile())
	return !bytes.Contains(written, []byte(review.Digest(body)+"\n"))
}

// writtenFile keeps the digests of the bodies that were written here. Where it is
// lost, a body that no commit has counts as edited by hand.
func (w *Workspace) writtenFile() string {
	folder := indexFolder(w.Repo.Root())
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "expanded")
}

// maxWritten is how many digests are kept, in bytes.
const maxWritten = 64 << 10

// WriteExpansion writes what its source makes of a policy into the work tree.
func (w *Workspace) WriteExpansion(e *Expansion) error {
	whole := e.Whole()
	if err := worktree.Write(filepath.Join(w.Repo.Root(), filepath.FromSlash(e.Policy.Path)), whole); err != nil {
		return err
	}
	if w.writtenFile() == "" {
		return nil
	}
	before, _ := os.ReadFile(w.writtenFile())
	kept := append([]byte(review.Digest(bytes.TrimSpace(expand.Body(whole)))+"\n"), before...)
	_ = os.MkdirAll(filepath.Dir(w.writtenFile()), 0o755)
	// A digest that cannot be kept costs a question, and no words.
	_ = worktree.Write(w.writtenFile(), kept[:min(len(kept), maxWritten)])
	return nil
}

// FollowSources writes the body of each policy anew whose source was saved, but
// for one that is empty at the moment or has faults, and for bodies that somebody
// edited.
func (w *Workspace) FollowSources() error {
	policies, err := w.NextTexts(nil)
	if err != nil {
		return err
	}
	list, err := w.Expansions(policies)
	if err != nil {
		return err
	}
	for _, e := range list {
		if len(e.Result.Faults) > 0 || e.Same() || len(bytes.TrimSpace(e.Result.Text)) == 0 || w.Edited(e) {
			continue
		}
		if err := w.WriteExpansion(e); err != nil {
			return err
		}
	}
	return nil
}

// SourceOf returns the path of the source that a text names; empty where it names
// none.
func SourceOf(file string, src []byte) string {
	front, _ := frontOf(file, src)
	return expand.Of(file, front)
}

// frontOf reads the front matter of a text that may name a source; most have none,
// and are not parsed for it. What is wrong with a text is for the review to say.
func frontOf(file string, src []byte) (policy.FrontMatter, bool) {
	if head, _, _ := policy.SplitFrontMatter(src); !bytes.Contains(head, []byte("source")) {
		return policy.FrontMatter{}, false
	}
	doc, _ := policy.Parse(file, src)
	if doc == nil {
		return policy.FrontMatter{}, false
	}
	return doc.Front, true
}

// Part is a file that a text is made of.
type Part struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// Parts lists the source and the files that it brings in, in order of path.
func (e *Expansion) Parts() []Part {
	list := []Part{}
	for _, file := range e.Result.Files() {
		list = append(list, Part{file, review.Digest(e.Result.Parts[file])})
	}
	return list
}
