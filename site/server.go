package site

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// Handler serves a built site for a preview: pages by their folders, every
// file with its right type, the 404 page for what does not exist, and the
// headers that the site asks its host to send.
func Handler(dir fs.FS) http.Handler {
	return &handler{dir: dir}
}

// PrivateHandler is Handler for a site that holds texts which are not published:
// it lets no other site read them, and no browser keep them.
func PrivateHandler(dir fs.FS) http.Handler {
	return &handler{dir: dir, private: true}
}

type handler struct {
	dir     fs.FS
	private bool
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	h.setHeaders(w.Header(), r.URL.Path)
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	} else if info, err := fs.Stat(h.dir, name); err == nil && info.IsDir() {
		redirect(w, r)
		return
	}
	w.Header().Add("Vary", "Accept")
	if text := strings.TrimSuffix(name, ".html") + ".md"; path.Base(name) == "index.html" && wantsMarkdown(r) {
		if _, err := fs.Stat(h.dir, text); err == nil {
			name = text
		}
	}
	if ready := readyComparison(h.dir, name, r); ready != "" {
		w.Header().Set("Location", ready)
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	data, err := readFile(h.dir, name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		h.notFound(w, r)
	case err != nil:
		http.Error(w, "the page cannot be read", http.StatusInternalServerError)
	default:
		w.Header().Set("Content-Type", contentType(name))
		w.Header().Set("ETag", fmt.Sprintf(`"%.16x"`, sha256.Sum256(data)))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}
}

// readFile reads a file of the site; the manifest and other hidden files are
// not for readers.
func readFile(dir fs.FS, name string) ([]byte, error) {
	if strings.HasPrefix(name, ".codicil") {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(dir, name)
}

// redirect adds the slash that a page's address ends in.
func redirect(w http.ResponseWriter, r *http.Request) {
	target := path.Base(r.URL.EscapedPath()) + "/"
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", "./"+target)
	w.WriteHeader(http.StatusMovedPermanently)
}

func (h *handler) notFound(w http.ResponseWriter, r *http.Request) {
	data, err := fs.ReadFile(h.dir, "404.html")
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", contentType("404.html"))
	w.WriteHeader(http.StatusNotFound)
	if r.Method == http.MethodGet {
		// A client that has gone away is no fault of ours.
		_, _ = io.Copy(w, bytes.NewReader(data))
	}
}

// setHeaders sets what the file _headers asks of a host.
func (h *handler) setHeaders(header http.Header, path string) {
	header.Set("Content-Security-Policy", pagePolicy)
	if !strings.HasPrefix(path, "/"+frameDir) {
		header.Add("Content-Security-Policy", unframed)
	}
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	if h.private {
		header.Set("Cache-Control", "no-store")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		return
	}
	header.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(path, "/embed/") || strings.HasPrefix(path, "/api/") {
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
}

// contentType names the type of a file by its extension. The table is ours, so
// that it does not depend on what the machine knows.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json; charset=utf-8"
	case ".atom":
		return "application/atom+xml; charset=utf-8"
	case ".xml":
		return "application/xml; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case "":
		if path.Base(name) == "timemap" {
			return "application/link-format"
		}
	case ".md":
		return "text/markdown; charset=utf-8"
	}
	return "text/plain; charset=utf-8"
}
