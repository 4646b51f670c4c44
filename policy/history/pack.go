package history

import (
	"bufio"
	"errors"
	"io"
	"path"

	"github.com/go-git/go-billy/v5"
)

// packs is a file system that opens each pack file once and reads it in large
// pages. go-git opens, seeks and reads anew for nearly every object, which
// costs a quarter of the whole.
type packs struct {
	billy.Filesystem
	open map[string]*pack
}

func newPacks(files billy.Filesystem) *packs {
	return &packs{Filesystem: files, open: make(map[string]*pack)}
}

// Open opens a file. Pack files never change, so that one is enough for all
// who read it; their indexes are read once, word by word.
func (p *packs) Open(name string) (billy.File, error) {
	if known := p.open[name]; known != nil {
		return &packReader{pack: known}, nil
	}
	file, err := p.Filesystem.Open(name)
	if err != nil {
		return nil, err
	}
	switch path.Ext(name) {
	case ".pack":
		p.open[name] = &pack{File: file, pages: make(map[int64][]byte)}
		return &packReader{pack: p.open[name]}, nil
	case ".idx":
		return &buffered{file, bufio.NewReaderSize(file, pageSize)}, nil
	}
	return file, nil
}

// buffered is a file that is read from its start to its end.
type buffered struct {
	billy.File
	reader *bufio.Reader
}

// Read reads through the buffer.
func (b *buffered) Read(into []byte) (int, error) { return b.reader.Read(into) }

// close closes the pack files.
func (p *packs) close() error {
	var all []error
	for name, file := range p.open {
		all = append(all, file.Close())
		delete(p.open, name)
	}
	return errors.Join(all...)
}

// pageSize is how much of a pack is read at once, keptPages how many pages are
// remembered: 8 MiB.
const (
	pageSize  = 64 << 10
	keptPages = 128
)

// pack is a pack file with the pages of it that were read last.
type pack struct {
	billy.File
	pages map[int64][]byte
}

// page returns the bytes from number*pageSize on; fewer at the end of the file.
func (p *pack) page(number int64) ([]byte, error) {
	if page, found := p.pages[number]; found {
		return page, nil
	}
	page := make([]byte, pageSize)
	n, err := p.File.ReadAt(page, number*pageSize)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(p.pages) >= keptPages {
		clear(p.pages)
	}
	p.pages[number] = page[:n]
	return page[:n], nil
}

// packReader reads a pack from a place of its own.
type packReader struct {
	*pack
	at int64
}

// Read reads on from where the last call stopped.
func (r *packReader) Read(into []byte) (int, error) {
	n, err := r.ReadAt(into, r.at)
	r.at += int64(n)
	if n > 0 {
		return n, nil // less than was asked for is not the end yet
	}
	return n, err
}

// ReadAt fills into with the bytes from a place on, or returns io.EOF.
func (r *packReader) ReadAt(into []byte, at int64) (int, error) {
	read := 0
	for read < len(into) {
		page, err := r.page((at + int64(read)) / pageSize)
		if err != nil {
			return read, err
		}
		from := (at + int64(read)) % pageSize
		if from >= int64(len(page)) {
			return read, io.EOF
		}
		read += copy(into[read:], page[from:])
	}
	return read, nil
}

// Seek sets the place of the next Read.
func (r *packReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
		r.at = offset
	case io.SeekCurrent:
		r.at += offset
	default: // from the end, which only the file knows
		end, err := r.File.Seek(offset, whence)
		if err != nil {
			return 0, err
		}
		r.at = end
	}
	return r.at, nil
}

// Close leaves the file open for the others.
func (r *packReader) Close() error { return nil }
