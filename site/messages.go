package site

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// The messages are in messages/, one file a language. In a message, %[2]s is
// the second value that the page gives, [these words] become a link, and *these*
// are strong. One that counts has a form for each plural of its language, by
// the names of CLDR.
//
//go:embed messages
var messageFiles embed.FS

// defaultLang is the language whose messages every page has.
const defaultLang = "en"

// readLanguages reads the messages of all languages, once.
var readLanguages = sync.OnceValues(func() (map[string]*words, error) {
	entries, err := messageFiles.ReadDir("messages")
	if err != nil {
		return nil, err
	}
	builder := catalog.NewBuilder(catalog.Fallback(language.English))
	all := make(map[string]*words)
	for _, e := range entries {
		lang := strings.TrimSuffix(e.Name(), ".json")
		messages, err := readMessages(lang)
		if err != nil {
			return nil, fmt.Errorf("messages/%s: %w", e.Name(), err)
		}
		tag := language.Make(lang)
		for key, m := range messages {
			if err := m.addTo(builder, tag, key); err != nil {
				return nil, fmt.Errorf("messages/%s: %s: %w", e.Name(), key, err)
			}
		}
		all[lang] = &words{lang: lang, months: strings.Fields(messages["months"].text), names: display.Languages(tag), plain: plain(messages)}
	}
	for lang, w := range all {
		tag := lang
		if lang == "ar" {
			tag += "-u-nu-latn" // numbers have the digits that the days and labels have
		}
		w.printer = message.NewPrinter(language.Make(tag), message.Catalog(builder))
	}
	return all, nil
})

// saying is one message: a text, or a text for each plural form.
type saying struct {
	text  string
	forms map[string]string
}

// UnmarshalJSON reads a string, or an object of plural forms.
func (s *saying) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &s.text) == nil {
		return nil
	}
	return json.Unmarshal(data, &s.forms)
}

func readMessages(lang string) (map[string]saying, error) {
	data, err := messageFiles.ReadFile("messages/" + lang + ".json")
	if err != nil {
		return nil, err
	}
	var messages map[string]saying
	err = json.Unmarshal(data, &messages)
	return messages, err
}

// plain returns the messages that are said as they are written.
func plain(messages map[string]saying) map[string]string {
	list := make(map[string]string)
	for key, m := range messages {
		if m.forms == nil && !strings.Contains(m.text, "%") {
			list[key] = m.text
		}
	}
	return list
}

// addTo adds the message to a catalogue.
func (s saying) addTo(b *catalog.Builder, tag language.Tag, key string) error {
	if s.forms == nil {
		return b.SetString(tag, key, s.text)
	}
	var cases []any
	for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
		if text, ok := s.forms[form]; ok {
			cases = append(cases, form, text)
		}
	}
	return b.Set(tag, key, plural.Selectf(1, "%d", cases...))
}

// target is where a link of a message leads.
type target string

// rich returns a message as HTML. Its links lead to the targets among the
// values, in their order; values that are HTML stay as they are, the others
// are escaped.
func (w *words) rich(key string, values ...any) template.HTML {
	var links []string
	var pieces []string // what stands in for values, so that a value is never taken for a mark
	args := make([]any, 0, len(values))
	for _, v := range values {
		switch v := v.(type) {
		case target:
			links = append(links, string(v))
			continue
		case int:
			args = append(args, v)
			continue
		case template.HTML:
			pieces = append(pieces, string(v))
		default:
			pieces = append(pieces, template.HTMLEscapeString(fmt.Sprint(v)))
		}
		args = append(args, string(rune(firstPiece+len(pieces)-1)))
	}
	return template.HTML(markUp(w.say(key, args...), pieces, links))
}

// firstPiece is the first of the private characters that are in a message for
// its values.
const firstPiece = 0xE000

// markUp turns the marks of a message into HTML.
func markUp(text string, pieces, links []string) string {
	var b strings.Builder
	strong, done := false, 0
	for i, r := range text {
		var mark string
		switch {
		case r >= firstPiece && int(r-firstPiece) < len(pieces):
			mark = pieces[r-firstPiece]
		case r == '[' && len(links) > 0:
			mark = `<a href="` + template.HTMLEscapeString(links[0]) + `">`
			links = links[1:]
		case r == ']':
			mark = "</a>"
		case r == '*' && strong:
			mark, strong = "</strong>", false
		case r == '*':
			mark, strong = "<strong>", true
		case r == '&' || r == '<' || r == '>' || r == '"' || r == '\'':
			mark = template.HTMLEscapeString(string(r))
		default:
			continue
		}
		b.WriteString(text[done:i])
		b.WriteString(mark)
		done = i + utf8.RuneLen(r)
	}
	b.WriteString(text[done:])
	return b.String()
}
