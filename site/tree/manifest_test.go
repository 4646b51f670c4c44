package tree

import (
	"fmt"
	"path/filepath"
	"testing"
)

// FuzzManifest: a list of files may be anybody's. Whatever it holds, nothing it
// names lies outside of the folder, and the same names are found one by one.
func FuzzManifest(f *testing.F) {
	line := func(path string) string { return fmt.Sprintf("%064x  %s\n", 1, path) }
	for _, seed := range []string{manifestHead + line("a") + line("b/c"), line("../x") + line("/etc/passwd") + line("a\\..\\b"), "short\n", line("") + line("a"), "no newline", "\n\n" + line("b") + line("a")} {
		f.Add([]byte(seed), "a")
	}
	f.Fuzz(func(t *testing.T, text []byte, asked string) {
		l := parseListing(string(text))
		for _, prefix := range []string{"", asked} {
			l.Each(prefix, func(path, digest string) {
				if !filepath.IsLocal(filepath.FromSlash(path)) || len(digest) != digestLength {
					t.Errorf("%q names %q with the digest %q", text, path, digest)
				}
			})
		}
		if digest, ok := l.Digest(asked); ok && asked != "" && len(digest) != digestLength {
			t.Errorf("%q has the digest %q", asked, digest)
		}
		_ = l.paths()
	})
}
