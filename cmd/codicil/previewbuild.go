package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/site"
)

// build builds the site with the texts of the work tree, and what the desk says
// of them. The site of before stays when it fails.
func (p *preview) build(ctx context.Context) error {
	w, err := p.app.open(ctx)
	if err != nil {
		return err
	}
	defer w.repo.Close()
	source := &previewSource{published: w.repo, texts: make(map[*policy.Version][]byte)}
	policies := make([]*policy.Policy, 0, len(w.history.Policies))
	for _, published := range w.history.Policies {
		next, err := p.app.previewPolicy(w, published, source)
		if err != nil {
			return err
		}
		policies = append(policies, next)
	}
	options, err := p.app.siteOptions(w, buildFlags{baseURL: p.address}, &progress{quiet: true})
	if err != nil {
		return err
	}
	options.On = p.day()
	if _, err := site.Build(ctx, p.dir, policies, source, options); err != nil {
		return err
	}
	desk, err := p.makeDesk(ctx, w)
	if err != nil {
		return err
	}
	p.desk = desk
	return nil
}

// errBeingSaved says that a text is empty: many editors empty a file before
// they write it, and the text that was seen last is what the page should show.
var errBeingSaved = errors.New("a text is being saved")

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
	if len(src) == 0 {
		return nil, errBeingSaved
	}
	published, err := w.repo.Text(p.Versions[0])
	if err != nil || string(src) == string(published) {
		return p, err
	}
	doc, err := policy.Parse(p.Path, src)
	if err != nil {
		return nil, err
	}
	next, v := review.AsPublished(p, doc, a.today())
	v.Commit = "not committed yet"
	source.texts[v] = src
	return next, nil
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

// texts describes the texts of the current folder, so that a change shows.
func (p *preview) texts() string {
	var b strings.Builder
	walkTexts(func(path string, entry fs.DirEntry) {
		if entry.IsDir() || !isText(path) {
			return
		}
		if info, err := entry.Info(); err == nil {
			fmt.Fprintln(&b, path, info.Size(), info.ModTime().UnixNano())
		}
	})
	return b.String()
}

// isText reports whether a file has a part in what is shown.
func isText(path string) bool {
	switch filepath.Ext(path) {
	case ".md", ".yaml", ".tmpl", ".css":
		return true
	}
	return strings.HasPrefix(filepath.ToSlash(path), ".git/logs/")
}

// walkTexts walks the current folder, without what cannot hold a text. What
// cannot be read cannot be shown either.
func walkTexts(visit func(path string, entry fs.DirEntry)) {
	_ = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if entry.IsDir() && !watched(path) {
			return fs.SkipDir
		}
		visit(path, entry)
		return nil
	})
}

// watched reports whether a folder may hold texts: of git's own, only the logs
// of what was committed.
func watched(dir string) bool {
	name := filepath.Base(dir)
	switch {
	case dir == "." || dir == ".git":
		return true
	case strings.HasPrefix(filepath.ToSlash(dir), ".git/"):
		return strings.HasPrefix(filepath.ToSlash(dir), ".git/logs")
	}
	return !strings.HasPrefix(name, ".") && name != "node_modules"
}

// watch begins to watch the folders of the texts.
func (p *preview) watch() (*fsnotify.Watcher, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch the texts: %w", err)
	}
	walkTexts(func(path string, entry fs.DirEntry) {
		if entry.IsDir() {
			// A folder that cannot be watched is looked at when a page is asked for.
			_ = watcher.Add(path)
		}
	})
	return watcher, nil
}

// settle is how long a file must be left alone before it is read: editors save
// in several steps.
const settle = 20 * time.Millisecond

// follow refreshes the site after each change until the context ends.
func (p *preview) follow(ctx context.Context, watcher *fsnotify.Watcher) {
	quiet := time.NewTimer(time.Hour)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case event, open := <-watcher.Events:
			if !open {
				return
			}
			if info, err := os.Stat(event.Name); err == nil && info.IsDir() && watched(filepath.Clean(event.Name)) {
				_ = watcher.Add(event.Name)
			}
			quiet.Reset(settle)
		case <-watcher.Errors:
			quiet.Reset(settle) // events were lost: look at everything
		case <-quiet.C:
			p.refresh(ctx)
		}
	}
}
