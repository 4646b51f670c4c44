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
	l := site.Theme{Accent: c.Site.Accent}
	for _, link := range c.Site.Links {
		l.Links = append(l.Links, site.Link(link))
	}
	looks, err := c.Theme()
	if err != nil {
		return l, err
	}
	l.Logo, l.Icon, l.Style = (*site.File)(looks.Logo), (*site.File)(looks.Icon), (*site.File)(looks.Style)
	for _, f := range looks.Templates {
		l.Templates = append(l.Templates, site.File(f))
	}
	return l, nil
}

// exportTemplates writes the templates of the site to a folder, for a publisher
// to change. It never writes over one that is there.
func (a *app) exportTemplates(dir string) error {
	if err := worktree.MakeFolder(dir, 0o755); err != nil {
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
