package site

import (
	"regexp"
	"strings"
	"testing"
)

func TestAnAccentCanBeReadInBothSchemes(t *testing.T) {
	light, _ := readColour("#f5f2ea")
	dark, _ := readColour("#21201d")
	for _, accent := range []string{"#ff0", "#ffffff", "#000000", "#1a4b8c", "#e4002b", "#777"} {
		style, err := accentStyle(accent)
		if err != nil {
			t.Fatal(err)
		}
		made := regexp.MustCompile(`#[0-9a-f]{6}`).FindAllString(style, -1)
		for i, ground := range []colour{light, dark} {
			if c, ok := readColour(made[i]); !ok || c.contrast(ground) < 4.5 {
				t.Errorf("%s becomes %s, which has a contrast of %.2f", accent, made[i], c.contrast(ground))
			}
		}
	}
	if style, _ := accentStyle("#1a4b8c"); !strings.HasPrefix(style, ":root{--accent:#1a4b8c}") {
		t.Errorf("a colour that can be read is changed: %s", style)
	}
	for _, wrong := range []string{"red", "#12", "#12345g", "#fff;}body{display:none", ""} {
		if style, err := accentStyle(wrong); err == nil {
			t.Errorf("%q is taken: %s", wrong, style)
		}
	}
}

func TestAPublisherGivesIconAndAccent(t *testing.T) {
	o := options(t)
	o.Theme = Theme{Accent: "#e4002b", Icon: &File{Name: "brand/icon.png", Data: []byte("\x89PNG\r\n\x1a\n")}}
	files := allFiles(t, library(t).build(o))
	page := files["privacy/index.html"]
	icon := regexp.MustCompile(`<link rel="icon" href="\.\./(assets/icon\.[0-9a-f]{12}\.png)">`).FindStringSubmatch(page)
	if icon == nil || files[icon[1]] == "" {
		t.Errorf("the page has another icon:\n%s", page[:1500])
	}
	sheet := regexp.MustCompile(`assets/site\.[0-9a-f]{12}\.css`).FindString(page)
	if !strings.Contains(files[sheet], "--accent:#") || strings.Count(files[sheet], "--accent:#") < 4 {
		t.Error("the style sheet does not set the accent")
	}
}
