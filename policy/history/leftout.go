package history

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Where no configuration names the policies, a repository that consists of them
// is read whole. One of many other texts, such as the documentation of a
// product, is not: there a policy is known by its name or its folder.

// manyTexts is how many texts a repository has that may hold more than policies.
const manyTexts = 60

// policyName is a word by which a file or a folder shows that it is a policy.
var policyName = regexp.MustCompile(`(?i)(^|[^\pL])(polic(y|ies)|privacy|terms?|tos|eula|legal|cookies?|gdpr|ccpa|dpa|sla|aup|acceptable[-_ ]?use|code[-_ ]of[-_ ]conduct|conditions?|agreements?|addend(um|a)|refunds?|returns?|disclaimers?|imprint|trademarks?|dmca|copyright|subprocessors?|datenschutz\w*|agb|impressum|nutzungsbedingungen|confidentialit[eé]|mentions[-_]legales|conditions[-_]generales|privacidad|terminos|aviso[-_]legal|privacidade|termos|informativa|termini)([^\pL]|$)`)

// byName returns what tells policies from the other texts, or nil where nothing
// has to.
func (b *builder) byName(threads []*thread) func(*thread) bool {
	if len(b.choose.globs) > 0 {
		return nil
	}
	named := func(t *thread) bool {
		for i := range t.revisions {
			if below, found := strings.CutPrefix(t.revisions[i].path, b.choose.base); found && policyName.MatchString(below) {
				return true
			}
		}
		return false
	}
	living, policies := 0, 0
	for _, t := range threads {
		if below, found := strings.CutPrefix(t.path(), b.choose.base); !t.removed() && found && !inProjectFolder(below) {
			living++
			if named(t) {
				policies++
			}
		}
	}
	if living <= manyTexts || policies == 0 || 2*policies >= living {
		return nil
	}
	return named
}

// otherText is why a text is left out in a repository of many others.
const otherText = "no policy by its name or folder, in a repository of many other texts"

// OtherTexts counts the texts that are left out since a repository holds many, and
// nothing tells that they are policies.
func (h *History) OtherTexts() int {
	n := 0
	for _, f := range h.LeftOut {
		if f.Why == otherText {
			n++
		}
	}
	return n
}

// leave notes that a file of the newest commit is no policy.
func (b *builder) leave(t *thread, why string) {
	if below := strings.HasPrefix(t.path(), b.choose.base); !t.removed() && below {
		b.leftOut = append(b.leftOut, LeftOut{t.path(), why})
	}
}

// why tells for what a file is taken that is no policy.
func (c *chooser) why(file string) string {
	below := strings.TrimPrefix(file, c.base)
	switch {
	case len(c.globs) > 0:
		return "fits no pattern of `policies`"
	case strings.HasPrefix(path.Base(below), ".") || strings.HasPrefix(path.Base(below), "_"):
		return "its name begins with a dot or an underscore"
	case inProjectFolder(below):
		return "in a folder of drafts, templates, archives or tools"
	case isMinutes(below):
		return "by its name, minutes of a meeting"
	}
	return "a file about the repository itself"
}

// moved is what a page says that only leads to another.
var moved = regexp.MustCompile(`(?i)\b(?:has|have|was|were|is) (?:been )?(?:re)?(?:moved|located|relocated|replaced)\b|\b(?:moved|redirect(?:ed|ing)?) (?:permanently )?to\b|\b(?:now|please) (?:see|visit|found|lives|available) |umgezogen|verschoben|a été déplacé|se ha (?:movido|trasladado)|foi movid|移動しました|已移至`)

// redirect is a key by which site generators lead from one page to another.
var redirect = regexp.MustCompile(`(?m)^redirect(?:_to|To)?[ \t]*[:=]`)

// stubWords is how many words such a page has at most.
const stubWords = 60

// isStub tells whether a text says no more than where to look.
func isStub(doc *policy.Document, text []byte) bool {
	words, leads := 0, false
	var all strings.Builder
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		words += len(strings.Fields(b.Text()))
		if words > stubWords {
			return false
		}
		for _, s := range b.Spans {
			leads = leads || s.Link != ""
		}
		all.WriteString(b.Text() + "\n")
	}
	front, _, _ := policy.SplitFrontMatter(text)
	redirects := redirect.Match(front) && words <= stubWords/2
	if !redirects && !(leads && moved.MatchString(all.String()) && !bytes.Contains(front, []byte("version:"))) {
		return false
	}
	whole, _ := policy.Parse("", text) // what is wrong with it is said elsewhere
	return len(whole.Clauses) <= 3
}

// formatOf names the format of a file that could be a policy and is no
// Markdown; empty for all others.
func formatOf(file string) string {
	switch strings.ToLower(path.Ext(file)) {
	case ".mdx":
		return "MDX"
	case ".adoc", ".asciidoc":
		return "AsciiDoc"
	case ".rst":
		return "reStructuredText"
	}
	return ""
}

// toMarkdown says how a text becomes Markdown.
func toMarkdown(format string) string {
	switch format {
	case "AsciiDoc":
		return "`asciidoctor -b docbook FILE`, then `pandoc -f docbook -t gfm`"
	case "reStructuredText":
		return "`pandoc -f rst -t gfm FILE`"
	}
	return "save it as .md, and write its components as plain text"
}

// warnOfFormats names files that are not read as they are not Markdown: an error
// where the configuration asks for them, a warning where their names do.
func (b *builder) warnOfFormats(files []string) {
	crowded := func(string) bool { return false }
	for _, file := range files {
		below, found := strings.CutPrefix(file, b.choose.base)
		d := &policy.Diagnostic{
			File: file, Line: 1, Column: 1, Level: policy.Warning, Rule: "format",
			Message: "this is " + formatOf(file) + ", not Markdown: it is not published",
			Hint:    "write it as Markdown: " + toMarkdown(formatOf(file)),
		}
		switch {
		case !found:
		case len(b.choose.globs) > 0 && b.choose.policy(file, crowded):
			d.Level = policy.Error
			b.warnings = append(b.warnings, d)
		case len(b.choose.globs) == 0 && policyName.MatchString(stem(file)) && !inProjectFolder(below):
			b.warnings = append(b.warnings, d)
		}
	}
}

// warnOfNone says that the patterns of the configuration fit no file, now or in
// the past, and none that is to be committed next.
func (b *builder) warnOfNone(found []*candidate) {
	if len(found) > 0 || len(b.choose.globs) == 0 || len(b.warnings) > 0 || !b.options.Known.IsZero() {
		return
	}
	entries, _ := b.repo.index() // what cannot be read says nothing
	for _, e := range entries {
		if b.choose.want(e.Name) && b.choose.policy(e.Name, func(string) bool { return true }) {
			return
		}
	}
	if len(b.repo.fitting(b.choose)) > 0 {
		return
	}
	b.warnings = append(b.warnings, &policy.Diagnostic{
		File: "codicil.yaml", Level: policy.Error, Rule: "no-policies",
		Message: "`policies` fits no file of the repository: " + strings.Join(b.options.Policies, ", "),
		Hint:    "`git add` the files, or correct the patterns: they are relative to the folder of codicil.yaml",
	})
}
