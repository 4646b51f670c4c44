package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/site"
)

func (a *app) serveCommand() *cobra.Command {
	var port int
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Preview the site on this machine",
		Long: "Serve builds the site with the texts of the work tree as if they were published today, and shows\n" +
			"it on the loopback address. A page that is asked for after a text was saved is built anew.",
		Example: "  codicil serve\n  codicil serve --port 9000 --on 2027-02-01",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), port) },
	}
	cmd.Flags().IntVar(&port, "port", 8080, "listen on this `PORT`; 0 takes a free one")
	return cmd
}

func (a *app) serve(ctx context.Context, port int) error {
	dir, err := os.MkdirTemp("", "codicil-preview-")
	if err != nil {
		return fmt.Errorf("make a folder for the preview: %w", err)
	}
	defer os.RemoveAll(dir)
	p := &preview{app: a, dir: filepath.Join(dir, "site")}
	if err := p.build(ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return hinted(fmt.Errorf("listen: %w", err), "choose another --port")
	}
	fmt.Fprintf(a.stdout, "preview at http://%s/ (Ctrl-C ends it)\n", listener.Addr())
	return a.listen(ctx, listener, p)
}

// listen serves until the context ends, then lets requests on their way finish.
func (a *app) listen(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("end the preview: %w", err)
	}
	return nil
}

// preview serves a site that is built anew when its texts have changed.
type preview struct {
	app *app
	dir string

	mu    sync.Mutex
	state string // of the texts at the last build
	fault error  // of the last build
}

// ServeHTTP builds the site first when a page is asked for and a text has
// changed since; a text with a fault shows the fault.
func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if strings.HasSuffix(r.URL.Path, "/") && p.texts() != p.state {
		p.fault = p.build(r.Context())
	}
	if p.fault != nil {
		message, hint := p.app.explain(p.fault)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, "%s\n\n%s\n", message, hint)
		return
	}
	site.Handler(os.DirFS(p.dir)).ServeHTTP(w, r)
}

// build builds the site with the texts of the work tree.
func (p *preview) build(ctx context.Context) error {
	p.state = p.texts()
	w, err := p.app.open(ctx)
	if err != nil {
		return err
	}
	source := &previewSource{published: w.repo, texts: make(map[*policy.Version][]byte)}
	policies := make([]*policy.Policy, 0, len(w.history.Policies))
	for _, published := range w.history.Policies {
		next, err := p.app.previewPolicy(w, published, source)
		if err != nil {
			return err
		}
		policies = append(policies, next)
	}
	quiet := &progress{quiet: true}
	options, err := p.app.siteOptions(w, buildFlags{baseURL: "http://127.0.0.1"}, quiet)
	if err != nil {
		return err
	}
	_, err = site.Build(ctx, p.dir, policies, source, options)
	return err
}

// previewPolicy adds the text of the work tree to a policy, if it differs.
func (a *app) previewPolicy(w *workspace, p *policy.Policy, source *previewSource) (*policy.Policy, error) {
	if w.repo.Root() == "" || len(p.Versions) == 0 || !p.Withdrawn.IsZero() {
		return p, nil
	}
	file := filepath.Join(w.repo.Root(), filepath.FromSlash(p.Path))
	src, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the work tree: %w", err)
	}
	published, err := w.repo.Text(p.Versions[0])
	if err != nil || string(src) == string(published) {
		return p, err
	}
	doc, err := policy.Parse(p.Path, src)
	if err != nil {
		return nil, err
	}
	v := a.candidate(p, doc)
	next := withCandidate(p, v, v.Label != p.Versions[0].Label)
	v.Commit = "not committed yet"
	source.texts[v] = src
	return next, nil
}

// texts describes the texts of the current folder, so that a change shows.
func (p *preview) texts() string {
	var b strings.Builder
	_ = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be read cannot be shown either
		}
		if name := entry.Name(); entry.IsDir() && strings.HasPrefix(name, ".") && name != "." && name != ".git" {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".yaml") || strings.HasPrefix(path, ".git/logs") {
			if info, err := entry.Info(); err == nil {
				fmt.Fprintln(&b, path, info.Size(), info.ModTime().UnixNano())
			}
		}
		return nil
	})
	return b.String()
}

// previewSource gives texts of the work tree beside published ones.
type previewSource struct {
	published site.Source
	texts     map[*policy.Version][]byte
}

// Text returns the bytes of a version.
func (s *previewSource) Text(v *policy.Version) ([]byte, error) {
	if src, ok := s.texts[v]; ok {
		return src, nil
	}
	return s.published.Text(v)
}
