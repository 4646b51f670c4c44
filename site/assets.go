package site

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"strings"

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
	if b.css, err = b.writeAsset(m, "text/css", "assets/site.css", "assets/site.*.css"); err != nil {
		return err
	}
	if b.js, err = b.writeAsset(m, "text/javascript", "assets/site.js", "assets/site.*.js"); err != nil {
		return err
	}
	if b.icon, err = b.writeAsset(m, "image/svg+xml", "assets/icon.svg", "assets/icon.*.svg"); err != nil {
		return err
	}
	if _, err = b.writeAsset(m, "text/javascript", "assets/notice.js", embedDir+"notice.js"); err != nil {
		return err
	}
	_, err = b.writeAsset(m, "text/javascript", "assets/notice.js", noticePrefix+"*.js")
	return err
}

func newMinifier() *minify.M {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	return m
}

// digestInName is how many characters of its digest stand in an asset's name.
const digestInName = 12

// writeAsset writes one asset and returns its path: in the place of a star
// comes the beginning of its digest.
func (b *builder) writeAsset(m *minify.M, kind, name, path string) (string, error) {
	small, err := minified(m, kind, name)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(small)
	path = strings.Replace(path, "*", hex.EncodeToString(sum[:])[:digestInName], 1)
	return path, b.stage.write(path, small)
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
