package tree

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
)

// A print is what the system tells of a file without reading it: its size, when
// it was changed, and where the system tells that, which file it is and when
// anything about it changed. A file that was altered has another one. Zero is
// that of a file that is not there.

// printOf returns the print of a file.
func printOf(name string) uint64 {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	h := fnv.New64a()
	_ = binary.Write(h, binary.LittleEndian, append(identity(info), info.Size(), info.ModTime().UnixNano()))
	return max(h.Sum64(), 1)
}

// prints returns those of the manifest and of each file in its order.
func (f *Folder) prints(files *Listing) []uint64 {
	paths := append([]string{ManifestName}, files.paths()...)
	list := make([]uint64, len(paths))
	f.each(paths, func(i int, name string) { list[i] = printOf(name) })
	return list
}

// compare reports whether any file has the print that was noted for it, which
// no copy of the folder has, and whether all have.
func (f *Folder) compare(files *Listing, noted []uint64) (anySame, allSame bool) {
	paths := append([]string{ManifestName}, files.paths()...)
	if len(paths) != len(noted) {
		return false, false
	}
	var same atomic.Int64
	f.each(paths, func(i int, name string) {
		if p := printOf(name); p != 0 && p == noted[i] {
			same.Add(1)
		}
	})
	return same.Load() > 0, int(same.Load()) == len(paths)
}

// each calls do for every path, with its name in the system, on all processors.
func (f *Folder) each(paths []string, do func(i int, name string)) {
	const chunk = 256
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
					if local(paths[i]) {
						do(i, f.dst+string(os.PathSeparator)+filepath.FromSlash(paths[i]))
					}
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
