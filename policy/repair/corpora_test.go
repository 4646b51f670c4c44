package repair

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

// shared returns the path of something in the folder that lies beside the
// module, and skips the test when it is absent.
func shared(tb testing.TB, name string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("%s is not beside this module", name)
	}
	return path
}

func readShared(tb testing.TB, name string) []byte {
	tb.Helper()
	src, err := os.ReadFile(shared(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	return src
}

// content reads the policies that the project itself publishes.
func content(t *testing.T) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "content", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string][]byte)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(path)] = src
	}
	return texts
}

func parse(tb testing.TB, src string) *policy.Document {
	tb.Helper()
	d, err := policy.Parse("test.md", []byte(src))
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// words returns the words of a document in reading order, without the numbers
// of its clauses and items.
func words(d *policy.Document) []string {
	var found []string
	for i := range d.Blocks {
		b := &d.Blocks[i]
		text := strings.TrimSpace(b.Text())
		if k, ok := readMark(text, b.Kind == policy.Heading); ok && b.Kind != policy.Code {
			text = text[len(k.text):]
		}
		found = append(found, strings.Fields(text)...)
	}
	return found
}

func parseFor(t interface{ Fatalf(string, ...any) }, src string) *policy.Document {
	d, err := policy.Parse("test.md", []byte(src))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return d
}

// corpus returns the current documents of a shared repository, by path.
func corpus(t *testing.T, name string) map[string][]byte {
	t.Helper()
	clone := filepath.Join(t.TempDir(), name)
	bundle := shared(t, filepath.Join("corpora", name+".bundle"))
	if out, err := exec.Command("git", "clone", "-q", bundle, clone).CombinedOutput(); err != nil {
		t.Skipf("git cannot clone it: %v %s", err, out)
	}
	texts := make(map[string][]byte)
	err := filepath.WalkDir(clone, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		texts[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestRealTextsAreReadBackAndRepairedOnce(t *testing.T) {
	for name, share := range map[string]int{"basecamp-policies": 1, "site-policy": 2, "mozilla-legal-docs": 24, "pga-versions": 12} {
		t.Run(name, func(t *testing.T) {
			found := make(map[string]int)
			texts := corpus(t, name)
			for i, path := range slices.Sorted(maps.Keys(texts)) {
				if i%share != 0 {
					continue // a part of them tells as much
				}
				src := texts[path]
				d, err := policy.Parse(path, src)
				if err != nil {
					continue
				}
				checkReadBack(t, d)
				numbered(t, string(src))
				if out, _ := repaired(t, path, src); IsMarkdown(src) && !strings.Contains(string(src), "\u00a0") {
					checkSame(t, path, d, out)
				}
				for _, f := range Lint(d, src) {
					found[f.Rule]++
				}
			}
			t.Logf("findings: %v", found)
		})
	}
}

// checkSame checks that a repaired text has the words it had.
func checkSame(t *testing.T, path string, d *policy.Document, out string) {
	t.Helper()
	if diff := cmp.Diff(words(d), words(parse(t, out))); diff != "" {
		t.Errorf("%s: %s", path, diff)
	}
}
