package tree

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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

// open makes a new file.
func (d *dirs) open(root *os.Root, name string) (*os.File, error) {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	dir, base := filepath.Split(name)
	if dir == "" {
		return root.OpenFile(name, flags, 0o644)
	}
	folder, err := d.folder(root, filepath.Clean(dir))
	if err != nil {
		return nil, err
	}
	f, err := folder.OpenFile(base, flags, 0o644)
	if errors.Is(err, fs.ErrClosed) { // another worker needed its place
		return root.OpenFile(name, flags, 0o644)
	}
	return f, err
}

func (d *dirs) folder(root *os.Root, dir string) (*os.Root, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r := d.roots[dir]; r != nil {
		return r, nil
	}
	r, err := root.OpenRoot(dir)
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
