package history

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// candidate is a thread on its way to become a policy.
type candidate struct {
	*thread
	policy   *policy.Policy
	front    policy.FrontMatter // of the newest text
	title    string             // what it calls itself
	place    localized
	original *candidate // the one that this translates
}

// identify gives every candidate its id, language and title. Ids do not change
// when the history grows: of two policies that would bear the same one, the
// one published first keeps it.
func identify(all []*candidate) error {
	setLanguages(all)
	slices.SortStableFunc(all, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.first().step, a.first().step), cmp.Compare(a.first().path, b.first().path), cmp.Compare(a.path(), b.path()))
	})
	ids := make(map[string]*candidate)
	for _, c := range all {
		if err := c.takeStatedID(ids); err != nil {
			return err
		}
	}
	for _, c := range all {
		if c.policy.ID == "" && !c.translates() {
			c.takeShortID(ids)
		}
	}
	for _, c := range all {
		if c.policy.ID == "" {
			c.takeTranslationID(ids)
		}
	}
	for _, c := range all {
		c.policy.Title = cmp.Or(c.title, c.fileTitle(), c.policy.ID)
	}
	return nil
}

// setLanguages finds the language of every candidate and the original of every
// translation.
func setLanguages(all []*candidate) {
	var paths []string
	originals := make(map[string]*candidate)
	for _, c := range all {
		for i := range c.revisions {
			file := c.revisions[i].path
			paths = append(paths, file)
			if known := originals[file]; known == nil || known.removed() && !c.removed() {
				originals[file] = c
			}
		}
	}
	known := newLanguages(paths)
	for _, c := range all {
		c.policy.Lang = c.front.Lang
		c.policy.TranslationOf = c.front.TranslationOf
		at, found := known.locate(c.path(), cmp.Or(c.front.Lang, c.policy.TextLang))
		if !found {
			continue
		}
		c.place = at
		c.policy.Lang = cmp.Or(c.front.Lang, at.tag)
		if file := known.original(at); file != c.path() && c.front.TranslationOf == "" {
			c.original = originals[file]
		}
	}
	for _, c := range all {
		c.original = c.firstOriginal(len(all))
	}
}

// firstOriginal follows originals that are translations themselves, in at most
// so many steps: files that swapped places may lead in a circle.
func (c *candidate) firstOriginal(steps int) *candidate {
	at := c.original
	for ; at != nil && at.original != nil && at != c; at = at.original {
		if steps--; steps < 0 {
			return nil
		}
	}
	if at == c {
		return nil
	}
	return at
}

func (c *candidate) translates() bool {
	return c.original != nil || c.policy.TranslationOf != ""
}

// takeStatedID takes the id of the front matter. Two living policies cannot
// state the same one, unless one translates the other.
func (c *candidate) takeStatedID(ids map[string]*candidate) error {
	id := policy.IDFrom(c.front.ID)
	if id == "" || c.translates() {
		return nil
	}
	other := ids[id]
	if other == nil || other.removed() && !c.removed() {
		if other != nil {
			other.policy.ID = ""
		}
		c.claim(ids, id)
		return nil
	}
	if c.removed() {
		return nil
	}
	if c.policy.Lang != other.policy.Lang && c.policy.Lang != "" {
		c.original = other
		return nil
	}
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("%s and %s both state the id %q", other.path(), c.path(), id),
		Hint:    "give each policy an id of its own in its front matter",
	}
}

func (c *candidate) claim(ids map[string]*candidate, id string) {
	c.policy.ID = id
	ids[id] = c
}

// takeShortID takes the name of the file, with as many folders before it as it
// takes to be the only one.
func (c *candidate) takeShortID(ids map[string]*candidate) {
	names := c.idParts()
	id := ""
	for i := len(names) - 1; i >= 0; i-- {
		if names[i] == "" {
			continue
		}
		id = strings.Trim(names[i]+"-"+id, "-")
		if ids[id] == nil && !reserved(id) {
			c.claim(ids, id)
			return
		}
	}
	if reserved(id) {
		id += "-policy"
	}
	c.takeNumbered(ids, cmp.Or(id, "policy"))
}

// reserved tells whether an id is the name of something else at the root of a
// site: an id is also the address of a policy.
func reserved(id string) bool {
	switch id {
	case "feed", "404", "robots", "sitemap", "versions":
		return true
	}
	return policy.Reserved(id)
}

func (c *candidate) takeNumbered(ids map[string]*candidate, id string) {
	unique := id
	for n := 2; ids[unique] != nil; n++ {
		unique = fmt.Sprintf("%s-%d", id, n)
	}
	c.claim(ids, unique)
}

// takeTranslationID makes the id of a translation: its language and the id of
// its original.
func (c *candidate) takeTranslationID(ids map[string]*candidate) {
	if c.original != nil {
		c.policy.TranslationOf = c.original.policy.ID
	}
	id := c.policy.TranslationOf
	if c.policy.Lang != "" {
		id = c.policy.Lang + "/" + id
	}
	c.takeNumbered(ids, id)
}

// idParts leaves out a file name that is but a language.
func (c *candidate) idParts() []string {
	switch {
	case c.place.joint != "":
		return idParts(c.place.above + c.place.below)
	case c.place.isFile():
		return idParts(c.place.above + "/index" + c.place.below)
	}
	return idParts(c.path())
}

// idParts returns the folders and the name of a file as parts of an id. A file
// called index or README goes by the name of its folder.
func idParts(file string) []string {
	parts := strings.Split(file, "/")
	name := stem(file)
	if len(parts) > 1 && (strings.EqualFold(name, "index") || strings.EqualFold(name, "readme")) {
		parts = parts[:len(parts)-1]
	} else {
		parts[len(parts)-1] = name
	}
	for i := range parts {
		parts[i] = policy.IDFrom(parts[i])
	}
	return parts
}

// fileTitle names a text by its file, without the language in its name.
func (c *candidate) fileTitle() string {
	if c.place.joint != "" {
		return policy.FileTitle(c.place.above + c.place.below)
	}
	return policy.FileTitle(c.path())
}
