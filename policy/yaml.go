package policy

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// UnmarshalYAML reads src, the YAML text of the named file that begins at the
// given line of it, into v. A fault comes back as a *Diagnostic with line,
// column and a caret. When strict, a key that v does not have is a fault.
func UnmarshalYAML(name string, line int, src []byte, strict bool, v any) error {
	if err := boundYAML(name, line, src); err != nil {
		return err
	}
	var options []yaml.DecodeOption
	if strict {
		options = append(options, yaml.Strict())
	}
	err := decodeYAML(src, v, options)
	if err == nil {
		return nil
	}
	return yamlDiagnostic(name, line, src, err)
}

// decodeYAML keeps a failure of the library, as over a list with a tag of its own,
// to the one text that it is about.
func decodeYAML(src []byte, v any, options []yaml.DecodeOption) (err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = errors.New("this YAML cannot be read: it has a value of an unexpected kind or a tag of its own")
		}
	}()
	return yaml.UnmarshalWithOptions(src, v, options...)
}

// yamlPlace is how the library writes where a fault is, when its error holds
// no token to ask: "[3:5] what is wrong".
var yamlPlace = regexp.MustCompile(`^\[(\d+):(\d+)\] `)

// yamlDiagnostic turns an error of the YAML library into one of ours.
func yamlDiagnostic(name string, first int, src []byte, err error) error {
	d := &Diagnostic{File: name, Line: first, Column: 1, Level: Error, Rule: "yaml"}
	text := yaml.FormatError(err, false, false)
	if m := yamlPlace.FindStringSubmatch(text); m != nil {
		line, _ := strconv.Atoi(m[1])
		d.Line = first + line - 1
		d.Column, _ = strconv.Atoi(m[2])
		d.Excerpt = caret(src, line, d.Column)
		text = strings.TrimPrefix(text, m[0])
	}
	d.Message, _, _ = strings.Cut(text, "\n")
	if d.Excerpt == "" {
		d.locate(first, src)
	}
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		d.Hint = "remove the key or correct its spelling"
	}
	d.inPlainWords(first, src)
	return d
}

// quoted is the value that an error message begins with.
var quoted = regexp.MustCompile(`^"([^"]+)"`)

// locate finds the place of a value that one of our own types refused: the
// library does not tell it, but the message quotes the value.
func (d *Diagnostic) locate(first int, src []byte) {
	m := quoted.FindStringSubmatch(d.Message)
	if m == nil {
		return
	}
	for i, line := range strings.Split(string(src), "\n") {
		if at := strings.Index(line, m[1]); at >= 0 {
			d.Line = first + i
			d.Column = utf8.RuneCountInString(line[:at]) + 1
			d.Excerpt = caret(src, i+1, d.Column)
			return
		}
	}
}

// caret shows one line of src with a mark under the given column.
func caret(src []byte, line, column int) string {
	lines := strings.Split(string(src), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	text := strings.TrimRight(strings.ReplaceAll(lines[line-1], "\t", " "), "\r")
	return fmt.Sprintf("  %s\n  %s^", text, strings.Repeat(" ", max(0, column-1)))
}
