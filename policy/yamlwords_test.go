package policy

import (
	"errors"
	"strings"
	"testing"
)

// TestFaultsOfYAMLAreToldInPlainWords holds what is said of a mistyped line to the
// words of whoever typed it: the YAML library speaks of maps and tokens.
func TestFaultsOfYAMLAreToldInPlainWords(t *testing.T) {
	for _, test := range []struct{ line, message, hint string }{
		{`version:"2.0"`, "no space follows the colon of version", "write `version: \"2.0\"`"},
		{`version:2.0`, "no space follows the colon of version", "write `version: 2.0`"},
		{"version:\u00a02.0", "the space after version: is one that word processors make, and YAML does not know it", "write an ordinary space in its place"},
		{"version：2.0", "the colon after version is a wide one, ：", "write a plain colon and a space: `version: `"},
		{"version: 1\nversion: 2", "version is given twice, first on line 4", "keep one of the two lines"},
		{"  version: 2.0", "spaces before version make this line a part of the one above", "take the spaces away"},
		{"\tversion: 2.0", "a tab indents this line, and YAML takes spaces alone", "put spaces in the place of the tab"},
		{`summary: Change: fees`, "the value of summary holds a colon, and YAML takes what is before it for a key", `put the value in quotation marks: summary: "Change: fees"`},
		{`summary: "We say "hello""`, "the value of summary cannot be read as it is written", `put the whole value in quotation marks: summary: 'We say "hello"'`},
		{`summary: 'It's new'`, "the value of summary cannot be read as it is written", `put the whole value in quotation marks: summary: "It's new"`},
		{`summary: *New* rules`, "the value of summary cannot be read as it is written", `put the whole value in quotation marks: summary: "*New* rules"`},
		{`summary: "never closed`, "the quotation mark at the beginning of the value of summary is never closed", "close it at the end of the value"},
		{"summary: one\ntwo words", "this line is neither a key with its value nor a part of the line above", plainSpellOut},
		{`aliases: [a, b`, "a list that begins before this place is never closed", "put a ] at its end"},
		{`draft: yes`, "draft is true or false, and not yes", "write `draft: true` or `draft: false`"},
		{`change: huge`, `"huge" is not a severity`, "write none, editorial, minor or major"},
	} {
		_, err := Parse("a.md", []byte("---\ntitle: Rules\nid: rules\n"+test.line+"\nlang: en\n---\n\n# Rules\n"))
		var d *Diagnostic
		if !errors.As(err, &d) {
			t.Errorf("%s: %v", test.line, err)
			continue
		}
		if d.Message != test.message || d.Hint != test.hint || d.Line < 4 || d.Line > 5 {
			t.Errorf("%s: line %d: %s\nhint: %s", test.line, d.Line, d.Message, d.Hint)
		}
		if strings.Contains(d.Message, "Go ") {
			t.Errorf("%s: %s", test.line, d.Message)
		}
	}
}

// Words that are written with QuoteYAML are read again as the same words, and no
// reader of an older YAML takes them for a value.
func TestQuotedWordsAreReadAsTheyWere(t *testing.T) {
	t.Parallel()
	for words, bare := range map[string]bool{
		"Cookie policy": true, "Terms, part (1)/2.": true, "Règles du jeu": true, "利用規約": true, "Terms": true, "Nothing": true,
		"No": false, "yes": false, "TRUE": false, "Null": false, "off": false, "Y": false, "": false, "~": false, "12": false, "1.5": false, "2027-03-01": false,
		"Terms: part 1": false, `Say "yes"`: false, "Terms #1": false, " Terms": false, "Terms ": false, "- a": false, "Über\\all": false, "a\tb": false, "*all*": false,
	} {
		written := QuoteYAML(words)
		if (written == words) != bare {
			t.Errorf("%q is written %s", words, written)
		}
		var read struct {
			Title string `yaml:"title"`
		}
		if err := UnmarshalYAML("a.md", 1, []byte("title: "+written+"\n"), true, &read); err != nil || read.Title != words {
			t.Errorf("%q is written %s and read %q, %v", words, written, read.Title, err)
		}
	}
}
