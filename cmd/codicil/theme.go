package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/site"
)

// themeOf reads the files that change the looks of the site.
func themeOf(c *config.Config) (site.Theme, error) {
	var l site.Theme
	var err error
	for _, link := range c.Site.Links {
		l.Links = append(l.Links, site.Link(link))
	}
	if l.Logo, err = themeFile(c, "site.logo", c.Site.Logo); err != nil {
		return l, err
	}
	if l.Style, err = themeFile(c, "site.style", c.Site.Style); err != nil {
		return l, err
	}
	if c.Site.Templates == "" {
		return l, nil
	}
	l.Templates, err = templatesOf(c)
	return l, err
}

// themeFile reads one file that the configuration names; nil when it names none.
func themeFile(c *config.Config, key, name string) (*site.File, error) {
	if name == "" {
		return nil, nil
	}
	data, err := c.Read(name, worktree.MaxAsset)
	if err != nil {
		return nil, hinted(fmt.Errorf("%s: %w", key, err), "paths are relative to "+c.File+", and lead to files of the repository")
	}
	return &site.File{Name: c.Path(name), Data: data}, nil
}

// templatesOf reads the folder of the publisher's templates.
func templatesOf(c *config.Config) ([]site.File, error) {
	dir := c.Path(c.Site.Templates)
	entries, err := worktree.List(worktree.Root(c.Dir), dir)
	if err != nil {
		return nil, hinted(fmt.Errorf("site.templates: %w", err), "name a folder; `codicil export templates -o "+c.Site.Templates+"` fills one with the templates there are")
	}
	var files []site.File
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".tmpl" {
			continue
		}
		name := filepath.Join(dir, e.Name())
		data, err := worktree.Read(worktree.Root(c.Dir), name, worktree.MaxAsset)
		if err != nil {
			return nil, fmt.Errorf("site.templates: %w", err)
		}
		files = append(files, site.File{Name: name, Data: data})
	}
	return files, nil
}

// exportTemplates writes the templates of the site to a folder, for a publisher
// to change. It never writes over one that is there.
func (a *app) exportTemplates(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range site.TemplateNames() {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			a.say("%s is there already, and stays", filepath.Join(dir, name))
			continue
		}
		if err != nil {
			return err
		}
		_, err = f.Write(site.Template(name))
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.stdout, "%s in %s: delete those that you do not change, and name the folder in site.templates\n",
		policy.Plural(len(site.TemplateNames()), "template", "templates"), dir)
	return nil
}
