package main

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// gitFixture writes a repository by itself: histories are made by the thousand,
// and starting git for each commit would take most of the time.
type gitFixture struct {
	t     *testing.T
	dir   string
	files map[string]string // as they lie in the work tree
}

func newGitFixture(t *testing.T, dir string) *gitFixture {
	g := &gitFixture{t: t, dir: dir, files: map[string]string{}}
	g.write(".git/HEAD", "ref: refs/heads/main\n")
	g.write(".git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n")
	for _, folder := range []string{"objects", "refs/heads"} {
		g.must(os.MkdirAll(filepath.Join(dir, ".git", folder), 0o755))
	}
	return g
}

func (g *gitFixture) must(err error) {
	if err != nil {
		g.t.Helper()
		g.t.Fatal(err)
	}
}

func (g *gitFixture) write(name, text string) {
	file := filepath.Join(g.dir, filepath.FromSlash(name))
	g.must(os.MkdirAll(filepath.Dir(file), 0o755))
	g.must(os.WriteFile(file, []byte(text), 0o600))
}

// object writes a loose object and returns its id.
func (g *gitFixture) object(kind, body string) string {
	raw := fmt.Sprintf("%s %d\x00%s", kind, len(body), body)
	sum := sha1.Sum([]byte(raw))
	id := hex.EncodeToString(sum[:])
	name := ".git/objects/" + id[:2] + "/" + id[2:]
	if _, err := os.Stat(filepath.Join(g.dir, name)); err == nil {
		return id
	}
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	g.must(err)
	_, err = w.Write([]byte(raw))
	g.must(err)
	g.must(w.Close())
	g.write(name, packed.String())
	return id
}

// tree writes the files of a folder and those below it.
func (g *gitFixture) tree(files map[string]string) string {
	below := map[string]map[string]string{}
	var names []string
	for name, text := range files {
		top, rest, deeper := strings.Cut(name, "/")
		if !deeper {
			names = append(names, name)
			continue
		}
		if below[top] == nil {
			below[top] = map[string]string{}
			names = append(names, top+"/") // git orders folders as if they ended so
		}
		below[top][rest] = text
	}
	slices.Sort(names)
	var body strings.Builder
	for _, name := range names {
		mode, id := "100644", ""
		folder, isFolder := strings.CutSuffix(name, "/")
		if isFolder {
			mode, id = "40000", g.tree(below[folder])
		} else {
			id = g.object("blob", files[name])
		}
		binary, err := hex.DecodeString(id)
		g.must(err)
		fmt.Fprintf(&body, "%s %s\x00%s", mode, folder, binary)
	}
	return g.object("tree", body.String())
}

// commit writes a commit of the files.
func (g *gitFixture) commit(files map[string]string, at time.Time, message string, parents ...string) string {
	var body strings.Builder
	fmt.Fprintf(&body, "tree %s\n", g.tree(files))
	for _, p := range parents {
		fmt.Fprintf(&body, "parent %s\n", p)
	}
	who := fmt.Sprintf("A. Lawyer <lawyer@example.com> %d +0000", at.Unix())
	fmt.Fprintf(&body, "author %s\ncommitter %s\n\n%s\n", who, who, message)
	return g.object("commit", body.String())
}

// point sets a branch, and notes it in the log of references.
func (g *gitFixture) point(ref, id string) { g.write(".git/"+ref, id+"\n") }

// recall notes in the log of references that a branch pointed to commits.
func (g *gitFixture) recall(ref string, ids ...string) {
	var log strings.Builder
	before := strings.Repeat("0", 40)
	for _, id := range ids {
		fmt.Fprintf(&log, "%s %s A. Lawyer <lawyer@example.com> 1767261600 +0000\tupdate\n", before, id)
		before = id
	}
	g.write(".git/logs/"+ref, log.String())
}

// add puts the files into the work tree and into git's index, as `git add -A`.
func (g *gitFixture) add(files map[string]string) {
	for name := range g.files {
		if _, stays := files[name]; !stays {
			g.must(os.Remove(filepath.Join(g.dir, filepath.FromSlash(name))))
		}
	}
	var names []string
	for name, text := range files {
		names = append(names, name)
		if before, there := g.files[name]; !there || before != text {
			g.write(name, text)
		}
	}
	g.files = files
	slices.Sort(names)
	var index bytes.Buffer
	index.WriteString("DIRC")
	g.must(binary.Write(&index, binary.BigEndian, []uint32{2, uint32(len(names))}))
	for _, name := range names {
		id, err := hex.DecodeString(g.object("blob", files[name]))
		g.must(err)
		start := index.Len()
		g.must(binary.Write(&index, binary.BigEndian, [10]uint32{6: 0o100644, 9: uint32(len(files[name]))}))
		index.Write(id)
		g.must(binary.Write(&index, binary.BigEndian, uint16(len(name))))
		index.WriteString(name)
		index.Write(make([]byte, 8-(index.Len()-start)%8))
	}
	sum := sha1.Sum(index.Bytes())
	index.Write(sum[:])
	g.write(".git/index", index.String())
}
