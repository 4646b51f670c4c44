package desk

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"os"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
	"github.com/codicil/codicil/render/email"
)

//go:embed templates assets
var files embed.FS

// assets are the files that the pages of the desk load.
func assets() fs.FS {
	folder, err := fs.Sub(files, "assets")
	if err != nil {
		return files // cannot be: the name is a constant
	}
	return folder
}

// Change is what the desk is told of one policy: the change of the work tree
// against what is published or, when there is none, what the newest version
// changed. Notice, Redline and Assessment are nil for a first version.
type Change struct {
	Policy     *policy.Policy // with the change in it
	Before     string         // reference of the text that it is compared with
	Pending    bool           // the change is not published yet
	Notice     *notice.Notice
	Redline    *redline.Redline
	Assessment *materiality.Assessment
	Opinion    *reading.Opinion // of a second reader; nil where nobody has read the change
	Found      []*policy.Diagnostic
	Digest     string      // SHA-256 of the text in the work tree, in hexadecimal digits
	Editor     string      // who sits at the desk, as git knows them; empty where it does not
	Email      *email.Body // as it would be sent
	NoEmail    error       // why there is none
}

// entry is a change as the templates show it.
type entry struct {
	*Change
	Page   string // address of the text on the preview
	Marked template.HTML
	Mail   email.Body // with the fields of a reader filled in
}

func newEntries(changes []*Change) []*entry {
	entries := make([]*entry, 0, len(changes))
	for _, c := range changes {
		entries = append(entries, newEntry(c))
	}
	return entries
}

func newEntry(c *Change) *entry {
	at := policy.AddressOf(c.Policy)
	e := &entry{Change: c, Page: policy.LinkTo("", at.Page())}
	if c.Notice == nil {
		return e
	}
	e.Page = policy.LinkTo("", at.Version(c.Notice.Label))
	var b bytes.Buffer
	render.RedlineHTML(&b, c.Redline, render.RedlineOptions{Lang: "en", Shift: 1})
	e.Marked = template.HTML(b.String()) // valid and free of scripts by construction
	if c.Email != nil {
		e.Mail = *c.Email.For("Alex Reader", "")
	}
	return e
}

// ID returns the id of the policy.
func (e *entry) ID() string { return e.Policy.ID }

// Desk returns the address of the policy's page of the desk. An id may hold a
// slash.
func (e *entry) Desk() string { return Path + url.PathEscape(e.Policy.ID) + "/" }

// Title returns the title of the policy.
func (e *entry) Title() string { return e.Policy.Title }

// Label returns the label of the version that the change makes.
func (e *entry) Label() string { return e.Notice.Label }

// Stat says in words how much changed.
func (e *entry) Stat() string { return e.Redline.Stat().String() }

// Errors returns how many of the findings must be mended.
func (e *entry) Errors() int {
	n := 0
	for _, d := range e.Found {
		if d.Level == policy.Error {
			n++
		}
	}
	return n
}

// deskPage is what the templates of the desk are given.
type deskPage struct {
	Title, Day, Back, Fault, CSS string
	Policies                     []*entry
	One                          *entry
	BannerOnly                   bool   // show no dialog
	Embed                        string // folder of the files of the notice
}

func (s *Server) overview(w http.ResponseWriter, r *http.Request) {
	s.Refresh(r.Context())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.render(w, http.StatusOK, "overview.html", s.deskPage(nil))
}

func (s *Server) deskOf(w http.ResponseWriter, r *http.Request) {
	s.withPolicy(w, r, func(d *entry) { s.render(w, http.StatusOK, "policy.html", s.deskPage(d)) })
}

// sample is a page of another site that shows the notice.
func (s *Server) sample(w http.ResponseWriter, r *http.Request) {
	s.withPolicy(w, r, func(d *entry) {
		page := s.deskPage(d)
		page.BannerOnly, page.Embed = r.FormValue("max") == "banner", embedPath+s.token+"/"
		s.render(w, http.StatusOK, "sample.html", page)
	})
}

// email is the body of the email alone, for a frame of the desk.
func (s *Server) email(w http.ResponseWriter, r *http.Request) {
	s.withPolicy(w, r, func(d *entry) {
		if d.Email == nil {
			http.Error(w, "there is no email about this policy: its page of the desk says why", http.StatusNotFound)
			return
		}
		header := w.Header()
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox")
		fmt.Fprint(w, d.Mail.HTML)
	})
}

// withPolicy finds the policy that a page of the desk is about, whichever page of it is
// opened first.
func (s *Server) withPolicy(w http.ResponseWriter, r *http.Request, show func(*entry)) {
	s.Refresh(r.Context())
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.desk {
		if d.ID() == r.PathValue("id") {
			show(d)
			return
		}
	}
	http.NotFound(w, r)
}

// deskPage gathers what every page of the desk shows.
func (s *Server) deskPage(one *entry) deskPage {
	page := deskPage{Title: "Desk", Day: s.day().String(), Back: Path, Fault: s.faultText(), Policies: s.desk, One: one}
	if one != nil {
		page.Title, page.Back = one.Title(), one.Desk()
	}
	if styles, _ := fs.Glob(os.DirFS(s.o.Dir), "assets/site*.css"); len(styles) > 0 {
		page.CSS = "/" + styles[0]
	}
	return page
}

// render writes a page of the desk.
func (s *Server) render(w http.ResponseWriter, code int, name string, page deskPage) {
	t, err := template.ParseFS(files, "templates/*.html")
	var b bytes.Buffer
	if err == nil {
		err = t.ExecuteTemplate(&b, name, page)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")
	w.WriteHeader(code)
	_, _ = w.Write(b.Bytes()) // a client that has gone away is no fault of ours
}
