package subscribe

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Server answers people and machines. It is an http.Handler; Serve adds the
// bounds in time.
type Server struct {
	Options
	seal     *seal
	pages    *pages
	post     *post
	networks *limiter
	handler  http.Handler
	style    []byte
	tag      string // of the style sheet
	base     string // path under which the world sees the server
}

// New makes a server. Close ends it.
func New(o Options) (*Server, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	s := &Server{Options: o}
	var err error
	if s.seal, err = newSeal(o.Key, o.Now); err != nil {
		return nil, err
	}
	if s.pages, err = newPages(); err != nil {
		return nil, err
	}
	u, err := url.Parse(o.URL)
	if err != nil {
		return nil, err
	}
	s.base = u.Path + "/"
	s.style = append(append([]byte{}, o.Style...), formStyle...)
	sum := sha256.Sum256(s.style)
	s.tag = hex.EncodeToString(sum[:6])
	s.networks = newLimiter(o.PerNetwork, o.Now)
	s.post = newPost(&s.Options)
	s.handler = s.routes()
	return s, nil
}

// Close sends the letters that wait, as far as there is time for it.
func (s *Server) Close() { s.post.close() }

// routes says who answers what. A GET changes nothing anywhere.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.showForm)
	mux.HandleFunc("GET /subscribe", s.showForm)
	mux.HandleFunc("POST /subscribe", s.subscribe)
	mux.HandleFunc("GET /confirm", s.showConfirm)
	mux.HandleFunc("POST /confirm", s.sameSite(s.confirm))
	mux.HandleFunc("GET /unsubscribe", s.showLeave)
	mux.HandleFunc("POST /unsubscribe", s.leave)
	mux.HandleFunc("GET /decline", s.showDecline)
	mux.HandleFunc("POST /decline", s.sameSite(s.decline))
	mux.HandleFunc("POST /decline/link", s.sendDeclineLink)
	mux.HandleFunc("GET /link", s.showLink)
	mux.HandleFunc("POST /link", s.sendLink)
	mux.HandleFunc("GET /preferences", s.showChoice)
	mux.HandleFunc("POST /preferences", s.sameSite(s.choose))
	mux.HandleFunc("GET /style.css", s.showStyle)
	mux.HandleFunc("GET /health", s.health)
	mux.HandleFunc("POST /v1/returns/{relay}", s.takeReturns)
	mux.HandleFunc("POST /v1/acknowledgements", s.acknowledge)
	if s.TimeGate != nil {
		mux.Handle("GET /timegate/{path...}", s.TimeGate)
	}
	mux.HandleFunc("/", s.notFound)
	return mux
}

// The bounds of a request.
const (
	maxForm     = 64 << 10
	maxReport   = 512 << 10
	headTime    = 5 * time.Second
	requestTime = 15 * time.Second
	answerTime  = 30 * time.Second
	idleTime    = 60 * time.Second
	graceTime   = 10 * time.Second
	maxHeader   = 16 << 10
)

// ServeHTTP answers one request, and logs it without what it says.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer") // addresses of pages hold tokens
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	if s.URL[:5] == "https" {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	limit := int64(maxForm)
	if len(r.URL.Path) > 4 && r.URL.Path[:4] == "/v1/" {
		limit = maxReport
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	answer := &answer{ResponseWriter: w, code: http.StatusOK}
	s.handler.ServeHTTP(answer, r)
	// The pattern, not the path: nobody's words end up in the log.
	s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", known(r.Method)), slog.String("route", r.Pattern),
		slog.Int("status", answer.code), slog.Duration("took", time.Since(start).Round(time.Microsecond)))
}

// known returns a method that there is; the words of others stay out of the log.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodPatch:
		return method
	}
	return "other"
}

// answer notes the status of an answer.
type answer struct {
	http.ResponseWriter
	code int
}

// WriteHeader notes the status.
func (a *answer) WriteHeader(code int) {
	a.code = code
	a.ResponseWriter.WriteHeader(code)
}

// Unwrap gives http.ResponseController the writer below.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Serve answers until the context ends, then lets the requests on their way
// finish and the letters go out.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: headTime, ReadTimeout: requestTime, WriteTimeout: answerTime,
		IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		// What the server says of broken connections names their addresses.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	defer s.Close()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	if err := server.Shutdown(grace); errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	} else if err != nil {
		return err
	}
	return nil
}

// sameSite refuses forms that are on other sites: nobody is made to confirm
// or to choose by a page that they happen to visit.
func (s *Server) sameSite(next http.HandlerFunc) http.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	if u, err := url.Parse(s.URL); err == nil {
		_ = protection.AddTrustedOrigin(u.Scheme + "://" + u.Host) // behind a proxy the host may differ
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if protection.Check(r) != nil {
			s.say(w, r, http.StatusForbidden, "forged")
			return
		}
		next(w, r)
	}
}

func (s *Server) showStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(s.style) // nobody is left to tell
}

// health says that the ledger answers.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if _, err := s.Ledger.Follower(r.Context(), make([]byte, 16)); err != nil {
		s.Log.Error("the ledger does not answer", "why", err.Error())
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte("the ledger does not answer\n"))
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
