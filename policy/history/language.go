package history

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// languageFolder is the form of a BCP 47 tag as folders bear it: a language of
// two letters, maybe a script and a region. Longer language codes are left
// out: faq, dpa and sla are folders of policies too.
var languageFolder = regexp.MustCompile(`^([A-Za-z]{2})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?$`)

// languageTag writes the name of a folder as a BCP 47 tag: pt_br as pt-BR. It
// is empty for other folders.
func languageTag(folder string) string {
	m := languageFolder.FindStringSubmatch(folder)
	if m == nil {
		return ""
	}
	tag := strings.ToLower(m[1])
	if m[2] != "" {
		tag += "-" + strings.ToUpper(m[2][:1]) + strings.ToLower(m[2][1:])
	}
	if m[3] != "" {
		tag += "-" + strings.ToUpper(m[3])
	}
	return tag
}

// localized is a path taken apart at its language: de/privacy.md, or
// privacy/de.md.
type localized struct {
	above string // what stands before the language
	tag   string
	below string // what stands after it: a path, or the extension of a file named by its language
}

// isFile tells whether the language is the name of the file.
func (l *localized) isFile() bool { return strings.HasPrefix(l.below, ".") }

// path writes the path of the same text in the language that is named so.
func (l *localized) path(name string) string {
	if l.isFile() {
		return path.Join(l.above, name+l.below)
	}
	return path.Join(l.above, name, l.below)
}

// localizations takes a path apart at every part that could name a language.
func localizations(file string) []localized {
	var all []localized
	parts := strings.Split(file, "/")
	for i, folder := range parts[:len(parts)-1] {
		if tag := languageTag(folder); tag != "" {
			all = append(all, localized{path.Join(parts[:i]...), tag, path.Join(parts[i+1:]...)})
		}
	}
	if tag := languageTag(stem(file)); tag != "" && len(parts) > 1 {
		all = append(all, localized{path.Dir(file), tag, path.Ext(file)})
	}
	return all
}

// languages knows which folders and files are languages: those that have a
// sibling that is named like a language too and holds the same file.
type languages struct {
	names map[localized]map[string]string // by a place without its tag: the names of its languages, by tag
	known map[string]bool                 // by what stands above: whether languages stand there
}

// without leaves out the tag.
func (l localized) without() localized { return localized{above: l.above, below: l.below} }

func (l *localized) scope() string {
	if l.isFile() {
		return l.above + "/*"
	}
	return l.above
}

// newLanguages learns from all paths that files ever had.
func newLanguages(paths []string) *languages {
	l := &languages{names: make(map[localized]map[string]string), known: make(map[string]bool)}
	for _, file := range paths {
		for _, at := range localizations(file) {
			names := l.names[at.without()]
			if names == nil {
				names = make(map[string]string)
				l.names[at.without()] = names
			}
			names[at.tag] = at.name(file)
			if len(names) > 1 {
				l.known[at.scope()] = true
			}
		}
	}
	return l
}

// name returns how the path of a file writes the language.
func (l *localized) name(file string) string {
	rest := strings.TrimPrefix(file, l.above)
	rest = strings.TrimPrefix(rest, "/")
	return rest[:len(l.tag)] // a tag is as long as the name it is made of
}

// locate takes a path apart at its language, if it has one.
func (l *languages) locate(file string) (localized, bool) {
	for _, at := range localizations(file) {
		if l.known[at.scope()] {
			return at, true
		}
	}
	return localized{}, false
}

// original returns the path of the text that the others translate: in English
// if there is one, else in the first language by the order of tags.
func (l *languages) original(at localized) string {
	names := l.names[at.without()]
	tags := slices.Sorted(maps.Keys(names))
	first := tags[0]
	for _, tag := range tags {
		if tag == "en" || strings.HasPrefix(tag, "en-") {
			first = tag
			break
		}
	}
	return at.path(names[first])
}
