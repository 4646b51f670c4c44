package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/site"
)

// deskPath is where the desk lies. No policy can be called so.
const deskPath = "/-/"

// preview serves a site that is built anew when its texts have changed, and the
// desk beside it.
type preview struct {
	app     *app
	dir     string // of the built site
	address string // such as http://127.0.0.1:8080
	routes  http.Handler
	changes hub

	mu    sync.Mutex
	on    policy.Date // the day that readers are shown; zero for that of the app
	state string      // of the texts at the last build
	fault error       // of the last build; the site is then the one before
	desk  []*deskPolicy
}

func newPreview(a *app, dir, address string) *preview {
	p := &preview{app: a, dir: dir, address: address}
	mux := http.NewServeMux()
	mux.HandleFunc("/", p.page)
	mux.HandleFunc("GET "+deskPath+"{$}", p.overview)
	mux.HandleFunc("GET "+deskPath+"{id}/{$}", p.deskOf)
	mux.HandleFunc("GET "+deskPath+"{id}/email/{$}", p.email)
	mux.HandleFunc("GET "+deskPath+"{id}/notice/{$}", p.sample)
	mux.HandleFunc("POST "+deskPath+"day", p.pickDay)
	mux.HandleFunc("GET "+deskPath+"events", p.changes.stream)
	mux.Handle("GET "+deskPath+"assets/{file}", http.StripPrefix(deskPath+"assets/", http.FileServerFS(deskAssets())))
	p.routes = http.NewCrossOriginProtection().Handler(mux)
	return p
}

// ServeHTTP answers the programs of this machine only: a page elsewhere whose
// name was made to lead here must not read texts that are not published yet.
func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if ip := net.ParseIP(strings.Trim(host, "[]")); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		http.Error(w, "the preview is for this machine: ask for it at "+p.address, http.StatusForbidden)
		return
	}
	p.routes.ServeHTTP(w, r)
}

// refresh builds the site if a text has changed since, and tells open pages.
func (p *preview) refresh(ctx context.Context) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if state := p.texts(); state != p.state {
		p.state = state
		err := p.build(ctx)
		if errors.Is(err, errBeingSaved) {
			return // the rest is on its way
		}
		p.fault = err
		p.changes.tell()
	}
}

// page serves the site. Its pages say that they are a preview, follow what is
// saved, and show the fault of a text that cannot be read.
func (p *preview) page(w http.ResponseWriter, r *http.Request) {
	isPage := strings.HasSuffix(r.URL.Path, "/")
	if isPage {
		p.refresh(r.Context())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := os.Stat(p.dir); err != nil && p.fault != nil {
		p.render(w, http.StatusInternalServerError, "fault.html", p.deskPage(nil))
		return
	}
	handler := site.Handler(os.DirFS(p.dir))
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
	_, _ = w.Write(p.dress(answer.body.Bytes())) // a client that has gone away is no fault of ours
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
func (p *preview) dress(page []byte) []byte {
	head := `<link rel="stylesheet" href="` + deskPath + `assets/preview.css"><script src="` + deskPath + `assets/preview.js" defer></script></head>`
	bar := `<body><div class="preview-bar" role="note">Preview: what readers see on ` + p.day().String() + ` · <a href="` + deskPath + `">desk</a></div>`
	if message := p.faultText(); message != "" {
		bar += `<div class="preview-fault" role="alert"><pre>` + html.EscapeString(message) + `</pre><p>This page shows the text as it was before.</p></div>`
	}
	page = bytes.Replace(page, []byte("</head>"), []byte(head), 1)
	return bytes.Replace(page, []byte("<body>"), []byte(bar), 1)
}

// faultText says what keeps the texts from being built; empty when nothing does.
func (p *preview) faultText() string {
	if p.fault == nil {
		return ""
	}
	message, hint := p.app.explain(p.fault)
	if hint != "" {
		message += "\n\n" + hint
	}
	return message
}

// day is the day that readers are shown.
func (p *preview) day() policy.Date {
	if p.on.IsZero() {
		return p.app.today()
	}
	return p.on
}

// pickDay shows another day from now on.
func (p *preview) pickDay(w http.ResponseWriter, r *http.Request) {
	day, err := policy.ParseDate(r.PostFormValue("on"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	p.on, p.state = day, ""
	p.mu.Unlock()
	p.refresh(r.Context())
	back := r.PostFormValue("back")
	if !strings.HasPrefix(back, deskPath) {
		back = deskPath
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}

// hub tells open pages that something has changed.
type hub struct {
	mu   sync.Mutex
	open map[chan struct{}]bool
}

func (h *hub) tell() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.open {
		select {
		case c <- struct{}{}:
		default: // it has not yet heard of the change before
		}
	}
}

// stream sends an event for each change, as EventSource reads them.
func (h *hub) stream(w http.ResponseWriter, r *http.Request) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	if h.open == nil {
		h.open = make(map[chan struct{}]bool)
	}
	h.open[c] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.open, c)
		h.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, "retry: 500\n: following\n\n")
	for flush := http.NewResponseController(w); ; {
		if flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-c:
			fmt.Fprint(w, "event: change\ndata: saved\n\n")
		}
	}
}
