package tree

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
)

// A print is what the system tells of a file without reading it: its size, when
// it was changed, and where the system tells that, which file it is and when
// anything about it changed. A file that was altered has another one. Zero is
// that of a file that is not there.

// hashed makes a print of what the system tells.
func hashed(values ...int64) uint64 {
	told := make([]byte, 0, 64)
	for _, v := range values {
		told = binary.LittleEndian.AppendUint64(told, uint64(v))
	}
	h := fnv.New64a()
	_, _ = h.Write(told) // never fails
	return max(h.Sum64(), 1)
}

// prints returns those of the manifest and of each file in its order. Files that
// stayed are not looked at again: what was changed in one of them since the folder
// was opened must not pass for what this build has left.
func (f *Folder) prints(files *Listing, stayed []run) []uint64 {
	paths := files.paths()
	list := f.noted(len(paths), stayed)
	f.each(paths, func(i int, look func(string) uint64) {
		if list[i+1] == 0 {
			list[i+1] = look(paths[i])
		}
	})
	return list
}

// noted returns the print of the manifest, and of so many files those of the ones
// that stayed.
func (f *Folder) noted(files int, stayed []run) []uint64 {
	list := make([]uint64, 1+files)
	list[0] = printOf(f.manifest())
	if f.Whole {
		for _, r := range stayed {
			copy(list[1+r.at:], f.record.Prints[1+r.old:1+r.old+r.n])
		}
	}
	return list
}

// compare reports whether any file has the print that was noted for it, which
// no copy of the folder has, and whether all have.
func (f *Folder) compare(files *Listing, noted []uint64) (anySame, allSame bool) {
	paths := files.paths()
	if 1+len(paths) != len(noted) {
		return false, false
	}
	var same atomic.Int64
	note := func(print, noted uint64) {
		if print != 0 && print == noted {
			same.Add(1)
		}
	}
	note(printOf(f.manifest()), noted[0])
	f.each(paths, func(i int, look func(string) uint64) { note(look(paths[i]), noted[i+1]) })
	return same.Load() > 0, int(same.Load()) == len(noted)
}

// each calls do for every path, with what tells the print of a file of the folder,
// on all processors.
func (f *Folder) each(paths []string, do func(i int, look func(path string) uint64)) {
	const chunk = 256
	look, done := printsIn(f.dst)
	defer done()
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(paths)/chunk+1) {
		workers.Go(func() {
			for {
				from := int(next.Add(chunk)) - chunk
				if from >= len(paths) {
					return
				}
				for i := from; i < min(from+chunk, len(paths)); i++ {
					do(i, look)
				}
			}
		})
	}
	workers.Wait()
}

// digestOf returns the SHA-256 of a file of the folder in hexadecimal.
func (f *Folder) digestOf(path string) (string, error) {
	file, err := f.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
