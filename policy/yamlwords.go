package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The YAML library says what its grammar misses. What follows says what an editor
// typed, and what to type instead.

var (
	wideColon     = regexp.MustCompile(`^[ ]*([\pL\d_-]+)[ \t]*：`)
	wideSpace     = regexp.MustCompile(`^[ ]*([\pL\d_-]+):[\x{a0}\x{2007}\x{202f}\x{3000}]`)
	noSpace       = regexp.MustCompile(`^[ ]*([\pL][\pL\d_-]*):([^ \t\r/][^\r]*)`)
	indentedKey   = regexp.MustCompile(`^[ ]+([\pL][\pL\d_-]*):(?:[ \t]|$)`)
	keyAndValue   = regexp.MustCompile(`^[ ]*([\pL\d_-]+):[ \t]+([^\r]*)`)
	alreadyThere  = regexp.MustCompile(`^mapping key "([^"]+)" already defined at \[(\d+):\d+\]`)
	wrongKind     = regexp.MustCompile(`^cannot unmarshal \S+(?: \{\})? into Go .* of type (\S+)`)
	libraryWords  = regexp.MustCompile(`not allowed in this context|non-map value|reserved character|directive value|invalid header option|must be specified|could not find|unexpected|cannot unmarshal`)
	neverClosed   = "could not find end character"
	colonInValue  = "mapping value is not allowed"
	neverEnds     = "must be specified"
	plainSpellOut = "write it as `key: value`; to go on with the value of the line above, begin the line with two spaces"
)

// inPlainWords says what is wrong with a line of YAML that begins at line first of
// its file, in the words of whoever typed it.
func (d *Diagnostic) inPlainWords(first int, src []byte) {
	lines := strings.Split(string(src), "\n")
	at := d.Line - first
	if at < 0 || at >= len(lines) {
		return
	}
	line := lines[at]
	if m := alreadyThere.FindStringSubmatch(d.Message); m != nil {
		before, _ := strconv.Atoi(m[2]) // digits, by the pattern
		d.Message, d.Hint = fmt.Sprintf("%s is given twice, first on line %d", m[1], first+before-1), "keep one of the two lines"
		return
	}
	if d.mistyped(line) {
		return
	}
	if strings.Contains(d.Message, colonInValue) && at+1 < len(lines) {
		if m := indentedKey.FindStringSubmatch(lines[at+1]); m != nil && !strings.Contains(afterKey(line), ": ") {
			d.Line, d.Column, d.Excerpt = d.Line+1, 1, caret(src, at+2, 1)
			d.Message, d.Hint = "spaces before "+m[1]+" make this line a part of the one above", "take the spaces away"
			return
		}
	}
	if libraryWords.MatchString(d.Message) {
		d.unreadable(line)
	}
}

// mistyped names a mark that is not the one that YAML wants.
func (d *Diagnostic) mistyped(line string) bool {
	if strings.HasPrefix(strings.TrimLeft(line, " "), "\t") {
		d.Message, d.Hint = "a tab indents this line, and YAML takes spaces alone", "put spaces in the place of the tab"
		return true
	}
	if m := wideColon.FindStringSubmatch(line); m != nil {
		d.Message, d.Hint = "the colon after "+m[1]+" is a wide one, ：", "write a plain colon and a space: `"+m[1]+": `"
		return true
	}
	if m := wideSpace.FindStringSubmatch(line); m != nil {
		d.Message, d.Hint = "the space after "+m[1]+": is one that word processors make, and YAML does not know it", "write an ordinary space in its place"
		return true
	}
	if m := noSpace.FindStringSubmatch(line); m != nil && !strings.Contains(d.Message, "allowed in this context") {
		d.Message, d.Hint = "no space follows the colon of "+m[1], fmt.Sprintf("write `%s: %s`", m[1], m[2])
		return true
	}
	return false
}

// unreadable says that the value of a line, or the line, cannot be read.
func (d *Diagnostic) unreadable(line string) {
	m := keyAndValue.FindStringSubmatch(line)
	if strings.Contains(d.Message, neverEnds) {
		d.Message, d.Hint = "a list that begins before this place is never closed", "put a ] at its end"
		return
	}
	if m == nil {
		d.Message, d.Hint = "this line is neither a key with its value nor a part of the line above", plainSpellOut
		return
	}
	key, value := m[1], strings.TrimSpace(m[2])
	kind := wrongKind.FindStringSubmatch(d.Message)
	switch {
	case kind != nil && kind[1] == "bool":
		d.Message, d.Hint = fmt.Sprintf("%s is true or false, and not %s", key, value), fmt.Sprintf("write `%s: true` or `%s: false`", key, key)
	case kind != nil && strings.HasPrefix(kind[1], "int"):
		d.Message, d.Hint = fmt.Sprintf("%s is a number, and not %s", key, value), "write it in digits"
	case strings.Contains(d.Message, neverClosed):
		d.Message, d.Hint = "the quotation mark at the beginning of the value of "+key+" is never closed", "close it at the end of the value"
	case strings.Contains(value, ": ") && strings.Contains(d.Message, colonInValue):
		d.Message, d.Hint = "the value of "+key+" holds a colon, and YAML takes what is before it for a key", "put the value in quotation marks: "+key+": "+inQuotes(value)
	default:
		d.Message, d.Hint = "the value of "+key+" cannot be read as it is written", "put the whole value in quotation marks: "+key+": "+inQuotes(value)
	}
}

// afterKey is what a line says after its first key.
func afterKey(line string) string {
	_, value, _ := strings.Cut(line, ": ")
	return value
}

// inQuotes writes a value as YAML can read it, whatever it holds.
func inQuotes(value string) string {
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		value = value[1 : len(value)-1]
	}
	if !strings.ContainsAny(value, `"\`) {
		return `"` + value + `"`
	}
	return "'" + strings.ReplaceAll(value, "'", "''") + "'"
}

// yamlValues are words that one version of YAML or another reads as a value.
var yamlValues = []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}

// plainYAML are words that YAML reads as themselves unless they are values.
var plainYAML = regexp.MustCompile(`^\pL[\pL\pN ,.()/-]*$`)

// QuoteYAML writes words of one line so that every version of YAML reads them as
// these words: in quotation marks where they could be something else.
func QuoteYAML(words string) string {
	plain := plainYAML.MatchString(words) && strings.TrimSpace(words) == words && !slices.Contains(yamlValues, strings.ToLower(words))
	if plain {
		return words
	}
	return strconv.QuoteToGraphic(words)
}
