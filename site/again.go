package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Built says as of which day, and for which address, the site in a folder says
// that it was built; the address is empty where the site does not know it.
func Built(dir string) (on policy.Date, base string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return on, "", err
	}
	defer root.Close()
	data, err := regularFile(root, "api/v1/index.json")
	if err != nil {
		return on, "", err
	}
	var index struct {
		On       policy.Date `json:"on"`
		Policies []struct {
			API string `json:"api"`
		} `json:"policies"`
	}
	if err := json.Unmarshal(data, &index); err != nil {
		return on, "", fmt.Errorf("api/v1/index.json: %w", err)
	}
	for _, p := range index.Policies {
		before, _, found := strings.Cut(p.API, "api/v1/")
		if base, err := baseURLOf(before); found && err == nil {
			return index.On, base, nil
		}
	}
	return index.On, "", nil
}

// mostCompared is how many files are named that differ.
const mostCompared = 20

// CompareBuilt builds the site in a folder again, into a folder of its own that goes
// afterwards, and reports what differs. The options say what it is built with.
func CompareBuilt(ctx context.Context, dir string, policies []*policy.Policy, src Source, o Options) ([]*policy.Diagnostic, error) {
	again, err := os.MkdirTemp("", "codicil-verify-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(again)
	o.Records = ""
	if o.Printer == nil && isPrinted(dir) {
		o.Printer = Unprinted{}
	}
	if _, err := Build(ctx, filepath.Join(again, "site"), policies, src, o); err != nil {
		return nil, err
	}
	return compare(dir, filepath.Join(again, "site"))
}

// isPrinted reports whether a site has PDF files. Those of another machine differ
// with its browser and fonts: the manifest of the site vouches for them.
func isPrinted(dir string) bool {
	found := false
	_ = fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if found = printed(name); found || err != nil {
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// compare reports how the files of a site differ from those of a site that was
// built again from the same history. What only the builder keeps for itself does
// not count, nor do earlier copies of the scripts for other sites, which stay for good.
func compare(dir, again string) ([]*policy.Diagnostic, error) {
	here, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer here.Close()
	there, err := os.OpenRoot(again)
	if err != nil {
		return nil, err
	}
	defer there.Close()
	c := &verifier{dir: dir}
	if err := eachFile(there, func(name string, want []byte) {
		got, err := regularFile(here, name)
		switch {
		case err != nil:
			c.report(name, 0, "site-differs", "the site lacks "+name)
		case printed(name) && len(want) == 0: // nobody printed it again
		case !bytes.Equal(got, want):
			c.report(name, firstDifference(got, want), "site-differs", name+" is not what this program builds from the history")
		}
	}); err != nil {
		return nil, err
	}
	err = eachFile(here, func(name string, data []byte) {
		if _, err := there.Lstat(name); err != nil && !isLastingCopy(name, data) {
			c.report(name, 0, "site-differs", name+" is not a file that this program builds from the history")
		}
	})
	if more := len(c.found) - mostCompared; more > 0 {
		c.found = c.found[:mostCompared]
		c.found[mostCompared-1].Message += fmt.Sprintf("; %d more files differ: was the site built by another version of this program, or with other options?", more)
	}
	return c.found, err
}

// eachFile reads every file of a site but those that the builder keeps for itself.
func eachFile(root *os.Root, do func(name string, data []byte)) error {
	return fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == ManifestName || strings.HasPrefix(path.Base(name), ".codicil") {
			return err
		}
		data, _ := regularFile(root, name) // what cannot be read differs
		do(name, data)
		return nil
	})
}

// regularFile reads a file that is one: no link, and no device that never ends.
func regularFile(root *os.Root, name string) ([]byte, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New(name + " is no regular file")
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// firstDifference returns the line in which two texts begin to differ.
func firstDifference(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return 1 + bytes.Count(a[:n], []byte("\n"))
}
