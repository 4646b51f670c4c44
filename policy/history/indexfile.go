package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
)

// An index is a file of parts, a line each: the digest of the part, and the part
// as JSON. A run adds a part for what is new, and rewrites the file only now and
// then. Parts of a size are read by several processors at once.
type indexPart struct {
	Base  string           `json:"base,omitempty"` // the head of the parts before it
	Head  string           `json:"head"`
	Steps []savedStep      `json:"steps,omitempty"`
	Facts map[string]*fact `json:"facts,omitempty"`
	Moves moves            `json:"moves,omitempty"`
}

const (
	partSteps = 2048 // at most in one part
	mostParts = 256  // from which the file is written anew
)

// indexFormat counts the changes to what an index holds.
const indexFormat = 8

// indexFile names the index that this very program would write for the files
// of interest. Another build may parse texts in another way.
func indexFile(folder string, names []string) string {
	build := fmt.Sprint(indexFormat, names)
	if info, ok := debug.ReadBuildInfo(); ok {
		build += info.String()
	}
	if program, err := os.Executable(); err == nil {
		if info, err := os.Stat(program); err == nil {
			build += fmt.Sprint(info.Size(), info.ModTime().UnixNano())
		}
	}
	sum := sha256.Sum256([]byte(build))
	return filepath.Join(folder, "history-"+hex.EncodeToString(sum[:8])+".json")
}

// loadIndex reads an index. One that is not there, cut short or altered counts
// as far as it is whole.
func loadIndex(file string) *index {
	x := &index{Facts: make(map[string]*fact), Moves: make(moves), print: make(map[string]bool)}
	content, err := os.ReadFile(file)
	if err != nil {
		return x
	}
	lines := bytes.SplitAfter(content, []byte("\n"))
	lines = lines[:len(lines)-1] // what follows the last line end
	parts := decodeParts(lines)
	damaged := len(content) == 0 || content[len(content)-1] != '\n'
	for _, p := range parts {
		if p == nil {
			damaged = true
			break
		}
		x.add(p)
	}
	x.parts = len(parts)
	if damaged {
		x.parts = 0
	}
	slices.Reverse(x.Steps)
	return x
}

// add adds a part, its steps in reverse. A part that another run has added at
// the same time has another base, and says nothing new.
func (x *index) add(p *indexPart) {
	if p.Base != x.Head {
		return
	}
	x.Head = p.Head
	for _, s := range slices.Backward(p.Steps) {
		x.Steps = append(x.Steps, s)
	}
	for id, f := range p.Facts {
		x.Facts[id] = f
		x.print[id] = f.Print != 0
	}
	maps.Copy(x.Moves, p.Moves)
}

// decodeParts reads lines; a damaged one becomes nil.
func decodeParts(lines [][]byte) []*indexPart {
	parts := make([]*indexPart, len(lines))
	var workers sync.WaitGroup
	for i, line := range lines {
		workers.Go(func() { parts[i] = decodePart(line) })
	}
	workers.Wait()
	return parts
}

func decodePart(line []byte) *indexPart {
	digest, body, _ := bytes.Cut(line, []byte(" "))
	if sum := sha256.Sum256(body); string(digest) != hex.EncodeToString(sum[:]) {
		return nil
	}
	p := new(indexPart)
	if json.Unmarshal(body, p) != nil {
		return nil
	}
	for _, f := range p.Facts {
		if f == nil {
			return nil
		}
	}
	return p
}

func (p *indexPart) line() ([]byte, error) {
	body, err := json.Marshal(p)
	body = append(body, '\n')
	return fmt.Appendf(nil, "%x %s", sha256.Sum256(body), body), err
}

// writeParts adds parts to the end of the file, or makes a new one of them in
// one piece: whoever reads it meanwhile sees the old one or the new one.
func writeParts(file string, parts []*indexPart, add bool) error {
	if len(parts) == 0 {
		return nil
	}
	var lines []byte
	for _, p := range parts {
		line, err := p.line()
		if err != nil {
			return err
		}
		lines = append(lines, line...)
	}
	if add {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return err
		}
		return writeClose(f, lines)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(file), ".history-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	if err := writeClose(temporary, lines); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), file)
}

func writeClose(f io.WriteCloser, data []byte) error {
	_, err := f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
