package expand

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// Settings are the values that a configuration gives to names: to all policies,
// and to those of a brand.
type Settings struct {
	Variables map[string]policy.Scalar            `yaml:"variables"`
	Brands    map[string]map[string]policy.Scalar `yaml:"brands"`
}

// maxValue is how long a value may be, in bytes.
const maxValue = 1000

// given returns the names whose values the front matter has for itself.
func given(front policy.FrontMatter) map[string]string {
	day := ""
	if !front.EffectiveDate.IsZero() {
		day = front.EffectiveDate.String()
	}
	return map[string]string{"title": front.Title, "version": string(front.Version), "effective_date": day, "lang": front.Lang, "brand": front.Brand}
}

// Values returns what names stand for in the source of a policy: the narrowest
// word counts, that of the policy before that of its brand, and that before what
// all policies have. Head is the text of the policy, by whose lines faults are
// placed.
func (s Settings) Values(file string, head []byte, front policy.FrontMatter) (map[string]string, []*policy.Diagnostic) {
	var f faults
	values := make(map[string]string)
	brand, known := s.Brands[front.Brand]
	if front.Brand != "" && !known {
		hint := "there are no `brands:` in codicil.yaml: write brands: {" + front.Brand + ": {name: value}}"
		if names := slices.Sorted(maps.Keys(s.Brands)); len(names) > 0 {
			hint = policy.Listed(names)
		}
		f.add(placeOf(file, head, "brand"), "source-brand", fmt.Sprintf("there is no brand %q", front.Brand), hint)
	}
	own := given(front)
	for _, some := range []map[string]policy.Scalar{s.Variables, brand, front.Variables} {
		for _, name := range slices.Sorted(maps.Keys(some)) {
			if fault := usable(name, string(some[name])); fault != "" {
				f.add(placeOf(file, head, name), "source-name", fault, "a value is a few words in one line")
			}
			if _, taken := own[name]; taken {
				f.add(placeOf(file, head, name), "source-name", fmt.Sprintf("%s is what the front matter says of the policy, and no name to give", name), "choose another name")
			}
			values[name] = string(some[name])
		}
	}
	for name, text := range own {
		if delete(values, name); text != "" {
			values[name] = text
		}
	}
	return values, f.list
}

// usable says what is wrong with a name and its value; empty for nothing.
func usable(name, text string) string {
	control := func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
	switch {
	case !nameForm.MatchString(name):
		return fmt.Sprintf("%q cannot be a name: it is letters, digits, - and _", name)
	case strings.Contains(text, "{{"):
		return fmt.Sprintf("the value of %s holds braces: values are not expanded again", name)
	case strings.ContainsFunc(text, control) || !utf8.ValidString(text) || len(text) > maxValue:
		return fmt.Sprintf("the value of %s is longer than one line of %d bytes", name, maxValue)
	}
	return ""
}

// markdown is how the names of sources end. Other tools have a key `source`, too,
// for addresses and other things.
var markdown = regexp.MustCompile(`(?i)^[^:]*\.(?:md|markdown)$`)

// Named returns the source that front matter names, as it is written there; empty
// where it names none.
func Named(front policy.FrontMatter) string {
	if name := string(front.Source); markdown.MatchString(name) {
		return name
	}
	return ""
}

// Of returns the path of the source of a policy, whose own path is given; empty
// where it has none.
func Of(file string, front policy.FrontMatter) string {
	name := Named(front)
	if source, inside := Resolve(file, name); name != "" && inside && source != path.Clean(file) {
		return source
	}
	return ""
}

// Expand makes the body of a policy anew. File is its path, and src its text.
// It returns nil where the policy has no source.
func (s Settings) Expand(file string, src []byte, front policy.FrontMatter, read Read) *Result {
	name := Named(front)
	if name == "" {
		return nil
	}
	at := placeOf(file, src, "source")
	source := Of(file, front)
	if source == "" {
		var f faults
		f.add(at, "source-missing", fmt.Sprintf("%s is no other text of this repository", name), "name it as seen from this file: ../shared/"+path.Base(file))
		return &Result{Source: name, Faults: f.list}
	}
	values, wrong := s.Values(file, src, front)
	if len(wrong) > 0 {
		return &Result{Source: source, Brand: front.Brand, Faults: wrong}
	}
	r := Text(source, at, values, read)
	r.Brand = front.Brand
	if len(r.Faults) > 0 {
		return r
	}
	var f faults
	for _, name := range slices.Sorted(maps.Keys(front.Variables)) {
		if r.Names[name] == nil {
			f.add(placeOf(file, src, name), "source-unused", fmt.Sprintf("%s is given a value that no text of %s uses", name, source), "correct its spelling, or delete it")
		}
	}
	r.Faults = f.list
	return r
}

// placeOf finds the line of a key in front matter, or in a configuration.
func placeOf(file string, src []byte, key string) Place {
	number, start := 0, 1
	if head, _, line := policy.SplitFrontMatter(src); head != nil {
		start = line - bytes.Count(head, []byte("\n"))
		src = head
		number = start - 1
	}
	form := regexp.MustCompile(`(?:^|[{,])\s*["']?` + regexp.QuoteMeta(key) + `["']?\s*[:=]`)
	for line := range strings.Lines(string(src)) {
		number++
		if at := form.FindStringIndex(line); at != nil {
			begins := strings.LastIndex(line[:at[1]], key)
			return Place{file, number, utf8.RuneCountInString(line[:begins]) + 1}
		}
	}
	return Place{file, 1, 1}
}

// Unused names values of a configuration that no text uses, and conditions that no
// policy meets. The results are those of all policies that have a source.
func (s Settings) Unused(file string, src []byte, all []*Result) []*policy.Diagnostic {
	var f faults
	names := func(brand string) map[string]bool {
		used := make(map[string]bool)
		for _, r := range all {
			if brand == "" || brand == r.Brand {
				for name := range r.Names {
					used[name] = true
				}
			}
		}
		return used
	}
	report := func(given map[string]policy.Scalar, used map[string]bool, whose string) {
		for _, name := range slices.Sorted(maps.Keys(given)) {
			if !used[name] {
				f.add(placeOf(file, src, name), "source-unused", fmt.Sprintf("%s is given a value%s that no text uses", name, whose), "correct its spelling, or delete it")
			}
		}
	}
	report(s.Variables, names(""), "")
	for _, brand := range slices.Sorted(maps.Keys(s.Brands)) {
		if slices.ContainsFunc(all, func(r *Result) bool { return r.Brand == brand }) {
			report(s.Brands[brand], names(brand), " for "+brand)
		}
	}
	s.never(all, &f)
	for _, d := range f.list {
		d.Level = policy.Warning
	}
	return f.list
}

// never names conditions on values that no policy has.
func (s Settings) never(all []*Result, f *faults) {
	has := make(map[string]map[string]bool)
	put := func(name, text string) {
		if has[name] == nil {
			has[name] = make(map[string]bool)
		}
		has[name][text] = true
	}
	for _, r := range all {
		for name, text := range r.Values {
			put(name, text)
		}
	}
	for _, brand := range s.Brands {
		for name, text := range brand {
			put(name, string(text))
		}
	}
	for brand := range s.Brands {
		put("brand", brand)
	}
	for _, r := range all {
		for _, name := range slices.Sorted(maps.Keys(r.Names)) {
			for _, text := range slices.Sorted(maps.Keys(r.Names[name])) {
				if len(has[name]) > 0 && !has[name][text] {
					f.add(r.Names[name][text], "source-never", fmt.Sprintf("no policy has %s = %s", name, text), policy.Listed(slices.Sorted(maps.Keys(has[name]))))
				}
			}
		}
	}
}
