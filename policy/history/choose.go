package history

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// chooser tells which files are policies.
type chooser struct {
	base  string           // slash path with a slash at its end; empty for the root
	globs []*regexp.Regexp // over the path below base; none means the usual rule
	names []string         // extensions of interest, lower-case, with the dot; empty means any
}

// newChooser reads globs: * and ? stay within one folder, ** crosses folders,
// [a-z] is one of several characters.
func newChooser(base string, globs []string) (*chooser, error) {
	c := &chooser{names: []string{".md", ".markdown"}}
	if base = strings.Trim(path.Clean("/"+base), "/"); base != "" {
		c.base = base + "/"
	}
	for _, glob := range globs {
		pattern, err := compileGlob(strings.TrimPrefix(glob, "./"))
		if err != nil {
			return nil, &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("the pattern %q cannot be read", glob), Hint: `write it like "policies/**/*.md"`}
		}
		c.globs = append(c.globs, pattern)
		if len(c.names) == 0 {
			continue
		}
		if ext := strings.ToLower(path.Ext(glob)); ext == "" || strings.ContainsAny(ext, "*?[") {
			c.names = nil
		} else {
			c.names = append(c.names, ext)
		}
	}
	return c, nil
}

// compileGlob makes a regular expression of a glob.
func compileGlob(glob string) (*regexp.Regexp, error) {
	var b strings.Builder
	b.WriteString("^")
	for len(glob) > 0 {
		switch {
		case strings.HasPrefix(glob, "**/"):
			b.WriteString("(?:[^/]+/)*")
			glob = glob[3:]
			continue
		case strings.HasPrefix(glob, "**"):
			b.WriteString(".*")
			glob = glob[2:]
			continue
		case glob[0] == '*':
			b.WriteString("[^/]*")
		case glob[0] == '?':
			b.WriteString("[^/]")
		case glob[0] == '[':
			end := strings.IndexByte(glob, ']')
			if end < 0 {
				return nil, fmt.Errorf("no ] after [")
			}
			b.WriteString(strings.Replace(glob[:end+1], "[!", "[^", 1))
			glob = glob[end:]
		default:
			_, size := utf8.DecodeRuneInString(glob)
			b.WriteString(regexp.QuoteMeta(glob[:size]))
			glob = glob[size-1:]
		}
		glob = glob[1:]
	}
	b.WriteString("$")
	return regexp.Compile(b.String())
}

// want tells, by the name of a file alone, whether it may be a policy now or
// in another commit.
func (c *chooser) want(name string) bool {
	if formatOf(name) != "" {
		return false
	}
	if len(c.names) == 0 {
		return true
	}
	ext := strings.ToLower(path.Ext(name))
	for _, known := range c.names {
		if ext == known {
			return true
		}
	}
	return false
}

// policy tells whether the file at a path is a policy. The paths of all files
// of its time decide about a README: beside other texts it describes them.
func (c *chooser) policy(file string, lonely func(string) bool) bool {
	below, found := strings.CutPrefix(file, c.base)
	if !found {
		return false
	}
	for _, glob := range c.globs {
		if glob.MatchString(below) {
			return true
		}
	}
	return len(c.globs) == 0 && !inProjectFolder(below) && !isProjectFile(below, file, lonely) && !isMinutes(below)
}

// projectFolders hold what a repository needs to work, not what it publishes.
var projectFolders = regexp.MustCompile(`(?i)^(\..*|_?drafts?|_includes|_layouts|_data|_site|_?templates?|archives?|archived|old|obsolete|superseded|attic|node_modules|vendor|third_party|testdata|tests?|scripts)$`)

func inProjectFolder(file string) bool {
	for folder := range strings.SplitSeq(path.Dir(file), "/") {
		if folder != "." && projectFolders.MatchString(folder) {
			return true
		}
	}
	return strings.HasPrefix(path.Base(file), ".") || strings.HasPrefix(path.Base(file), "_")
}

// Names of files about a repository. At its root more names are about the
// repository itself: below it, a code of conduct or a security policy is one
// that is published.
var (
	projectFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|contributing|changelog|pull_request_template|issue_template|agents|claude|codeowners)` + variant)
	rootFile    = regexp.MustCompile(`(?i)^(readme|code[-_]of[-_]conduct|security|support|governance|history|releases?|changes|roadmap|install|notice|development|upgrading|funding|todo|maintainers|authors|credits)` + variant)
)

// minutes is the name of what a meeting said: it binds nobody.
var minutes = regexp.MustCompile(`(?i)^(?:.*[-_. ])?(?:minutes|meeting|meeting[-_ ]notes?|agenda|sitzungsprotokoll|protokoll)(?:[-_. ]+\d[-_.\d]*)?$`)

func isMinutes(file string) bool {
	return minutes.MatchString(stem(file)) || minutes.MatchString(path.Base(path.Dir(file)))
}

// variant is what may follow the name: a language or the name of a licence.
const variant = `([-_.]([a-z]{2}([-_][a-z]{2})?|mit|apache|bsd|gpl|cc0|code|docs))?$`

func isProjectFile(below, file string, lonely func(string) bool) bool {
	stem := stem(below)
	switch {
	case projectFile.MatchString(stem):
		return true
	case !strings.Contains(below, "/"):
		return rootFile.MatchString(stem)
	}
	return strings.EqualFold(stem, "readme") && !lonely(file)
}

// stem returns the name of a file without its extension.
func stem(file string) string {
	name := path.Base(file)
	return strings.TrimSuffix(name, path.Ext(name))
}

// folder returns the folder of a file, "." for the root.
func folder(file string) string { return path.Dir(file) }
