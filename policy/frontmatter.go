package policy

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// FrontMatter is what the head of a text says about it. Keys that other tools
// read are left alone.
type FrontMatter struct {
	Title         string    `yaml:"title"`
	ID            string    `yaml:"id"`
	Version       Scalar    `yaml:"version"`
	EffectiveDate Date      `yaml:"effective_date"`
	Announced     Date      `yaml:"announced"`
	Summary       string    `yaml:"summary"`
	Change        *Severity `yaml:"change"`        // the editor's word; nil when the proposal stands
	ChangeReason  string    `yaml:"change_reason"` // why Change is lower than the proposal
	ApprovedBy    string    `yaml:"approved_by"`
	Notice        Channels  `yaml:"notice"` // overrides the configured channels
	Lang          string    `yaml:"lang"`
	TranslationOf string    `yaml:"translation_of"`
	Aliases       Strings   `yaml:"aliases"`
	Draft         bool      `yaml:"draft"`
}

// Scalar is a YAML value kept as it was written, so that version: 1.10 does
// not become the number 1.1.
type Scalar string

// UnmarshalYAML keeps the bytes of the value, without its quotation marks.
func (s *Scalar) UnmarshalYAML(text []byte) error {
	*s = Scalar(unquote(string(text)))
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

// delimiter is the line that opens and closes front matter.
var delimiter = regexp.MustCompile(`(?m)^---[ \t]*\r?$`)

// SplitFrontMatter parts src into its front matter, without the delimiters,
// and its body. The line is where the body begins, from 1. A text without
// front matter is all body.
func SplitFrontMatter(src []byte) (front, body []byte, line int) {
	if !bytes.HasPrefix(src, []byte("---")) {
		return nil, src, 1
	}
	marks := delimiter.FindAllIndex(src, 2)
	if len(marks) < 2 || marks[0][0] != 0 {
		return nil, src, 1
	}
	front = src[marks[0][1]:marks[1][0]]
	body = src[marks[1][1]:]
	line = 1 + bytes.Count(src[:marks[1][1]], []byte("\n"))
	return front, body, line
}

// parseFrontMatter reads the front matter of the named text.
func parseFrontMatter(name string, front []byte) (FrontMatter, error) {
	var f FrontMatter
	if len(bytes.TrimSpace(front)) == 0 {
		return f, nil
	}
	// front begins with the line end of the opening delimiter: line 1 of the file.
	if err := UnmarshalYAML(name, 1, front, false, &f); err != nil {
		d, ok := err.(*Diagnostic)
		if ok {
			d.Rule = "front-matter"
			d.Hint = "front matter is YAML between two lines of ---; put a value that holds a colon in quotation marks"
		}
		return FrontMatter{}, err
	}
	return f, nil
}

func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// checkUTF8 finds the first byte of src that is not UTF-8.
func checkUTF8(name string, src []byte) error {
	if utf8.Valid(src) {
		return nil
	}
	at := 0
	for at < len(src) {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	return &Diagnostic{
		File: name, Line: 1 + bytes.Count(src[:at], []byte("\n")),
		Column: 1 + utf8.RuneCount(src[start:at]), Level: Error, Rule: "utf-8",
		Message: fmt.Sprintf("byte 0x%02x is not UTF-8", src[at]),
		Hint:    "save the file as UTF-8",
	}
}
