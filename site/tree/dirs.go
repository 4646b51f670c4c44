package tree

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// dirs keeps the folders open that were written to last: the files of a page are
// beside each other, and walking down to their folder for each of them takes
// longer than to make them.
type dirs struct {
	mu    sync.Mutex
	roots map[string]*os.Root
	order []string // the one opened longest ago first
}

// keptOpen is how many folders stay open.
const keptOpen = 16

// create makes a new file.
func (d *dirs) create(root *os.Root, name string) (*os.File, error) {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	dir, base := filepath.Split(name)
	folder, err := d.folder(root, dir)
	if err != nil {
		return nil, err
	}
	f, err := folder.OpenFile(base, flags, 0o644)
	if errors.Is(err, fs.ErrClosed) { // another worker needed its place
		return root.OpenFile(name, flags, 0o644)
	}
	return f, err
}

// folder opens a folder.
func (d *dirs) folder(root *os.Root, dir string) (*os.Root, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.down(root, dir)
}

// down opens a folder from the one that it is in, and makes both where they are
// not there yet.
func (d *dirs) down(root *os.Root, dir string) (*os.Root, error) {
	if dir == "" {
		return root, nil
	}
	if r := d.roots[dir]; r != nil {
		return r, nil
	}
	above, base := filepath.Split(strings.TrimRight(dir, string(filepath.Separator)))
	parent, err := d.down(root, above)
	if err != nil {
		return nil, err
	}
	r, err := parent.OpenRoot(base)
	if errors.Is(err, fs.ErrNotExist) {
		if err := parent.Mkdir(base, 0o755); err != nil {
			return nil, err
		}
		r, err = parent.OpenRoot(base)
	}
	if err != nil {
		return nil, err
	}
	if d.roots == nil {
		d.roots = make(map[string]*os.Root)
	}
	if len(d.order) == keptOpen {
		d.roots[d.order[0]].Close()
		delete(d.roots, d.order[0])
		d.order = d.order[1:]
	}
	d.roots[dir] = r
	d.order = append(d.order, dir)
	return r, nil
}

// close closes all of them.
func (d *dirs) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.roots {
		r.Close()
	}
	d.roots, d.order = nil, nil
}
