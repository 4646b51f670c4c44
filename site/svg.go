package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Namespaces of what a picture may hold.
const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// drawn lists the elements of SVG that draw and do nothing else: no script, no
// page within the picture, no link, no animation that could set an attribute.
func drawn() []string {
	return []string{
		"svg", "g", "defs", "symbol", "use", "title", "desc", "switch", "style",
		"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "image",
		"linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter", "view",
		"feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
		"feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
		"fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
	}
}

// embedded is a picture within a picture, in its bytes. It is no SVG again.
var embedded = regexp.MustCompile(`^data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$`)

// cleanSVG writes a picture anew with the elements and attributes that draw. A
// picture that is opened by itself is a page of its own, whose scripts would run
// with the rights of the site.
func cleanSVG(data []byte) ([]byte, error) {
	c := svgCleaner{in: xml.NewDecoder(bytes.NewReader(data))}
	for {
		token, err := c.in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := c.take(token); err != nil {
			return nil, err
		}
	}
	if c.out.Len() == 0 {
		return nil, errors.New("there is no svg element of " + svgSpace)
	}
	return c.out.Bytes(), nil
}

// svgCleaner writes a picture anew while it reads it.
type svgCleaner struct {
	in    *xml.Decoder
	out   bytes.Buffer
	depth int
}

// take writes a token, or leaves it out with all that is in it.
func (c *svgCleaner) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if !draws(t.Name) || c.depth == 0 && t.Name.Local != "svg" {
			return c.in.Skip()
		}
		writeElement(&c.out, t, c.depth == 0)
		if t.Name.Local == "style" {
			return c.style()
		}
		c.depth++
	case xml.EndElement:
		c.out.WriteString("</" + t.Name.Local + ">")
		c.depth--
	case xml.CharData:
		if c.depth > 0 {
			_ = xml.EscapeText(&c.out, t) // a buffer takes all
		}
	}
	return nil
}

// style writes what is in a style up to its end, if all of it together is harmless:
// an address may be parted by a comment or an element.
func (c *svgCleaner) style() error {
	var words bytes.Buffer
	for {
		token, err := c.in.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			words.Write(t)
		case xml.StartElement:
			if err := c.in.Skip(); err != nil {
				return err
			}
		case xml.EndElement:
			if harmlessStyle(words.String()) {
				_ = xml.EscapeText(&c.out, words.Bytes()) // a buffer takes all
			}
			c.out.WriteString("</style>")
			return nil
		}
	}
}

func draws(name xml.Name) bool {
	return name.Space == svgSpace && slices.Contains(drawn(), name.Local)
}

// writeElement writes the start of an element with the attributes that draw.
func writeElement(out *bytes.Buffer, e xml.StartElement, root bool) {
	out.WriteString("<" + e.Name.Local)
	if root {
		out.WriteString(` xmlns="` + svgSpace + `" xmlns:xlink="` + xlinkSpace + `"`)
	}
	for _, a := range e.Attr {
		name := attributeName(a)
		if name == "" {
			continue
		}
		out.WriteString(" " + name + `="`)
		_ = xml.EscapeText(out, []byte(a.Value))
		out.WriteByte('"')
	}
	out.WriteByte('>')
}

// attributeName returns the name under which an attribute is kept; empty for one
// that is left out: it runs something, or leads out of the picture.
func attributeName(a xml.Attr) string {
	name := a.Name.Local
	switch {
	case a.Name.Space == xlinkSpace && name == "href", a.Name.Space == "" && name == "href":
		if !strings.HasPrefix(a.Value, "#") && !embedded.MatchString(a.Value) {
			return ""
		}
		if a.Name.Space != "" {
			return "xlink:href"
		}
		return name
	case a.Name.Space == xmlSpace && (name == "space" || name == "lang"):
		return "xml:" + name
	case a.Name.Space != "" || name == "xmlns" || strings.HasPrefix(strings.ToLower(name), "on") || !harmlessStyle(a.Value):
		return ""
	}
	return name
}

// out of the picture leads an address in a style that is no anchor.
var styleAddress = regexp.MustCompile(`(?i)url\s*\(\s*["']?\s*([^"'\s)]?)`)

// harmlessStyle reports whether a style, or an attribute that may hold one, loads
// nothing: no import, no font, no picture, and nothing that is spelt so that
// nobody sees it.
func harmlessStyle(css string) bool {
	if strings.ContainsAny(css, `\<`) || strings.Contains(strings.ToLower(css), "javascript:") {
		return false
	}
	for rest := css; ; {
		_, after, found := strings.Cut(rest, "@")
		if !found {
			break
		}
		if !strings.HasPrefix(strings.ToLower(after), "media") {
			return false
		}
		rest = after
	}
	for _, m := range styleAddress.FindAllStringSubmatch(css, -1) {
		if m[1] != "#" {
			return false
		}
	}
	return !strings.Contains(strings.ToLower(css), "image-set") && !strings.Contains(strings.ToLower(css), "src(")
}

// logo returns the picture beside the title as it is published: an SVG that does
// nothing but draw, or a picture that is what its name says.
func logo(f *File) ([]byte, error) {
	ending := strings.ToLower(path.Ext(f.Name))
	fault := func(why string) error {
		return &policy.Diagnostic{
			File: f.Name, Level: policy.Error, Rule: "theme", Message: "this is no picture that the pages can show: " + why,
			Hint: "export it again as plain SVG or PNG",
		}
	}
	if ending == ".svg" {
		clean, err := cleanSVG(f.Data)
		if err != nil {
			return nil, fault(err.Error())
		}
		return clean, nil
	}
	kinds := map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}
	if kind := http.DetectContentType(f.Data); kind != kinds[ending] {
		return nil, fault(fmt.Sprintf("it is called %s, and holds %s", ending, kind))
	}
	return f.Data, nil
}
