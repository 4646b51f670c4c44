package subscribe

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
)

//go:embed templates words
var files embed.FS

//go:embed templates/form.css
var formStyle []byte

// languages are those that the pages speak; the first is for all others.
var languages = [...]string{"en", "de", "es", "fr", "zh-Hans"}

// words are the words of one language, by their key.
type words map[string]string

// pages are the templates, and the words for them.
type pages struct {
	templates *template.Template
	words     map[string]words
}

func newPages() (*pages, error) {
	t, err := template.ParseFS(files, "templates/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("templates of the pages to subscribe: %w", err)
	}
	p := &pages{t, map[string]words{}}
	for _, lang := range languages {
		data, err := files.ReadFile("words/" + lang + ".json")
		if err != nil {
			return nil, err
		}
		var w words
		if err := json.Unmarshal(data, &w); err != nil {
			return nil, fmt.Errorf("words of the pages to subscribe, %s: %w", lang, err)
		}
		p.words[lang] = w
	}
	return p, nil
}

// page is what a template is filled with.
type page struct {
	*Server
	words
	Lang  string
	Base  string
	Style string

	Kind     string // which words are on a page that only says something
	Token    string
	Email    string
	Policies []choice
	All      bool
	Faults   []string // keys of what is wrong with the form
	Policy   string   // title of the one that a link is about
	Langs    []choice

	Offer  *Offer      // that the page is about
	Offers []Offer     // to choose among
	Day    policy.Date // on which somebody declined, or until which they could
}

// choice is one of several.
type choice struct {
	ID, Title string
	On        bool
}

// Say returns the words of a key.
func (p *page) Say(key string) string { return p.words[key] }

// Sayf returns the words of a key with something in its place.
func (p *page) Sayf(key string, args ...any) string { return fmt.Sprintf(p.words[key], args...) }

// Date writes a day for people: 1 February 2027.
func (p *page) Date(d policy.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf(p.words["date"], d.Day, strings.Fields(p.words["months"])[d.Month-1], d.Year)
}

// Wrong reports whether a field is.
func (p *page) Wrong(field string) bool { return slices.Contains(p.Faults, field) }

// page begins a page in the language of its reader.
func (s *Server) page(r *http.Request, lang string) *page {
	if lang == "" {
		lang = r.FormValue("lang")
	}
	if !spoken(lang) {
		lang = s.accepted(r.Header.Get("Accept-Language"))
	}
	lang = notify.MatchLanguage(languages[:], lang)
	p := &page{Server: s, words: s.pages.words[lang], Lang: lang, Base: s.base, Style: s.base + "style.css?" + s.tag}
	for _, l := range languages {
		p.Langs = append(p.Langs, choice{l, s.pages.words[l]["language"], l == lang})
	}
	return p
}

func spoken(lang string) bool {
	_, ok := policy.NearestLanguage(languages[:], lang)
	return ok
}

// accepted returns the first language of a list (RFC 9110, section 12.5.4)
// that we speak. Browsers put the dearest first.
func (s *Server) accepted(list string) string {
	for item := range strings.SplitSeq(list, ",") {
		if tag, _, _ := strings.Cut(strings.TrimSpace(item), ";"); spoken(tag) {
			return tag
		}
	}
	return s.Lang
}

// offer fills in what can be followed, and what is.
func (p *page) offer(on []string) {
	p.All = slices.Contains(on, notify.AllPolicies)
	for _, known := range p.Server.Policies {
		p.Policies = append(p.Policies, choice{known.ID, known.Title, slices.Contains(on, known.ID)})
	}
}

// show answers with a page.
func (p *page) show(w http.ResponseWriter, code int, name string) {
	var b bytes.Buffer
	if err := p.pages.templates.ExecuteTemplate(&b, name, p); err != nil {
		p.Log.Error("page not made", "page", name, "why", err.Error())
		http.Error(w, "The page cannot be shown.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", p.Lang)
	w.WriteHeader(code)
	_, _ = w.Write(b.Bytes()) // nobody is left to tell
}

// say answers with a page that only says something.
func (s *Server) say(w http.ResponseWriter, r *http.Request, code int, kind string) {
	p := s.page(r, "")
	p.Kind = kind
	p.show(w, code, "said.tmpl")
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.say(w, r, http.StatusNotFound, "missing")
}

// broken answers when the ledger does not take what it is told.
func (s *Server) broken(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.Error("the ledger does not answer", "why", err.Error())
	w.Header().Set("Retry-After", "60")
	s.say(w, r, http.StatusServiceUnavailable, "broken")
}
