package desk

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/site"
)

// The preview shows texts that are not published yet, so it answers only who was
// given its link: the link holds a token, which the first visit exchanges for a
// cookie. Neither another user of the machine nor a page of another site has it.

// tokenField is the field of a link that holds the token.
const tokenField = "token"

// Link returns the address of a path of the preview for the person who started it.
func (s *Server) Link(path string) string {
	return s.o.Address + path + "?" + url.Values{tokenField: {s.token}}.Encode()
}

// ServeHTTP answers who has the token, and turns away everybody else.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Referrer-Policy", "same-origin") // with none at all, browsers send the forms of the desk without their origin
	header.Set("X-Content-Type-Options", "nosniff")
	switch {
	case !loopback(r.Host):
		// A name of elsewhere was made to lead here (DNS rebinding).
		http.Error(w, "the preview is for this machine: ask for it at "+s.o.Address, http.StatusForbidden)
	case foreign(r):
		http.Error(w, "the preview shows nothing to pages of other sites", http.StatusForbidden)
	case s.holds(r.URL.Query().Get(tokenField)):
		s.welcome(w, r)
	case s.embedded(r):
		s.embed(w, r)
	case !s.known(r):
		http.Error(w, "open the preview by the link that `codicil serve` printed", http.StatusForbidden)
	default:
		s.routes.ServeHTTP(w, r)
	}
}

// loopback reports whether a host, with or without a port, is this machine by a
// name that no other machine can give.
func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// foreign reports whether a page of another site asks. A link that a person
// follows is no such thing: the page that holds it reads nothing of the answer.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return true
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	return r.Method != http.MethodGet || r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// welcome keeps the token in a cookie and leads on to the page, so that the token
// is not left in the address.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: s.cookie(), Value: s.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	rest := r.URL.Query()
	rest.Del(tokenField)
	to := url.URL{Path: "/" + strings.TrimLeft(r.URL.Path, "/"), RawQuery: rest.Encode()}
	http.Redirect(w, r, to.String(), http.StatusSeeOther)
}

// known reports whether a request brings the cookie.
func (s *Server) known(r *http.Request) bool {
	for _, c := range r.CookiesNamed(s.cookie()) {
		if s.holds(c.Value) {
			return true
		}
	}
	return false
}

// embedPath is where the files of the notice lie for a page that shows it, below a
// folder named by the token: the notice asks for its data without cookies.
const embedPath = Path + "embed/"

// embedded reports whether a request for a file of the notice has the token in
// its path.
func (s *Server) embedded(r *http.Request) bool {
	rest, below := strings.CutPrefix(r.URL.Path, embedPath)
	token, _, _ := strings.Cut(rest, "/")
	return below && s.holds(token)
}

// embed serves a file of the notice.
func (s *Server) embed(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	files := os.DirFS(filepath.Join(s.o.Dir, "embed", "v1"))
	http.StripPrefix(embedPath+s.token, site.PrivateHandler(files)).ServeHTTP(w, r)
}

// cookie is the name of the cookie: browsers do not tell ports apart, and two
// previews may run at once.
func (s *Server) cookie() string {
	_, port, _ := strings.Cut(strings.TrimPrefix(s.o.Address, "http://"), ":")
	return "codicil-preview-" + port
}

// holds reports whether a token is the right one, in the same time for all.
func (s *Server) holds(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) == 1
}
