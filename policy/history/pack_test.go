package history

import (
	"bytes"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/memfs"
	"github.com/go-git/go-billy/v5/util"
)

// aPack makes a file of several pages, the last one not full.
func aPack(t *testing.T) (packs *packs, content []byte) {
	content = make([]byte, 3*pageSize+1234)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range content {
		content[i] = byte(random.Uint32())
	}
	files := memfs.New()
	if err := util.WriteFile(files, "a.pack", content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := util.WriteFile(files, "a.idx", content[:9], 0o600); err != nil {
		t.Fatal(err)
	}
	return newPacks(files), content
}

func openPack(t *testing.T, packs *packs, name string) billy.File {
	t.Helper()
	file, err := packs.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAPackReadsAsTheFileItIs(t *testing.T) {
	t.Parallel()
	packs, content := aPack(t)
	file := openPack(t, packs, "a.pack")
	for _, piece := range []struct{ at, n int }{
		{0, 1}, {0, pageSize}, {1, pageSize}, {pageSize - 1, 2}, {pageSize, 3}, {5, 2*pageSize + 9}, {len(content) - 3, 3}, {0, len(content)},
	} {
		got := make([]byte, piece.n)
		if n, err := file.ReadAt(got, int64(piece.at)); n != piece.n || err != nil || !bytes.Equal(got, content[piece.at:piece.at+piece.n]) {
			t.Errorf("ReadAt(%d bytes, %d) gave %d bytes, %v", piece.n, piece.at, n, err)
		}
		if at, err := file.Seek(int64(piece.at), io.SeekStart); at != int64(piece.at) || err != nil {
			t.Errorf("Seek gave %d, %v", at, err)
		}
		if _, err := io.ReadFull(file, got); err != nil || !bytes.Equal(got, content[piece.at:piece.at+piece.n]) {
			t.Errorf("Read of %d bytes at %d: %v", piece.n, piece.at, err)
		}
		if at, err := file.Seek(0, io.SeekCurrent); at != int64(piece.at+piece.n) || err != nil {
			t.Errorf("after reading %d bytes at %d the place is %d, %v", piece.n, piece.at, at, err)
		}
	}
	if at, err := file.Seek(-4, io.SeekEnd); at != int64(len(content)-4) || err != nil {
		t.Errorf("Seek from the end gave %d, %v", at, err)
	}
	if rest, err := io.ReadAll(file); err != nil || !bytes.Equal(rest, content[len(content)-4:]) {
		t.Errorf("the last bytes are %v, %v", rest, err)
	}
	if n, err := file.ReadAt(make([]byte, 8), int64(len(content)-4)); n != 4 || err != io.EOF {
		t.Errorf("reading past the end gave %d bytes, %v", n, err)
	}
}

// TestReadersOfAPackDoNotDisturbEachOther: each has its own place, and closing
// one leaves the others open.
func TestReadersOfAPackDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	packs, content := aPack(t)
	one, two := openPack(t, packs, "a.pack"), openPack(t, packs, "a.pack")
	first := make([]byte, 10)
	if _, err := io.ReadFull(one, first); err != nil {
		t.Fatal(err)
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(two, first); err != nil || !bytes.Equal(first, content[:10]) {
		t.Errorf("the other one reads %v, %v", first, err)
	}
	if err := packs.close(); err != nil || len(packs.open) != 0 {
		t.Errorf("%d packs are open, %v", len(packs.open), err)
	}
}

func TestPagesAreForgottenInTheEnd(t *testing.T) {
	t.Parallel()
	files := memfs.New()
	if err := util.WriteFile(files, "a.pack", make([]byte, (keptPages+2)*pageSize), 0o600); err != nil {
		t.Fatal(err)
	}
	packs := newPacks(files)
	if _, err := io.Copy(io.Discard, openPack(t, packs, "a.pack")); err != nil {
		t.Fatal(err)
	}
	if n := len(packs.open["a.pack"].pages); n > keptPages {
		t.Errorf("%d pages are kept, want %d at most", n, keptPages)
	}
}

func TestOtherFilesAreNoneOfItsBusiness(t *testing.T) {
	t.Parallel()
	packs, content := aPack(t)
	if err := util.WriteFile(packs, "a.txt", content[:9], 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := util.ReadFile(packs, "a.txt"); err != nil || !bytes.Equal(got, content[:9]) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := util.ReadFile(packs, "a.idx"); err != nil || !bytes.Equal(got, content[:9]) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, name := range []string{"none.pack", filepath.Join("none", "a.idx")} {
		if _, err := packs.Open(name); err == nil {
			t.Errorf("%s could be opened", name)
		}
	}
}
