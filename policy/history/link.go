package history

import (
	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// warnOfLinks warns of symbolic links where policies are looked for. A link
// has no history of its own, and may lead out of the repository: its text is
// not read.
func (b *builder) warnOfLinks(head plumbing.Hash) error {
	c, err := b.store.readCommit(head)
	if err != nil {
		return err
	}
	l := linker{store: b.store, want: b.choose.want, without: make(map[plumbing.Hash]bool)}
	if err := l.look("", c.tree); err != nil {
		return err
	}
	crowded := func(string) bool { return false }
	for _, file := range l.found {
		if b.choose.policy(file, crowded) {
			b.warnings = append(b.warnings, &policy.Diagnostic{
				File: file, Line: 1, Column: 1, Level: policy.Warning, Rule: "symlink",
				Message: "this is a symbolic link: it is not published",
				Hint:    "put the text itself here, or name the file that it leads to in `policies`",
			})
		}
	}
	b.warnOfFormats(l.foreign)
	return nil
}

// mostLinks is how many symbolic links are named: a few folders that are in
// each other can hold any number.
const mostLinks = 1000

// linker looks for the symbolic links of interest below a tree.
type linker struct {
	store   *store
	want    func(name string) bool
	without map[plumbing.Hash]bool // folders without any
	found   []string
	foreign []string // files in other formats than Markdown
}

func (l *linker) look(prefix string, tree plumbing.Hash) error {
	if l.without[tree] || len(l.found)+len(l.foreign) >= mostLinks || len(prefix) > mostPath {
		return nil
	}
	raw, err := l.store.readTree(tree)
	if err != nil {
		return err
	}
	before := len(l.found) + len(l.foreign)
	for len(raw) > 0 {
		e, err := parseEntry(raw)
		if err != nil {
			return err
		}
		raw = raw[e.size:]
		switch name := prefix + string(e.name); {
		case e.isTree():
			if err := l.look(name+"/", e.id); err != nil {
				return err
			}
		case e.isLink() && l.want(string(e.name)):
			l.found = append(l.found, name)
		case e.isFile() && formatOf(name) != "":
			l.foreign = append(l.foreign, name)
		}
	}
	l.without[tree] = len(l.found)+len(l.foreign) == before
	return nil
}
