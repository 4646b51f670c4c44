package site

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestTemplatesOfAPublisherAreBounded: what never ends, or makes much of little,
// fails with the place and the bound, and the site that is there stays.
func TestTemplatesOfAPublisherAreBounded(t *testing.T) {
	doubled := `{{$x := "abcdefgh"}}` + strings.Repeat(`{{$x = printf "%s%s" $x $x}}`, 40)
	for name, test := range map[string]struct{ text, want string }{
		"a range without an end":  {`{{range 1000000000000}}{{end}}`, "too many steps"},
		"ranges in ranges":        {`{{range 100000}}{{range 100000}}{{end}}{{end}}`, "too many steps"},
		"a tree of calls":         {`{{define "x"}}{{if gt (len .) 1}}{{template "x" (slice . 1)}}{{template "x" (slice . 1)}}{{end}}{{end}}{{template "x" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}`, "too many steps"},
		"words that double":       {doubled, "a word of more than"},
		"backslashes that double": {`{{$x := "\\"}}` + strings.Repeat(`{{$x = js $x}}`, 60), "a word of more than"},
		"a wide word":             {`{{range 1000000}}{{printf "%1000000d" 1}}{{end}}`, "grows beyond"},
	} {
		s := library(t)
		o := options(t)
		dst := s.build(o)
		before := allFiles(t, dst)
		o.Theme.Templates = []File{{Name: "legal/footer.tmpl", Data: []byte("\n" + test.text)}}
		_, err := Build(t.Context(), dst, s.policies, s.texts, o)
		if err == nil || !strings.Contains(err.Error(), test.want) || test.want != "grows beyond" && !strings.Contains(err.Error(), "legal/footer.tmpl:") {
			t.Errorf("%s: %v", name, err)
		}
		if len(allFiles(t, dst)) != len(before) {
			t.Errorf("%s: the site that stood is gone", name)
		}
	}
}

// TestATemplateThatCountsWritesTheSame: counting changes no byte of a page.
func TestATemplateThatCountsWritesTheSame(t *testing.T) {
	s := library(t)
	o := options(t)
	plain := allFiles(t, s.build(o))
	for _, name := range TemplateNames() {
		o.Theme.Templates = append(o.Theme.Templates, File{Name: name, Data: Template(name)})
	}
	counted := allFiles(t, s.build(o))
	for name, want := range plain {
		if !strings.HasPrefix(name, ".") && counted[name] != want {
			t.Errorf("%s differs when its template counts", name)
		}
	}
}

// TestAPublishersStepIsOfItsPage: what our template says of a step is the same on
// each page, and made once; a publisher's may say something of the page.
func TestAPublishersStepIsOfItsPage(t *testing.T) {
	s, o := library(t), options(t)
	o.On = day(t, "2027-02-01") // 2.0 is in force: its step is on the pages of 1.0 and 1.1
	layout := strings.Replace(string(Template("layout.tmpl")), `{{define "step" -}}`, `{{define "step" -}}<li class="of">{{.Page.Dir}}</li>`, 1)
	o.Theme.Templates = []File{{Name: "layout.tmpl", Data: []byte(layout)}}
	told := 0
	for name, page := range allFiles(t, s.build(o)) {
		for _, rest := range strings.Split(page, `<li class="of">`)[1:] {
			told++
			if of, _, _ := strings.Cut(rest, "<"); of+"index.html" != name {
				t.Errorf("%s has a step of %s", name, of)
			}
		}
	}
	if told < 2 {
		t.Errorf("%d steps are told", told)
	}
}

func TestAnInterruptedTemplateEnds(t *testing.T) {
	s := library(t)
	o := options(t)
	o.Theme.Templates = []File{{Name: "footer.tmpl", Data: []byte(`{{range 1000000000000}}{{end}}`)}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := Build(ctx, t.TempDir()+"/out", s.policies, s.texts, o); err == nil {
		t.Error("the build succeeds")
	}
}
