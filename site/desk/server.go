// Package desk is the place where an editor sees what a change will look like: a
// preview of the site with the texts of the work tree and, beside it, for each
// policy the redline, the assessment, the findings, the banner and the email.
package desk

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"html"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/site"
)

// Path is where the desk lies. No policy can be called so.
const Path = "/-/"

// Options say what a desk shows, and how it learns of it.
type Options struct {
	Root    string             // folder of the texts, which is watched
	Dir     string             // folder that Build writes the site to
	Address string             // of the preview, such as http://127.0.0.1:8080
	Today   func() policy.Date // the day that readers are shown until another is picked

	// Build writes the site with the texts of the work tree, as readers see it on
	// a day, and returns what the desk says of each policy. When it fails, the
	// site and the desk stay as they were; worktree.ErrBeingSaved is no failure.
	Build func(ctx context.Context, on policy.Date) ([]*Change, error)

	// Decide records a person's word on the change of a policy in its text in the
	// work tree, provided that this still has the bytes that the person saw, given
	// by their SHA-256. Nil is a desk at which nothing is decided.
	Decide func(ctx context.Context, id, seen string, d policy.Decision) error
}

// Server serves a site that is built anew when its texts have changed, and the
// desk beside it.
type Server struct {
	o       Options
	token   string // without which nothing is shown
	routes  http.Handler
	changes hub

	mu    sync.Mutex
	on    policy.Date // the day that readers are shown; zero for today
	state string      // of the texts at the last build
	fault error       // of the last build; the site is then the one before
	desk  []*entry
}

// New makes a server. Nothing is built before Refresh.
func New(o Options) *Server {
	s := &Server{o: o, token: rand.Text()}
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.page)
	mux.HandleFunc("GET "+Path+"{$}", s.overview)
	mux.HandleFunc("GET "+Path+"{id}/{$}", s.deskOf)
	mux.HandleFunc("GET "+Path+"{id}/email/{$}", s.email)
	mux.HandleFunc("GET "+Path+"{id}/notice/{$}", s.sample)
	mux.HandleFunc("POST "+Path+"day", s.pickDay)
	mux.HandleFunc("POST "+Path+"{id}/decide", s.decide)
	mux.HandleFunc("GET "+Path+"events", s.changes.stream)
	mux.Handle("GET "+Path+"assets/{file}", http.StripPrefix(Path+"assets/", http.FileServerFS(assets())))
	s.routes = http.NewCrossOriginProtection().Handler(mux)
	return s
}

// Refresh builds the site if a text has changed since, and tells open pages.
func (s *Server) Refresh(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.texts()
	if state == s.state {
		return
	}
	s.state = state
	changes, err := s.o.Build(ctx, s.day())
	if errors.Is(err, worktree.ErrBeingSaved) {
		return // the rest is on its way
	}
	if s.fault = err; err == nil {
		s.desk = newEntries(changes)
	}
	s.changes.tell()
}

// Fault returns what keeps the texts from being built; nil when nothing does.
func (s *Server) Fault() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

// page serves the site. Its pages say that they are a preview, follow what is
// saved, and show the fault of a text that cannot be read.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	isPage := strings.HasSuffix(r.URL.Path, "/")
	if isPage {
		s.Refresh(r.Context())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := os.Stat(s.o.Dir); err != nil && s.fault != nil {
		s.render(w, http.StatusInternalServerError, "fault.html", s.deskPage(nil))
		return
	}
	handler := site.PrivateHandler(os.DirFS(s.o.Dir))
	if !isPage {
		handler.ServeHTTP(w, r)
		return
	}
	r.Header.Del("Range")
	answer := &answer{header: w.Header(), code: http.StatusOK}
	handler.ServeHTTP(answer, r)
	w.Header().Del("Content-Length")
	w.Header().Set("Content-Security-Policy", strings.ReplaceAll(w.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'", "frame-ancestors 'self'"))
	w.WriteHeader(answer.code)
	_, _ = w.Write(s.dress(answer.body.Bytes())) // a client that has gone away is no fault of ours
}

// answer holds a page back until it is dressed.
type answer struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header            { return a.header }
func (a *answer) WriteHeader(code int)           { a.code = code }
func (a *answer) Write(data []byte) (int, error) { return a.body.Write(data) }

// dress adds what makes a page a preview.
func (s *Server) dress(page []byte) []byte {
	head := `<link rel="stylesheet" href="` + Path + `assets/preview.css"><script src="` + Path + `assets/preview.js" defer></script></head>`
	bar := `<body><div class="preview-bar" role="note">Preview: what readers see on ` + s.day().String() + ` · <a href="` + Path + `">desk</a></div>`
	if message := s.faultText(); message != "" {
		bar += `<div class="preview-fault" role="alert"><pre>` + html.EscapeString(message) + `</pre><p>This page shows the text as it was before.</p></div>`
	}
	page = bytes.Replace(page, []byte("</head>"), []byte(head), 1)
	return bytes.Replace(page, []byte("<body>"), []byte(bar), 1)
}

// faultText says what keeps the texts from being built; empty when nothing does.
func (s *Server) faultText() string {
	if s.fault == nil {
		return ""
	}
	message := strings.TrimRight(s.fault.Error(), "\n")
	if hint := policy.Hint(s.fault); hint != "" {
		message += "\n\n" + hint
	}
	return message
}

// day is the day that readers are shown.
func (s *Server) day() policy.Date {
	if s.on.IsZero() {
		return s.o.Today()
	}
	return s.on
}

// pickDay shows another day from now on.
func (s *Server) pickDay(w http.ResponseWriter, r *http.Request) {
	day, err := policy.ParseDate(r.PostFormValue("on"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.on, s.state = day, ""
	s.mu.Unlock()
	s.Refresh(r.Context())
	back := r.PostFormValue("back")
	if !strings.HasPrefix(back, Path) {
		back = Path
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}
