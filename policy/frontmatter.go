package policy

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
)

// FrontMatter is what the head of a text says about it. Keys that other tools
// read are left alone.
type FrontMatter struct {
	Title         string    `yaml:"title"`
	ID            string    `yaml:"id"`
	Version       Scalar    `yaml:"version"`
	EffectiveDate Date      `yaml:"-" written:"effective_date"` // the day from which it binds existing accounts
	EffectiveNew  Date      `yaml:"-"`                          // the day from which it binds accounts made from then on, where that is another
	Announced     Date      `yaml:"announced"`
	Summary       string    `yaml:"summary"`
	Change        *Severity `yaml:"change"`        // the editor's word; nil when the proposal holds
	ChangeReason  string    `yaml:"change_reason"` // why Change is lower than the proposal
	ApprovedBy    string    `yaml:"approved_by"`
	Notice        Channels  `yaml:"notice"` // overrides the configured channels
	Lang          string    `yaml:"lang"`
	TranslationOf string    `yaml:"translation_of"`
	Prevails      string    `yaml:"prevails"` // language of the text that prevails where translations differ; empty where nothing is said
	Aliases       Strings   `yaml:"aliases"`
	Draft         bool      `yaml:"draft"`              // so is a text whose status is draft
	Status        Status    `yaml:"-" written:"status"` // Draft, Cancelled, Withdrawn, or empty
	StatusReason  string    `yaml:"status_reason"`      // why it was cancelled or withdrawn
	Source        Scalar    `yaml:"source"`             // the text that the body is made of, as seen from the file; other tools have such a key too
	Brand         string    `yaml:"brand"`              // whose values the source is given, as the configuration has them
	Variables     Variables `yaml:"variables"`          // values of this policy alone
	Decline       Decline   `yaml:"decline"`            // whether readers may decline the change
}

// writtenFrontMatter is front matter as it is written: some of its keys have
// several forms.
type writtenFrontMatter struct {
	FrontMatter `yaml:",inline"`
	Effective   effectiveDates `yaml:"effective_date"`
	State       Scalar         `yaml:"status"`
}

// effectiveDates is a day, or two: {new: 2027-01-01, existing: 2027-02-01}.
type effectiveDates struct{ existing, new Date }

// UnmarshalYAML reads a day or a mapping of two.
func (e *effectiveDates) UnmarshalYAML(unmarshal func(any) error) error {
	var both struct {
		New      *Date `yaml:"new"`
		Existing *Date `yaml:"existing"`
	}
	var words map[string]any
	if unmarshal(&words) != nil {
		return unmarshal(&e.existing)
	}
	for key := range words {
		if key != "new" && key != "existing" {
			return fmt.Errorf("%q is no key of effective_date: it is a date, or {new: DATE, existing: DATE}", key)
		}
	}
	if err := unmarshal(&both); err != nil {
		return err
	}
	if both.Existing == nil && both.New == nil {
		return nil
	}
	if both.Existing == nil {
		both.Existing = both.New
	}
	e.existing = *both.Existing
	if both.New != nil && *both.New != e.existing {
		e.new = *both.New
	}
	return nil
}

// Scalar is a YAML value kept as it was written, so that version: 1.10 does
// not become the number 1.1.
type Scalar string

// UnmarshalYAML keeps the bytes of the value, without its quotation marks.
func (s *Scalar) UnmarshalYAML(text []byte) error {
	var words string
	if text = bytes.TrimSpace(text); len(text) > 0 && (text[0] == '"' || text[0] == '\'') && yaml.Unmarshal(text, &words) == nil {
		*s = Scalar(words)
		return nil
	}
	*s = Scalar(unquote(string(text)))
	return nil
}

// Variables are names with values. What other tools keep under that key is left
// alone: there are none then.
type Variables map[string]Scalar

// UnmarshalYAML reads names with values of one line each.
func (v *Variables) UnmarshalYAML(unmarshal func(any) error) error {
	var words map[string]Scalar
	if unmarshal(&words) == nil {
		*v = words
	}
	return nil
}

// Strings is a YAML list of words; one word alone counts as a list of one.
type Strings []string

// UnmarshalYAML reads a list or a single word.
func (s *Strings) UnmarshalYAML(unmarshal func(any) error) error {
	var list []string
	if err := unmarshal(&list); err == nil {
		*s = list
		return nil
	}
	var one string
	if err := unmarshal(&one); err != nil {
		return err
	}
	*s = Strings{one}
	return nil
}

// Channels names the ways to give notice: banner, popup, email, feed.
type Channels = Strings

// parseFrontMatter reads the head of the named text.
func parseFrontMatter(name string, h front) (FrontMatter, error) {
	if h.fault != nil {
		return FrontMatter{}, h.fault
	}
	if len(bytes.TrimSpace(h.text)) == 0 {
		return FrontMatter{}, nil
	}
	if d := curlyQuotes(name, h); d != nil {
		return FrontMatter{}, d
	}
	text := h.text
	if h.format == formatTOML {
		var err error
		if text, err = tomlAsYAML(name, h); err != nil {
			return FrontMatter{}, err
		}
	}
	var w writtenFrontMatter
	if err := UnmarshalYAML(name, h.first, text, false, &w); err != nil {
		explainFrontMatter(err)
		return FrontMatter{}, err
	}
	f := w.FrontMatter
	f.Aliases = formerIDs(f.Aliases)
	f.EffectiveDate, f.EffectiveNew = w.Effective.existing, w.Effective.new
	switch s := Status(strings.ToLower(string(w.State))); s {
	case Draft, Cancelled, Withdrawn:
		f.Status = s
	case "canceled":
		f.Status = Cancelled
	}
	f.Draft = f.Draft || f.Status == Draft
	return f, nil
}

// clone returns front matter that shares nothing that may change.
func (f FrontMatter) clone() FrontMatter {
	f.Notice, f.Aliases, f.Variables = slices.Clone(f.Notice), slices.Clone(f.Aliases), maps.Clone(f.Variables)
	if f.Change != nil {
		change := *f.Change
		f.Change = &change
	}
	return f
}

// explainFrontMatter adds what to do about a fault in front matter.
func explainFrontMatter(err error) {
	var d *Diagnostic
	if !errors.As(err, &d) {
		return
	}
	d.Rule = "front-matter"
	if strings.Contains(d.Message, "is not a date") {
		d.Hint = "dates are written year-month-day: 2027-01-31"
	}
	if of := quoted.FindString(d.Message); d.Hint == "" && of != "" {
		if what, next, told := strings.Cut(strings.TrimPrefix(d.Message, of), ": "); told {
			d.Message, d.Hint = of+what, next
		}
	}
	if d.Hint == "" {
		d.Hint = "front matter is YAML between two lines of ---; put a value that holds a colon in quotation marks"
	}
}

// curly is a value in the quotation marks of a word processor, which YAML takes
// for a part of the value.
var curly = regexp.MustCompile(`(?m)^(version|effective_date|announced|id|lang|change|status|draft|translation_of|prevails)[ \t]*[:=][ \t]*["']?([“”„‟«»‘’‚‹›])`)

func curlyQuotes(name string, h front) *Diagnostic {
	at := curly.FindSubmatchIndex(h.text)
	if at == nil {
		return nil
	}
	line := h.first + bytes.Count(h.text[:at[0]], []byte("\n"))
	d := headFault(name, line, fmt.Sprintf("the value of %s is in %s, the quotation marks of a word processor", h.text[at[2]:at[3]], h.text[at[4]:at[5]]),
		`write straight ones, "like this", or none`)
	d.Excerpt = caret(h.text, line-h.first+1, 1)
	return d
}

// tomlVersion is a version as it is written: the number 1.10 would be 1.1.
var tomlVersion = regexp.MustCompile(`(?m)^[ \t]*version[ \t]*=[ \t]*([0-9][0-9.]*)[ \t]*(?:#.*)?\r?$`)

// tomlAsYAML writes front matter in TOML as YAML.
func tomlAsYAML(name string, h front) ([]byte, error) {
	if err := boundYAML(name, h.first, h.text); err != nil {
		return nil, err
	}
	text := tomlVersion.ReplaceAll(h.text, []byte(`version = "$1"`))
	values := make(map[string]any)
	if _, err := toml.Decode(string(text), &values); err != nil {
		d := headFault(name, h.first, err.Error(), "front matter between two lines of +++ is TOML: key = \"value\"")
		var at toml.ParseError
		if errors.As(err, &at) {
			d.Line, d.Column, d.Message = h.first+at.Position.Line-1, max(1, at.Position.Col), at.Message
			d.Excerpt = caret(text, at.Position.Line, d.Column)
		}
		return nil, d
	}
	for key, value := range values {
		values[key] = plainValue(value)
	}
	return yaml.Marshal(values)
}

// plainValue writes the days of TOML as YAML has them.
func plainValue(value any) any {
	switch v := value.(type) {
	case time.Time:
		if v.Location().String() == "date-local" {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.RFC3339)
	case map[string]any:
		for key := range v {
			v[key] = plainValue(v[key])
		}
	}
	return value
}

func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
