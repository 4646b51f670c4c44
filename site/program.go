package site

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"io"
	"os"
	"strings"
	"sync"
)

// program names the running program: another build of it may write other pages.
// It is empty where its file cannot be read; then nothing is taken over from an
// earlier build.
var program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	if id := buildID(f); id != "" {
		return id
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
})

// buildID returns what the go command writes into a program: digests of all that it
// was made of, and of what came of it. To digest the program anew takes as long as
// to see that nothing of a site changed. It is empty where there is none: on some
// systems, and where somebody gave the linker another one.
func buildID(f io.ReaderAt) string {
	file, err := elf.NewFile(f)
	if err != nil {
		return ""
	}
	note := file.Section(".note.go.buildid")
	if note == nil {
		return ""
	}
	data, err := note.Data()
	const head = 16 // three lengths and kinds, and the name of the maker
	if err != nil || len(data) <= head {
		return ""
	}
	id := strings.TrimRight(string(data[head:]), "\x00")
	if strings.Count(id, "/") != 3 {
		return ""
	}
	return id
}
