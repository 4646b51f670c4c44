package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func picture(inside string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">` + inside + `</svg>`
}

func TestALogoDrawsAndDoesNothingElse(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"shapes":                      {`<g fill="#123"><path d="M0 0h9"/></g>`, `<g fill="#123"><path d="M0 0h9"></path></g>`},
		"a gradient of its own":       {`<rect fill="url(#a)"/><use xlink:href="#b"/>`, `<rect fill="url(#a)"></rect><use xlink:href="#b"></use>`},
		"words":                       {`<text xml:space="preserve">A &lt; B</text>`, `<text xml:space="preserve">A &lt; B</text>`},
		"a style for the dark":        {`<style>@media (prefers-color-scheme: dark){path{fill:#fff}}</style>`, `<style>@media (prefers-color-scheme: dark){path{fill:#fff}}</style>`},
		"a picture in its bytes":      {`<image href="data:image/png;base64,AAAA"/>`, `<image href="data:image/png;base64,AAAA"></image>`},
		"a script":                    {`<script>alert(1)</script><g/>`, `<g></g>`},
		"a script of another prefix":  {`<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script><h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>`, ``},
		"a page within":               {`<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>1</script></body></foreignObject>`, ``},
		"a handler":                   {`<g onclick="alert(1)" ONLOAD="1" id="a"/>`, `<g id="a"></g>`},
		"a link":                      {`<a href="https://evil.example"><path d="M0"/></a>`, ``},
		"a use from elsewhere":        {`<use href="https://evil.example/x.svg#a" xlink:href="//evil.example#a"/>`, `<use></use>`},
		"a picture from elsewhere":    {`<image href="https://evil.example/t.png"/>`, `<image></image>`},
		"an SVG in its bytes":         {`<image href="data:image/svg+xml;base64,AAAA"/>`, `<image></image>`},
		"a script in an address":      {`<use href="javascript:alert(1)"/>`, `<use></use>`},
		"an animation of an address":  {`<use id="a" href="#b"><set attributeName="href" to="javascript:alert(1)"/></use>`, `<use id="a" href="#b"></use>`},
		"an import":                   {`<style>@import url(//evil.example/a.css);</style>`, `<style></style>`},
		"an import spelt otherwise":   {`<style>@\69mport "//evil.example"</style>`, `<style></style>`},
		"a font":                      {`<style>@font-face{src:url(//evil.example)}</style>`, `<style></style>`},
		"a background from elsewhere": {`<rect style="fill:url( 'https://evil.example')"/><rect fill="URL(//e)"/>`, `<rect></rect><rect></rect>`},
		"an address in two parts":     {`<style>g{fill:u<!-- -->rl(//evil.example)}</style><g/>`, `<style></style><g></g>`},
		"an element in an address":    {`<style>g{fill:u<g>x</g>rl(//evil.example)}</style>`, `<style></style>`},
		"a style within a style":      {`<style>g{}<style>@import "//evil.example";</style></style>`, `<style>g{}</style>`},
		"an address in two sections":  {`<style><![CDATA[g{fill:ur]]><![CDATA[l(//evil.example)}]]></style>`, `<style></style>`},
		"the end of a style":          {`<style>a{}&lt;/style>&lt;script>1&lt;/script></style>`, `<style></style>`},
		"editors' own":                {`<sodipodi:namedview xmlns:sodipodi="http://sodipodi.example" sodipodi:x="1"/><metadata>x</metadata><!-- c --><?pi x?>`, ``},
	} {
		got, err := cleanSVG([]byte(picture(test.in)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, inside, _ := strings.Cut(string(got), ">")
		if inside = strings.TrimSuffix(inside, "</svg>"); inside != test.want {
			t.Errorf("%s:\n got %s\nwant %s", name, inside, test.want)
		}
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	for name, f := range map[string]File{
		"an entity":                {"a.svg", []byte(`<!DOCTYPE svg [<!ENTITY a "b">]>` + picture(`<text>&a;</text>`))},
		"a page":                   {"a.svg", []byte(`<html><body>x</body></html>`)},
		"no namespace":             {"a.svg", []byte(`<svg><path/></svg>`)},
		"not closed":               {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><g>`)},
		"nothing":                  {"a.svg", nil},
		"an SVG that is named PNG": {"a.png", []byte(picture(`<script>1</script>`))},
		"a page that is named GIF": {"a.gif", []byte(`<script>1</script>`)},
	} {
		if _, err := logo(&f); err == nil {
			t.Errorf("%s is published", name)
		}
	}
	if _, err := logo(&File{"a.png", []byte("\x89PNG\r\n\x1a\n")}); err != nil {
		t.Errorf("a PNG is refused: %v", err)
	}
}

// FuzzCleanSVG: whatever the bytes, what is published draws and does nothing else,
// and cleaning it again changes nothing.
func FuzzCleanSVG(f *testing.F) {
	f.Add([]byte(picture(`<g onclick="1"><style>@import "x"</style><use href="#a"/><script/></g>`)))
	f.Add([]byte(`<?xml version="1.0"?><!DOCTYPE svg><x:svg xmlns:x="http://www.w3.org/2000/svg"><x:g/></x:svg><x/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		clean, err := cleanSVG(data)
		if err != nil {
			return
		}
		again, err := cleanSVG(clean)
		if err != nil || !bytes.Equal(clean, again) {
			t.Fatalf("clean, and clean again, differ (%v):\n%s\n%s", err, clean, again)
		}
		for d := xml.NewDecoder(bytes.NewReader(clean)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("%v in\n%s", err, clean)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if e.Name.Space != svgSpace || !slices.Contains(drawn(), e.Name.Local) {
				t.Errorf("%v is published", e.Name)
			}
			for _, a := range e.Attr {
				v := strings.ToLower(a.Value)
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || strings.Contains(v, "javascript:") || a.Name.Local == "href" && !strings.HasPrefix(v, "#") && !strings.HasPrefix(v, "data:image/") {
					t.Errorf("%s has %v=%q", e.Name.Local, a.Name, a.Value)
				}
			}
		}
	})
}
