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
	links, err := b.store.links("", c.tree, b.choose.want)
	if err != nil {
		return err
	}
	crowded := func(string) bool { return false }
	for _, file := range links {
		if b.choose.policy(file, crowded) {
			b.warnings = append(b.warnings, &policy.Diagnostic{
				File: file, Line: 1, Column: 1, Level: policy.Warning, Rule: "symlink",
				Message: "this is a symbolic link: it is not published",
				Hint:    "put the text itself here, or name the file that it leads to in `policies`",
			})
		}
	}
	return nil
}

// links lists the symbolic links of interest below a tree.
func (s *store) links(prefix string, tree plumbing.Hash, want func(string) bool) ([]string, error) {
	raw, err := s.read(plumbing.TreeObject, tree)
	if err != nil {
		return nil, err
	}
	var found []string
	for len(raw) > 0 {
		e, err := parseEntry(raw)
		if err != nil {
			return nil, err
		}
		raw = raw[e.size:]
		switch name := prefix + string(e.name); {
		case e.isTree():
			below, err := s.links(name+"/", e.id, want)
			if err != nil {
				return nil, err
			}
			found = append(found, below...)
		case string(e.mode) == "120000" && want(string(e.name)):
			found = append(found, name)
		}
	}
	return found, nil
}
