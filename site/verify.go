package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
)

// verifier compares a built site with the history.
type verifier struct {
	policies []*policy.Policy
	dir      string
	names    map[string]named  // versions of the history
	listed   map[string]bool   // versions that the site lists
	texts    map[string]bool   // files that were checked as texts
	chains   map[string]string // by policy: of the version listed last
	found    []*policy.Diagnostic
}

// Verify compares the versions that a built site lists with the history,
// the Markdown text beside each of their pages with its digest, and every file
// with the manifest of the build.
func Verify(dir string, policies []*policy.Policy) ([]*policy.Diagnostic, error) {
	sums, err := os.ReadFile(filepath.Join(dir, sumsName))
	if err != nil {
		return nil, &policy.Diagnostic{Level: policy.Error, Message: "read the site: " + err.Error(), Hint: "name a folder that `codicil build` made", Err: err}
	}
	c := &verifier{policies: policies, dir: dir, names: byName(policies), listed: make(map[string]bool), texts: make(map[string]bool), chains: make(map[string]string)}
	line := 0
	for text := range strings.Lines(string(sums)) {
		line++
		if fields := strings.Fields(text); len(fields) > 0 && !strings.HasPrefix(fields[0], "#") {
			c.version(line, fields)
		}
	}
	c.unlisted()
	return c.found, c.manifest()
}

// report notes a fault of a file of the site.
func (c *verifier) report(file string, line int, rule, message string) {
	c.found = append(c.found, &policy.Diagnostic{
		File: filepath.Join(c.dir, filepath.FromSlash(file)), Line: line, Column: min(line, 1), Level: policy.Error, Rule: rule, Message: message,
		Hint: "build the site again from this repository: codicil build",
	})
}

// version checks one line: id@label sha256 effective commit path address chain.
func (c *verifier) version(line int, fields []string) {
	if len(fields) != 7 {
		c.report(sumsName, line, "site-sums", "a line holds seven words: id@label, sha256, effective date, commit, path, address, chain")
		return
	}
	found, ok := c.names[fields[0]]
	if !ok {
		c.report(sumsName, line, "site-sums", fmt.Sprintf("the site lists %s, which is not in the history", fields[0]))
		return
	}
	v, id, ref := found.version, found.policy.ID, found.policy.Ref(found.version)
	c.listed[ref] = true
	for _, column := range []struct{ name, has, want string }{
		{"sha256", fields[1], v.SHA256}, {"effective date", fields[2], v.Effective.String()}, {"commit", fields[3], v.Commit}, {"path", fields[4], integrity.OneWord(v.Path)},
	} {
		if column.has != column.want {
			c.report(sumsName, line, "site-sums", fmt.Sprintf("the site gives %s the %s %s, the history has %s", ref, column.name, column.has, column.want))
		}
	}
	c.chains[id] = Chain(c.chains[id], ref, v)
	if fields[6] != c.chains[id] {
		c.report(sumsName, line, "site-chain", fmt.Sprintf("the chain of %s does not follow from the versions before it", ref))
	}
	c.text(ref, v, fields[5])
}

// named is a version with its policy.
type named struct {
	policy  *policy.Policy
	version *policy.Version
}

// byName finds versions by the name that is in a line. Names may hold spaces,
// tabs and "%20", so they are compared as they are written.
func byName(policies []*policy.Policy) map[string]named {
	names := make(map[string]named)
	for _, p := range policies {
		for _, v := range p.Versions {
			names[integrity.OneWord(p.Ref(v))] = named{p, v}
		}
	}
	return names
}

// text checks the Markdown text that is beside the page of a version. Its
// place on disk is the end of its address, however the site is mounted.
func (c *verifier) text(ref string, v *policy.Version, address string) {
	parts := strings.Split(strings.Trim(address, "/"), "/")
	parts = parts[max(0, len(parts)-strings.Count(ref, "/")-3):]
	file, err := url.PathUnescape(path.Join(parts...))
	if err != nil || !filepath.IsLocal(filepath.FromSlash(file)) {
		c.report(sumsName, 0, "site-sums", fmt.Sprintf("the address of %s cannot be read: %s", ref, address))
		return
	}
	c.texts[file] = true
	switch digest, err := digestOf(filepath.Join(c.dir, filepath.FromSlash(file))); {
	case err != nil:
		c.report(file, 0, "site-text", fmt.Sprintf("the site lacks the text of %s", ref))
	case digest != v.SHA256:
		c.report(file, 0, "site-text", fmt.Sprintf("the site shows %s with sha256 %s, the history has %s", ref, digest, v.SHA256))
	}
}

// unlisted reports versions that the site should list.
func (c *verifier) unlisted() {
	for _, p := range c.policies {
		for _, v := range p.Versions {
			if ref := p.Ref(v); !c.listed[ref] && !v.Front.Draft {
				c.report(sumsName, 0, "site-sums", fmt.Sprintf("the site does not list %s", ref))
			}
		}
	}
}

// manifest checks every file of the site against the list that the build left.
func (c *verifier) manifest() error {
	text, err := os.ReadFile(filepath.Join(c.dir, ManifestName))
	if err != nil {
		return &policy.Diagnostic{Level: policy.Error, Message: "read the site: " + err.Error(), Hint: "name a folder that `codicil build` made", Err: err}
	}
	known := map[string]bool{ManifestName: true}
	for line := range strings.Lines(string(text)) {
		want, file, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || !filepath.IsLocal(filepath.FromSlash(file)) || strings.HasPrefix(line, "#") {
			continue
		}
		known[file] = true
		if c.texts[file] {
			continue
		}
		if digest, err := digestOf(filepath.Join(c.dir, filepath.FromSlash(file))); err != nil {
			c.report(file, 0, "site-file", "the site lacks "+file)
		} else if digest != want {
			c.report(file, 0, "site-file", file+" is not as it was built")
		}
	}
	return filepath.WalkDir(c.dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file, err := filepath.Rel(c.dir, name)
		if file = filepath.ToSlash(file); err == nil && !known[file] {
			c.report(file, 0, "site-file", file+" is not a file of the build")
		}
		return err
	})
}

// digestOf returns the sha256 of a file.
func digestOf(file string) (string, error) {
	info, err := os.Lstat(file)
	if err == nil && !info.Mode().IsRegular() {
		return "", fs.ErrInvalid // a link leads elsewhere, and a device may never end
	}
	text, err := os.ReadFile(file)
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:]), err
}
