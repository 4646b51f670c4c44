package config

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
)

// Theme are the files that change how the site looks.
type Theme struct {
	Logo, Icon, Style *File // nil where none is named
	Templates         []File
}

// File is a file that the configuration names, read.
type File struct {
	Name string
	Data []byte
}

// Theme reads the files that change how the site looks.
func (c *Config) Theme() (l Theme, err error) {
	if l.Logo, err = c.file("site.logo", c.Site.Logo); err != nil {
		return l, err
	}
	if l.Icon, err = c.file("site.icon", c.Site.Icon); err != nil {
		return l, err
	}
	if l.Style, err = c.file("site.style", c.Site.Style); err != nil || c.Site.Templates == "" {
		return l, err
	}
	l.Templates, err = c.templates()
	return l, err
}

// file reads one file that the configuration names; nil when it names none.
func (c *Config) file(key, name string) (*File, error) {
	if name == "" {
		return nil, nil
	}
	data, err := c.Read(name, worktree.MaxAsset)
	if err != nil {
		return nil, policy.Hinted(fmt.Errorf("%s: %w", key, err), "paths are relative to "+c.File+", and lead to files of the repository")
	}
	return &File{Name: c.Path(name), Data: data}, nil
}

// templates reads the folder of the publisher's templates.
func (c *Config) templates() ([]File, error) {
	dir := c.Path(c.Site.Templates)
	entries, err := worktree.List(worktree.Root(c.Dir), dir)
	if err != nil {
		return nil, policy.Hinted(fmt.Errorf("site.templates: %w", err), "name a folder; `codicil export templates -o "+c.Site.Templates+"` fills one with the templates there are")
	}
	var files []File
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".tmpl" {
			continue
		}
		name := filepath.Join(dir, e.Name())
		data, err := worktree.Read(worktree.Root(c.Dir), name, worktree.MaxAsset)
		if err != nil {
			return nil, fmt.Errorf("site.templates: %w", err)
		}
		files = append(files, File{Name: name, Data: data})
	}
	return files, nil
}

// LookFiles returns the paths of the files and folders that pages and messages are
// made with, relative to the configuration.
func (c *Config) LookFiles() []string {
	named := []string{c.Site.Logo, c.Site.Icon, c.Site.Style, c.Site.Templates, c.Email.Templates}
	return slices.DeleteFunc(named, func(name string) bool { return name == "" || !filepath.IsLocal(name) })
}
