package history

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// FuzzIndex: whatever is in the folder of indexes, an index is read as far
// as it is one, and written anew.
func FuzzIndex(f *testing.F) {
	f.Add([]byte(`{"head":"a","steps":[{"c":"a","f":[["","p.md","b"]]}],"facts":{"b":{"sha256":"x","words":"y"}}}`), []byte(`{"base":"a","head":"c"}`), true)
	f.Add([]byte(`{"head":null,"facts":{"b":null}}`), []byte("z"), true)
	f.Add([]byte(`{"head":"a","steps":[null],"facts":null}`), []byte("null"), true)
	f.Add([]byte(""), []byte("{}"), false)
	f.Fuzz(func(t *testing.T, first, second []byte, sign bool) {
		file := filepath.Join(t.TempDir(), "index")
		var content []byte
		for _, body := range [][]byte{first, second} {
			body = append(body, '\n')
			if sign {
				content = fmt.Appendf(content, "%x ", sha256.Sum256(body))
			}
			content = append(content, body...)
		}
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		x := loadIndex(file)
		steps := x.steps()
		for _, s := range steps {
			_ = s.committed.time()
		}
		for id, fact := range x.Facts {
			if fact == nil {
				t.Errorf("text %s has no fact", id)
			}
		}
		if err := writeParts(file, x.additions("d", steps, nil), false); err != nil {
			t.Fatal(err)
		}
	})
}
