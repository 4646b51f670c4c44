package expand

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// Read returns the text of a file of the repository by its path, slash-separated
// from the root. That there is none is fs.ErrNotExist.
type Read func(file string) ([]byte, error)

// Result is what a source became.
type Result struct {
	Source string                      // its path
	Text   []byte                      // the expanded text; nil where there are faults
	Lines  []Place                     // where each line of Text comes from
	Parts  map[string][]byte           // the source and the files it brings in, by path, as they were read
	Names  map[string]map[string]Place // that the texts speak of, each with the values that conditions hold it against
	Brand  string                      // whose text it is; empty for none
	Values map[string]string           // what names stand for
	Faults []*policy.Diagnostic
}

// Files lists the source and the files that it brings in, in order.
func (r *Result) Files() []string { return slices.Sorted(maps.Keys(r.Parts)) }

// Text expands a source. From is where the policy names it, for a fault of
// the source as a whole.
func Text(source string, from Place, values map[string]string, read Read) *Result {
	e := &expander{
		Result: &Result{Source: source, Values: values, Parts: make(map[string][]byte), Names: make(map[string]map[string]Place)},
		values: values, read: read, parsed: make(map[string][]*part),
	}
	e.chain = []string{source}
	e.write(e.open(source, from))
	e.Faults = e.faults.list
	if len(e.Faults) == 0 {
		e.Text, e.Lines = e.out.text, e.out.places()
	}
	return e.Result
}

// expander is one expansion on its way.
type expander struct {
	*Result
	faults faults
	values map[string]string
	read   Read
	parsed map[string][]*part
	chain  []string // the files that are open, the source first
	out    writer

	steps, includes int
	stopped         bool // a bound was met: no more is written
}

// open reads and parses a file, once. One that cannot be read has no parts: it is
// a fault, and what has one gives no text.
func (e *expander) open(file string, from Place) []*part {
	if parts, known := e.parsed[file]; known {
		return parts
	}
	src, err := e.read(file)
	if fault := readable(file, src, err); fault != "" {
		e.faults.add(from, "source-missing", fault, "it is a text of this repository, named as seen from the file that names it")
		return nil
	}
	e.Parts[file] = src
	text := string(bytes.ReplaceAll(bytes.TrimPrefix(src, []byte("\uFEFF")), []byte("\r\n"), []byte("\n")))
	if head, _, _ := policy.SplitFrontMatter([]byte(text)); head != nil {
		e.faults.add(Place{file, 1, 1}, "source-tag", "a source has no front matter of its own", "put the keys into the policies that are made of it")
		return nil
	}
	e.parsed[file] = parse(file, text, &e.faults)
	e.note(e.parsed[file])
	return e.parsed[file]
}

// readable says why a file cannot be a part of a text; empty where it can.
func readable(file string, src []byte, err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no file " + file
	case err != nil:
		return file + " cannot be read: " + err.Error()
	case len(src) > MaxFile:
		return fmt.Sprintf("%s is larger than %d MB", file, MaxFile>>20)
	case !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0:
		return file + " is not written in UTF-8"
	}
	return ""
}

// note gathers the names that a file speaks of, in all its conditions.
func (e *expander) note(parts []*part) {
	for _, p := range parts {
		switch p.kind {
		case value:
			e.name(p.text)
		case choice:
			held := e.name(p.condition.name)
			for _, v := range p.condition.values {
				if _, known := held[v]; !known {
					held[v] = p.place
				}
			}
			e.note(p.yes)
			e.note(p.no)
		}
	}
}

// name notes that a text speaks of a name.
func (e *expander) name(name string) map[string]Place {
	if e.Names[name] == nil {
		e.Names[name] = make(map[string]Place)
	}
	return e.Names[name]
}

// write puts the parts of a file together.
func (e *expander) write(parts []*part) {
	for _, p := range parts {
		if e.steps++; e.steps > maxSteps {
			e.bound(p, fmt.Sprintf("the text is put together of more than %d parts", maxSteps))
		}
		if e.stopped {
			return
		}
		switch p.kind {
		case words:
			e.put(p, p.text)
		case value:
			text, _ := e.value(p, p.text)
			e.put(p, text)
		case choice:
			e.choose(p)
		case include:
			e.include(p)
		}
	}
}

// put writes the words of a part.
func (e *expander) put(p *part, text string) {
	if !e.out.write(text, p.place) {
		e.bound(p, fmt.Sprintf("the text grows beyond %d MB, or beyond %d lines", maxText>>20, maxLines))
	}
}

func (e *expander) bound(p *part, message string) {
	if !e.stopped {
		e.faults.add(p.place, "source-bound", message, "make the source smaller")
	}
	e.stopped = true
}

// value returns what a name stands for.
func (e *expander) value(p *part, name string) (string, bool) {
	text, known := e.values[name]
	if !known {
		e.faults.add(p.place, "source-name", fmt.Sprintf("%q has no value here", name), e.near(name))
	}
	return text, known
}

// near says which names there are.
func (e *expander) near(name string) string {
	known := slices.Sorted(maps.Keys(e.values))
	hint := "give it one in `variables:` or under the brand in codicil.yaml, or in `variables:` of the policy"
	if near := policy.Nearest(name, known); near != "" {
		return fmt.Sprintf("did you mean %q? else %s", near, hint)
	}
	return hint
}

// choose writes one side of a condition.
func (e *expander) choose(p *part) {
	text, known := e.value(p, p.condition.name)
	if !known {
		return
	}
	if slices.Contains(p.condition.values, text) != p.condition.not {
		e.write(p.yes)
		return
	}
	e.write(p.no)
}

// include brings a file in.
func (e *expander) include(p *part) {
	file, inside := fileOf(p)
	fault := func(message, hint string) {
		e.faults.add(p.place, "source-missing", message, hint)
	}
	e.includes++
	switch {
	case !inside:
		fault("{{> "+p.text+"}} leads out of the repository", "copy the text into the repository")
		return
	case slices.Contains(e.chain, file):
		fault("this brings the file in within itself: "+strings.Join(append(slices.Clone(e.chain), file), " → "), "take one of them out")
		return
	case len(e.chain) > maxDepth:
		e.bound(p, fmt.Sprintf("files are brought in more than %d deep", maxDepth))
		return
	case e.includes > maxIncludes:
		e.bound(p, fmt.Sprintf("more than %d files are brought in", maxIncludes))
		return
	}
	parts := e.open(file, p.place)
	outer := e.out.indent
	e.out.indent += p.indent
	e.chain = append(e.chain, file)
	start := len(e.out.text)
	e.write(parts)
	e.out.trim(start)
	e.chain = e.chain[:len(e.chain)-1]
	e.out.indent = outer
}

// Resolve returns the file that a name leads to, as seen from another file, and
// whether it lies in the repository.
func Resolve(from, name string) (string, bool) {
	if name == "" || path.IsAbs(name) || strings.Contains(name, `\`) {
		return name, false
	}
	file := path.Join(path.Dir(from), name)
	return file, file != ".." && !strings.HasPrefix(file, "../")
}

// fileOf returns the file that an include names.
func fileOf(p *part) (string, bool) {
	return Resolve(p.place.File, strings.TrimSuffix(p.text, ".md")+".md")
}

// Included lists the sources given and all that they may bring in, under whatever
// conditions, as far as they can be read.
func Included(sources []string, read Read) []string {
	var f faults
	known := make(map[string]bool)
	var follow func(parts []*part)
	open := func(file string) {
		if known[file] || len(known) > maxIncludes {
			return
		}
		known[file] = true
		if src, err := read(file); err == nil && len(src) <= MaxFile {
			follow(parse(file, string(plain(src)), &f))
		}
	}
	follow = func(parts []*part) {
		for _, p := range parts {
			if file, inside := fileOf(p); p.kind == include && inside {
				open(file)
			}
			follow(p.yes)
			follow(p.no)
		}
	}
	for _, file := range sources {
		open(file)
	}
	return slices.Sorted(maps.Keys(known))
}
