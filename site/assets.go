package site

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
)

//go:embed assets
var assetFiles embed.FS

// writeAssets writes the style sheet and the scripts, made small. Those of the
// site bear their digest in the name, so they can be cached for good; the
// notice for other sites also has an address that stays.
func (b *builder) writeAssets() error {
	m := newMinifier()
	var err error
	if b.noticeScript, err = minified(m, "text/javascript", "assets/notice.js"); err != nil {
		return err
	}
	if err := b.writeTheme(m); err != nil {
		return err
	}
	if b.js, err = b.writeAsset(m, "text/javascript", "assets/site.js", "assets/site.*.js"); err != nil {
		return err
	}
	if b.compareJS, err = b.writeAsset(m, "text/javascript", "assets/compare.js", "assets/compare.*.js"); err != nil {
		return err
	}
	if b.onJS, err = b.writeAsset(m, "text/javascript", "assets/on.js", "assets/on.*.js"); err != nil {
		return err
	}
	if b.searchJS, err = b.writeAsset(m, "text/javascript", "assets/search.js", "assets/search.*.js"); err != nil {
		return err
	}
	if b.frameJS, err = b.writeAsset(m, "text/javascript", "assets/frame.js", "assets/frame.*.js"); err != nil {
		return err
	}
	for _, lasting := range lastingScripts() {
		for _, name := range []string{"*.js", "js"} {
			if _, err := b.writeAsset(m, "text/javascript", "assets/"+lasting+".js", embedDir+lasting+"."+name); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeTheme writes the style sheet with that of the publisher behind it, and the
// logo.
func (b *builder) writeTheme(m *minify.M) error {
	style, err := minified(m, "text/css", "assets/site.css")
	if err != nil {
		return err
	}
	if b.Theme.Accent != "" {
		accent, err := accentStyle(b.Theme.Accent)
		if err != nil {
			return err
		}
		style = append(style, accent...)
	}
	if own := b.Theme.Style; own != nil {
		b.checkStyle(own)
		small, err := m.Bytes("text/css", own.Data)
		if err != nil {
			return &policy.Diagnostic{Level: policy.Error, Message: own.Name + " is not a style sheet: " + err.Error(), Hint: "mend it, or take site.style out of the configuration", Err: err}
		}
		style = slices.Concat(style, []byte("\n"), small)
	}
	if b.css, err = b.putAsset("assets/site.*.css", style); err != nil {
		return err
	}
	if b.icon, err = b.writeAsset(m, "image/svg+xml", "assets/icon.svg", "assets/icon.*.svg"); err != nil {
		return err
	}
	if b.Theme.Icon != nil {
		if b.icon, err = b.putPicture("icon", b.Theme.Icon); err != nil {
			return err
		}
	}
	if b.Theme.Logo != nil {
		b.logo, err = b.putPicture("logo", b.Theme.Logo)
	}
	return err
}

// putPicture writes a picture of the publisher.
func (b *builder) putPicture(name string, f *File) (string, error) {
	picture, err := logo(f)
	if err != nil {
		return "", err
	}
	return b.putAsset("assets/"+name+".*"+strings.ToLower(path.Ext(f.Name)), picture)
}

func newMinifier() *minify.M {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	return m
}

// lastingScripts are the scripts for the pages of other sites. Each has an address
// that stays, and one with its digest, whose copies are kept for good.
func lastingScripts() []string { return []string{"notice", "policy"} }

// digestInName is how many characters of its digest are in an asset's name.
const digestInName = 12

// writeAsset writes one of our assets and returns its path.
func (b *builder) writeAsset(m *minify.M, kind, name, path string) (string, error) {
	small, err := minified(m, kind, name)
	if err != nil {
		return "", err
	}
	return b.putAsset(path, small)
}

// putAsset writes one asset; in the place of a star in its path comes the
// beginning of its digest.
func (b *builder) putAsset(path string, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	path = strings.Replace(path, "*", hex.EncodeToString(sum[:])[:digestInName], 1)
	return path, b.stage.Write(path, data)
}

func minified(m *minify.M, kind, name string) ([]byte, error) {
	src, err := assetFiles.ReadFile(name)
	if err != nil {
		return nil, err
	}
	small, err := m.Bytes(kind, src)
	if err != nil {
		return nil, fmt.Errorf("minifying %s: %w", name, err)
	}
	return small, nil
}

// Style returns the style sheet of the pages, for pages beside the site that
// are to look like them.
func Style() ([]byte, error) { return minified(newMinifier(), "text/css", "assets/site.css") }
