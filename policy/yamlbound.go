package policy

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// The time and memory to read YAML grow with the square of its depth and of its
// keys, and without any bound with aliases of aliases. Nobody writes so much by
// hand: what passes these bounds was made to keep a machine busy.
const (
	maxYAML        = 256 << 10 // bytes
	maxYAMLDepth   = 100       // brackets, dashes or levels of indentation within each other
	maxYAMLKeys    = 2000
	maxYAMLAliases = 20
	maxYAMLMarks   = 200 // anchors and tags
)

var (
	yamlKey    = regexp.MustCompile(`:(?:[ \t\r\n]|$)`)
	yamlMark   = regexp.MustCompile(`(?:^|[\s:,\[{-])[&!][^\s=]`)
	yamlDashes = regexp.MustCompile(fmt.Sprintf(`(?m)^[ \t]*(?:[-?:][ \t]+){%d}`, maxYAMLDepth))
)

// boundYAML returns a fault that names the bound which src passes, if it does.
func boundYAML(name string, first int, src []byte) error {
	over := func(line int, most int, of string) error {
		return &Diagnostic{
			File: name, Line: first + line, Column: 1, Level: Error, Rule: "yaml",
			Message: fmt.Sprintf("the YAML has more than %d %s, which is more than is read", most, of),
			Hint:    "write it shorter",
		}
	}
	if len(src) > maxYAML {
		return over(0, maxYAML, "bytes")
	}
	if line, deep := deepLine(src); deep {
		return over(line, maxYAMLDepth, "values within each other")
	}
	if bytes.Count(src, []byte(":")) > maxYAMLKeys && len(yamlKey.FindAllIndex(src, maxYAMLKeys+1)) > maxYAMLKeys {
		return over(0, maxYAMLKeys, "keys")
	}
	if bytes.Count(src, []byte("&"))+bytes.Count(src, []byte("!")) > maxYAMLMarks && len(yamlMark.FindAllIndex(src, maxYAMLMarks+1)) > maxYAMLMarks {
		return over(0, maxYAMLMarks, "anchors and tags")
	}
	if bytes.Count(src, []byte("*")) > maxYAMLAliases && aliases(src) > maxYAMLAliases {
		return over(0, maxYAMLAliases, "aliases")
	}
	return nil
}

// deepLine returns the line, from 0, on which values are too deep in each other.
func deepLine(src []byte) (int, bool) {
	open := 0
	number := 0
	for line := range bytes.Lines(src) {
		open += bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{"))
		open = max(0, open-bytes.Count(line, []byte("]"))-bytes.Count(line, []byte("}")))
		inLine := nested(line)
		if max(open, inLine) > maxYAMLDepth || yamlDashes.Match(line) {
			return number, true
		}
		number++
	}
	return 0, blockDepth(src) > maxYAMLDepth
}

// nested returns how many brackets of a line are open at once.
func nested(line []byte) int {
	open, most := 0, 0
	for _, c := range line {
		switch c {
		case '[', '{':
			open++
			most = max(most, open)
		case ']', '}':
			open--
		}
	}
	return most
}

// blockDepth returns how many lines at most are each indented more than the one
// above them.
func blockDepth(src []byte) int {
	var above []int // indentations of the lines that a line is below
	most := 0
	for line := range bytes.Lines(src) {
		text := bytes.TrimLeft(line, " ")
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		indent := len(line) - len(text)
		for len(above) > 0 && above[len(above)-1] >= indent {
			above = above[:len(above)-1]
		}
		above = append(above, indent)
		most = max(most, len(above))
	}
	return most
}

func aliases(src []byte) int {
	n := 0
	for _, t := range lexer.Tokenize(string(src)) {
		if t.Type == token.AliasType {
			n++
		}
	}
	return n
}
