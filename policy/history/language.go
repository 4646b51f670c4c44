package history

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// languageFolder is the form of a BCP 47 tag as folders bear it: a language of
// two letters, maybe a script and a region. Longer language codes are left
// out: faq, dpa and sla are folders of policies too.
var languageFolder = regexp.MustCompile(`^[A-Za-z]{2}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?$`)

// languageTag writes the name of a folder as a BCP 47 tag: pt_br as pt-BR. It
// is empty for other folders.
func languageTag(folder string) string {
	if !languageFolder.MatchString(folder) {
		return ""
	}
	return policy.LanguageTag(folder)
}

// localized is a path taken apart at its language: de/privacy.md, privacy/de.md
// or privacy-de.md.
type localized struct {
	above string // what is before the language
	tag   string
	below string // what is after it: a path, or the extension of a file named by its language
	joint string // between the name of a file and its language: a dot, hyphen or underscore; empty where the language is alone
}

// isFile tells whether the language is the name of the file.
func (l *localized) isFile() bool { return strings.HasPrefix(l.below, ".") }

// path writes the path of the same text in the language that is named so.
func (l *localized) path(name string) string {
	switch {
	case l.joint != "":
		return l.above + l.joint + name + l.below
	case l.isFile():
		return path.Join(l.above, name+l.below)
	}
	return path.Join(l.above, name, l.below)
}

// plain lists the paths that the same text may have where no language is named:
// most repositories name none for the language that they began with.
func (l *localized) plain() []string {
	switch {
	case l.joint != "":
		return []string{l.above + l.below}
	case l.isFile():
		return []string{l.above + l.below, path.Join(l.above, "index"+l.below), path.Join(l.above, "README"+l.below)}
	}
	return []string{path.Join(l.above, l.below)}
}

// localizations takes a path apart at every part that could name a language.
func localizations(file string) []localized {
	var all []localized
	parts := strings.Split(file, "/")
	for i, folder := range parts[:len(parts)-1] {
		if tag := languageTag(folder); tag != "" {
			all = append(all, localized{above: path.Join(parts[:i]...), tag: tag, below: path.Join(parts[i+1:]...)})
		}
	}
	if tag := languageTag(stem(file)); tag != "" && len(parts) > 1 {
		all = append(all, localized{above: path.Dir(file), tag: tag, below: path.Ext(file)})
	}
	if m := languageSuffix.FindStringSubmatch(stem(file)); m != nil {
		above := strings.TrimSuffix(file, m[2]+m[3]+path.Ext(file))
		all = append(all, localized{above: above, tag: languageTag(m[3]), below: path.Ext(file), joint: m[2]})
	}
	return all
}

// languageSuffix is a language at the end of the name of a file.
var languageSuffix = regexp.MustCompile(`^(.*?[^-_.])([-_.])([A-Za-z]{2}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Z]{2}|\d{3}))?)$`)

// languages knows which folders and files are languages: those that have a
// sibling that is named like a language too and holds the same file. One whose
// only sibling names no language is one if its words agree.
type languages struct {
	names map[localized]map[string]string // by a place without its tag: the names of its languages, by tag
	known map[string]bool                 // by what is above: whether languages are there
	paths map[string]bool
}

// without leaves out the tag.
func (l localized) without() localized {
	l.tag = ""
	return l
}

func (l *localized) scope() string {
	if l.isFile() {
		return l.above + l.joint + "/*"
	}
	return l.above
}

// newLanguages learns from all paths that files ever had.
func newLanguages(paths []string) *languages {
	l := &languages{names: make(map[localized]map[string]string), known: make(map[string]bool), paths: make(map[string]bool, len(paths))}
	for _, file := range paths {
		l.paths[file] = true
		for _, at := range localizations(file) {
			names := l.names[at.without()]
			if names == nil {
				names = make(map[string]string)
				l.names[at.without()] = names
			}
			names[at.tag] = at.name(file)
			if len(names) > 1 && at.joint == "" {
				l.known[at.scope()] = true
			}
		}
	}
	return l
}

// name returns how the path of a file writes the language.
func (l *localized) name(file string) string {
	rest := strings.TrimPrefix(file, l.above)
	if l.joint != "" {
		rest = strings.TrimPrefix(rest, l.joint)
	} else {
		rest = strings.TrimPrefix(rest, "/")
	}
	return rest[:len(l.tag)] // a tag is as long as the name it is made of
}

// locate takes a path apart at its language, if it has one. The words are in the
// language written, as the text states it or else as they show; it is empty where they
// leave a doubt.
func (l *languages) locate(file, written string) (localized, bool) {
	for _, at := range localizations(file) {
		if l.known[at.scope()] || l.agrees(&at, written) && (len(l.names[at.without()]) > 1 || l.unnamed(at) != "") {
			return at, true
		}
	}
	return localized{}, false
}

// agrees reports whether words are in the language that a path names. Two letters
// at the end of a name may mean anything, and it, us and eu are no languages
// then; behind a dot they mean little else.
func (l *languages) agrees(at *localized, written string) bool {
	if written == "" {
		return at.joint == "."
	}
	return sameLanguage(at.tag, written)
}

func sameLanguage(a, b string) bool {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return a == b || a == "no" && b == "nb" || a == "nn" && b == "nb"
}

// unnamed returns the path of the same text where no language is named; empty
// when there is none.
func (l *languages) unnamed(at localized) string {
	for _, file := range at.plain() {
		if l.paths[file] {
			return file
		}
	}
	return ""
}

// original returns the path of the text that the others translate: beside
// privacy.fr.md that is privacy.md; else the one in English if there is one, the
// one that names no language, or the first by the order of tags.
func (l *languages) original(at localized) string {
	names := l.names[at.without()]
	if file := l.unnamed(at); file != "" && at.joint != "" {
		return file
	}
	tags := slices.Sorted(maps.Keys(names))
	for _, tag := range tags {
		if tag == "en" || strings.HasPrefix(tag, "en-") {
			return at.path(names[tag])
		}
	}
	if file := l.unnamed(at); file != "" {
		return file
	}
	return at.path(names[tags[0]])
}
