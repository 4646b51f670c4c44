package email

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
	texttemplate "text/template"

	"github.com/codicil/codicil/policy/redline"
)

//go:embed templates/email.html.tmpl templates/email.txt.tmpl
var templateFiles embed.FS

// Templates are what the two parts of an email are made from.
type Templates struct {
	text *texttemplate.Template
	html *template.Template
	ours bool // the built-in ones, which need no test
}

// templateFuncs are the functions of templates besides those that all have.
func templateFuncs() texttemplate.FuncMap { return texttemplate.FuncMap{"upper": strings.ToUpper} }

var builtIn = &Templates{
	text: texttemplate.Must(texttemplate.New("email.txt.tmpl").Funcs(templateFuncs()).ParseFS(templateFiles, "templates/email.txt.tmpl")),
	html: template.Must(template.New("email.html.tmpl").ParseFS(templateFiles, "templates/email.html.tmpl")),
	ours: true,
}

// Template is one template of an email: the file it was read from, for
// errors, and its text.
type Template struct{ File, Text string }

// NewTemplates reads templates that replace the built-in ones; one without
// text leaves the built-in part. A template may name the fields of the list
// alone: Words, Hello, Greeting, Subject, Lang, Title, Sender, Day, Lead, Summary,
// Changes (each with Clause, What, Note, Runs; each of these with Op and Text),
// Sections, More, Numbers, Actions, Policy, Compare, Since, ReplyTo, Reason, Leave,
// LeaveLink, Remarks, DeclineBy, Means, Decline and DeclineLink. Any other is an error now, not at the first message.
func NewTemplates(text, page Template) (*Templates, error) {
	t := &Templates{text: builtIn.text, html: builtIn.html}
	var err error
	if text.Text != "" {
		if t.text, err = texttemplate.New(text.File).Funcs(templateFuncs()).Parse(text.Text); err != nil {
			return nil, err
		}
	}
	if page.Text != "" {
		if t.html, err = template.New(page.File).Parse(page.Text); err != nil {
			return nil, err
		}
	}
	// Once with every field filled and once with none: so each branch is taken.
	for _, sample := range []*view{fullView(), {Words: english()}} {
		if _, err := t.execute(sample); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// fullView is a view with something in every field.
func fullView() *view {
	some := []string{"some"}
	v := &view{
		Words: english(), Hello: NameMark, Greeting: NameMark, Subject: "s", Lang: "en", Title: "t", Sender: "s", Day: "d", Lead: "l",
		Summary: some, More: "m", Numbers: "n", Actions: some, Policy: "https://example.com/", Compare: "https://example.com/", Since: "https://example.com/",
		ReplyTo: "a@example.com", Reason: "r", Leave: TokenMark, LeaveLink: TokenMark,
		DeclineBy: "d", Means: "m", Decline: DeclineMark, DeclineLink: DeclineMark,
	}
	for _, op := range []string{"", "del", "ins"} {
		v.Changes = append(v.Changes, change{"c", v.Words.kinds[redline.Edited], "n", []run{{op, "w"}}}, change{"", "w", "", []run{{op, "w"}}})
	}
	return v
}

func (t *Templates) execute(v *view) (*Body, error) {
	var text, page bytes.Buffer
	if err := t.text.Execute(&text, v); err != nil {
		return nil, err
	}
	if err := t.html.Execute(&page, v); err != nil {
		return nil, err
	}
	return &Body{Subject: v.Subject, Text: text.String(), HTML: page.String()}, nil
}

// loads is what lets a mail program fetch or run something: it would tell who
// reads the message and when, and is often taken out.
var loads = regexp.MustCompile(`(?i)<(?:img|script|link|iframe|object|embed|form|video|audio|svg|base)\b|\bsrc\s*=|\burl\(|@import`)

// complete reports what a template left out of a message that its reader needs.
func (t *Templates) complete(b *Body, v *view) error {
	if t.ours {
		return nil
	}
	needed := [][2]string{{"Day", v.Day}, {"Compare", v.Compare}, {"Policy", v.Policy}, {"ReplyTo", v.ReplyTo}, {"Reason", v.Reason}}
	if v.Leave != "" {
		needed = append(needed, [2]string{"Leave", TokenMark})
	}
	if v.Decline != "" {
		needed = append(needed, [2]string{"DeclineBy", v.DeclineBy}, [2]string{"Means", v.Means}, [2]string{"Decline", DeclineMark})
	}
	for _, remark := range v.Remarks {
		needed = append(needed, [2]string{"Remarks", remark})
	}
	for _, field := range needed {
		for _, part := range []struct{ template, text string }{{t.text.Name(), b.Text}, {t.html.Name(), html.UnescapeString(b.HTML)}} {
			if !strings.Contains(part.text, field[1]) {
				return fmt.Errorf("%s: a notice must tell its reader {{.%s}}, and the template leaves it out", part.template, field[0])
			}
		}
	}
	if found := loads.FindString(b.HTML); found != "" {
		return fmt.Errorf("%s: %q would load or run something; the message must be complete by itself", t.html.Name(), found)
	}
	if strings.Count(b.Text+b.HTML, "\x00")%2 != 0 {
		return errors.New("the templates of the email cut a mark in two")
	}
	return nil
}
