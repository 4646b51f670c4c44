package desk

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// texts describes the texts of the folder, so that a change shows.
func (s *Server) texts() string {
	var b strings.Builder
	s.walkTexts(func(path string, entry fs.DirEntry) {
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

// walkTexts walks the folder, without what cannot hold a text. Paths are seen
// from the folder. What cannot be read cannot be shown either.
func (s *Server) walkTexts(visit func(path string, entry fs.DirEntry)) {
	_ = filepath.WalkDir(s.o.Root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		path, err := filepath.Rel(s.o.Root, file)
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

// Watch begins to watch the folders of the texts. The caller must run follow,
// and end the watching by calling stop.
func (s *Server) Watch() (follow func(context.Context), stop func() error, err error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, nil, fmt.Errorf("watch the texts: %w", err)
	}
	s.walkTexts(func(path string, entry fs.DirEntry) {
		if entry.IsDir() {
			// A folder that cannot be watched is looked at when a page is asked for.
			_ = watcher.Add(filepath.Join(s.o.Root, path))
		}
	})
	return func(ctx context.Context) { s.follow(ctx, watcher) }, watcher.Close, nil
}

// settle is how long a file must be left alone before it is read: editors save
// in several steps.
const settle = 20 * time.Millisecond

// follow refreshes the site after each change until the context ends.
func (s *Server) follow(ctx context.Context, watcher *fsnotify.Watcher) {
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
			s.watchFolder(watcher, event.Name)
			quiet.Reset(settle)
		case <-watcher.Errors:
			quiet.Reset(settle) // events were lost: look at everything
		case <-quiet.C:
			s.Refresh(ctx)
		}
	}
}

// watchFolder watches a folder that has just been made.
func (s *Server) watchFolder(watcher *fsnotify.Watcher, file string) {
	path, err := filepath.Rel(s.o.Root, file)
	if err != nil {
		return
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() && watched(path) {
		_ = watcher.Add(file)
	}
}
