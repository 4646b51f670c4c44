package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// vanished refuses to take back addresses that an earlier build has published,
// unless they are withdrawn. What a page is made of may go with the page, a part of
// the index, a tile of the log with the wider one that takes its place, and a
// site that is on this machine only is published to nobody.
func (b *builder) vanished(gone []string) error {
	var lost []string
	for _, path := range gone {
		if !strings.HasPrefix(path, "assets/") && !strings.HasPrefix(path, logDir) && !strings.HasPrefix(path, indexPart) && path != stateName && path != "sitemap.xml" && path != redirectsName && !b.withdrawn(path) {
			lost = append(lost, "/"+strings.TrimSuffix(path, "index.html"))
		}
	}
	if len(lost) == 0 || b.preview() {
		return nil
	}
	const named = 5
	list := strings.Join(lost[:min(named, len(lost))], ", ")
	if len(lost) > named {
		list += fmt.Sprintf(" and %d more", len(lost)-named)
	}
	hint := "bring back the policies or versions that were there, or list the addresses as withdrawn; to begin a new site, name another folder with -d"
	if !slices.ContainsFunc(lost, func(path string) bool { return !printed(path) }) {
		hint = "it was built with PDF files: build it with --pdf again"
	}
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: "the site would lose addresses that it has published: " + list,
		Hint:    hint,
	}
}

// withdrawn reports whether the file at path may vanish.
func (o Options) withdrawn(path string) bool {
	if text, ok := strings.CutPrefix(path, textDir); ok { // what stands for a page elsewhere goes with it
		path = strings.TrimSuffix(text, ".html") + "/index.html"
	}
	path = strings.TrimPrefix(path, frameDir)
	for _, w := range o.Withdrawn {
		w = strings.TrimPrefix(w, "/")
		if path == w || path == w+"index.html" || (w == "" || strings.HasSuffix(w, "/")) && strings.HasPrefix(path, w) {
			return true
		}
	}
	return false
}

// preview reports whether the site is at an address of this machine.
func (o Options) preview() bool {
	u, err := url.Parse(o.BaseURL)
	return err == nil && (strings.HasPrefix(u.Hostname(), "127.") || u.Hostname() == "localhost" || u.Hostname() == "::1")
}

// isLastingCopy reports whether a file is a copy of a script for other sites, by some
// version of this program: it has the digest of the script in its name.
func isLastingCopy(path string, data []byte) bool {
	return slices.ContainsFunc(lastingScripts(), func(script string) bool { return path == lastingCopy(script, data) })
}

// lastingCopy returns the path of the copy of a script that has its digest in the name.
func lastingCopy(script string, data []byte) string {
	sum := sha256.Sum256(data)
	return embedDir + script + "." + hex.EncodeToString(sum[:])[:digestInName] + ".js"
}

// carryOver takes the copies of the scripts for other sites that earlier programs
// made into the new site: other sites load them by their digest for good. A copy
// that does not have the digest in its name was put there by somebody else.
func (b *builder) carryOver() error {
	made := b.stage.Made()
	var faults []error
	keep := func(path, _ string) {
		if made[path] || !strings.HasSuffix(path, ".js") {
			return
		}
		data, err := b.folder.Read(path)
		if err == nil && isLastingCopy(path, data) {
			faults = append(faults, b.stage.Write(path, data))
		}
	}
	for _, script := range lastingScripts() {
		b.folder.Files.Each(embedDir+script+".", keep)
	}
	return errors.Join(faults...)
}
