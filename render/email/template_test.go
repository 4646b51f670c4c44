package email

import (
	"strings"
	"testing"
	"unicode"

	"github.com/andybalholm/cascadia"

	"github.com/codicil/codicil/policy/notice"
)

const (
	ownText = "{{.Hello}}\n{{.Lead}}\n{{range .Changes}}{{.Clause}}{{end}}\n{{.Compare}}\n{{.Policy}}\n{{.ReplyTo}}\n{{.Reason}}\n{{with .Leave}}Leave: {{.}}{{end}}\n"
	ownPage = `<!DOCTYPE html><html lang="{{.Words.Lang}}"><title>{{.Subject}}</title><p>{{.Lead}}<p><a href="{{.Compare}}">redline</a> {{.Compare}} <a href="{{.Policy}}">text</a> {{.Policy}} {{.ReplyTo}} {{.Reason}} {{.LeaveLink}}`
)

func TestTemplatesOfTheirOwnAreUsed(t *testing.T) {
	templates, err := NewTemplates(Template{"email.txt.tmpl", ownText}, Template{"email.html.tmpl", ownPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, class := range []notice.Class{notice.ServiceClass, notice.Follower} {
		n, o := noticeOf(t, textBefore, textAfter), options()
		n.Class, o.Templates, o.Unsubscribe = class, templates, "https://example.com/leave?a=1&b=2"
		body, _ := mustCompose(t, n, o)
		if !strings.HasPrefix(body.Text, "Hello"+NameMark+",\nPrivacy policy is changing") || !strings.Contains(body.HTML, ">redline</a>") {
			t.Errorf("the message is\n%s\n%s", body.Text, body.HTML)
		}
		if leaves := strings.Contains(body.Text, "Leave: https://example.com/leave?a=1&b=2&t="+TokenMark); leaves != (class == notice.Follower) {
			t.Errorf("%s: the reader can leave: %v", class, leaves)
		}
	}
}

func TestATemplateNamesFieldsOfTheListAlone(t *testing.T) {
	for text, want := range map[string]string{
		"{{.Lead}}\n{{.Nmae}}":                                  "mine.tmpl:2:2", // line and column
		"{{if .Leave}}{{.Address}}{{end}}":                      "Address",
		"{{if .Leave}}{{else}}{{.Address}}{{end}}":              "Address",
		"{{range .Changes}}{{.Before}}{{end}}":                  "Before",
		"{{range .Changes}}{{range .Runs}}{{.X}}{{end}}{{end}}": "X",
		"{{.Words.subjectNext}}":                                "subjectNext",
		"{{.Lead":                                               "mine.tmpl:1",
		"{{shell .Lead}}":                                       "shell",
	} {
		for i := range 2 {
			var both [2]Template
			both[i] = Template{"mine.tmpl", text}
			if _, err := NewTemplates(both[0], both[1]); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s as part %d: %v", text, i, err)
			}
		}
	}
}

func TestATemplateThatLeavesOutWhatReadersNeedIsRefused(t *testing.T) {
	leave := func(field string) Template {
		return Template{"mine.tmpl", strings.ReplaceAll(ownText, "{{."+field+"}}", "")}
	}
	for _, field := range []string{"Compare", "Policy", "ReplyTo", "Reason", "Lead"} {
		templates, err := NewTemplates(leave(field), Template{})
		if err != nil {
			t.Fatal(err)
		}
		o := options()
		o.Templates = templates
		if _, err := Compose(noticeOf(t, textBefore, textAfter), o); err == nil || !strings.Contains(err.Error(), "mine.tmpl") {
			t.Errorf("without %s: %v", field, err)
		}
	}
	for _, tag := range []string{`<img src="https://example.com/p.png">`, "<script>1</script>", "<style>p{background:url(//a.example)}</style>", `<form action="/">`} {
		templates, err := NewTemplates(Template{}, Template{"mine.tmpl", ownPage + tag})
		if err != nil {
			t.Fatal(err)
		}
		o := options()
		o.Templates = templates
		if _, err := Compose(noticeOf(t, textBefore, textAfter), o); err == nil || !strings.Contains(err.Error(), "by itself") {
			t.Errorf("with %s: %v", tag, err)
		}
	}
	n, o := noticeOf(t, textBefore, textAfter), options()
	n.Class, o.Unsubscribe = notice.Follower, "https://example.com/leave"
	o.Templates, _ = NewTemplates(Template{"mine.tmpl", strings.Replace(ownText, "{{with .Leave}}Leave: {{.}}{{end}}", "", 1)}, Template{})
	if _, err := Compose(n, o); err == nil || !strings.Contains(err.Error(), "{{.Leave}}") {
		t.Errorf("a message that followers cannot leave by: %v", err)
	}
}

// Whatever words stand in a text, its title or its summary, a message holds no
// element that runs or loads, leads nowhere but to the pages of the site and to where
// the text links, and its subject is one line without commands.
func TestNoWordOfANoticeBecomesMarkup(t *testing.T) {
	for _, words := range []string{
		"<script>alert(1)</script>", "\"><img src=//evil.example/p.png>", "</title><style>*{display:none}</style>", "<!--", "-->", "]]>", "javascript:alert(1)", "' onmouseover='alert(1)", "{{.Lead}}",
		"a\r\nBcc: eve@evil.example", "a\nSubject: b", "\x00", "\x1b[2J", "\u202eevil", "\u2028", "=?utf-8?q?=0D=0ABcc:_x?=", "&lt;b&gt;", "<a href=https://evil.example>x</a>", "<form action=//evil.example>", "<base href=//evil.example>",
	} {
		flat := strings.Join(strings.Fields(words), " ")
		n := noticeOf(t, "# A\n\n1. One.\n", "# A "+flat+"\n\n1. One "+flat+".\n\n"+words+"\n\n| "+flat+" |\n|---|\n| "+flat+" |\n")
		n.Title, n.Label, n.Previous, n.Summary = "T"+words, "2"+words, "1"+words, "S"+words
		o := options()
		o.Sender = "E" + words
		body, page := mustCompose(t, n, o)
		for _, selector := range []string{"script", "img", "link", "iframe", "object", "form", "base", "[src]", "[onerror]", "[onmouseover]", "[onload]"} {
			if found := cascadia.QueryAll(page, cascadia.MustCompile(selector)); len(found) > 0 {
				t.Errorf("%q: the message has %s", words, selector)
			}
		}
		for _, a := range cascadia.QueryAll(page, cascadia.MustCompile("a[href]")) {
			for _, at := range a.Attr {
				if at.Key == "href" && !strings.HasPrefix(at.Val, "https://example.com/") && !strings.HasPrefix(at.Val, "mailto:privacy@example.com") {
					t.Errorf("%q: the message leads to %q", words, at.Val)
				}
			}
		}
		if strings.ContainsFunc(body.Subject, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp) }) {
			t.Errorf("the subject is %q", body.Subject)
		}
	}
}
