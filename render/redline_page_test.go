package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/codicil/codicil/render"
)

func TestWordsThatAreNotInTheLanguageOfThePageSaySo(t *testing.T) {
	r := compare(t, before, after)
	for lang, want := range map[string]bool{"fi": true, "en-GB": false, "de": false, "": false} {
		page := redlineHTML(r, render.RedlineOptions{Lang: lang})
		strict(t, page)
		for _, selector := range []string{".redline-summary[lang=en]", "ins > .visually-hidden[lang=en]", ".redline-nav[lang=en]"} {
			if got := count(t, page, selector) > 0; got != want {
				t.Errorf("%q: %s: %v, want %v", lang, selector, got, want)
			}
		}
	}
}

func TestSidesFallBackToOneTextOnNarrowScreens(t *testing.T) {
	const old = "We keep logs for 30 days.\n\nThis clause goes away with all that it says.\n\nThis stays."
	page := redlineHTML(compare(t, old, "We keep logs for 90 days.\n\nThis stays."), render.RedlineOptions{SideBySide: true})
	strict(t, page)
	for selector, want := range map[string]int{
		"td:first-child del:not(.redline-narrow)": 2, "td:first-child .redline-narrow": 0, "td:first-child ins": 0,
		"td + td del.redline-narrow": 1, "td + td ins": 1, "tr.redline-gone": 1, "tr.redline-gone > td + td:empty": 1,
	} {
		if n := count(t, page, selector); n != want {
			t.Errorf("%s: %d, want %d in %s", selector, n, want, page)
		}
	}
}

func TestAPageStandsAlone(t *testing.T) {
	var b bytes.Buffer
	r := compare(t, "---\ntitle: Terms & <more>\n---\n\nOne word.", "---\ntitle: Terms & <more>\n---\n\nTwo words.")
	render.RedlinePage(&b, r, "terms@1.0", "terms@2.0", render.RedlineOptions{Lang: "ar"})
	root, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	text := func(selector string) string {
		n := cascadia.Query(root, cascadia.MustCompile(selector))
		if n == nil || n.FirstChild == nil {
			t.Fatalf("no %s", selector)
		}
		return n.FirstChild.Data
	}
	for selector, want := range map[string]string{"h1": "Terms & <more>", "title": "Terms & <more>: terms@1.0 → terms@2.0", ".redline-between": "terms@1.0 → terms@2.0", ".redline-legend .ins": "مضاف"} {
		if got := text(selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if cascadia.Query(root, cascadia.MustCompile("html[lang=ar][dir=rtl]")) == nil {
		t.Error("an Arabic page does not run from right to left")
	}
	if n := cascadia.Query(root, cascadia.MustCompile("[src], link, script")); n != nil {
		t.Errorf("the page loads something: %s", n.Data)
	}
}

func TestSidesShowNumbersThatChanged(t *testing.T) {
	for _, tt := range [][2]string{{"1. one item here\n3. another item here", "1. one item here\n2. another item here"}, {"## 4. Fees of the service", "## 5. Fees of the service"}} {
		page := redlineHTML(compare(t, tt[0], tt[1]), render.RedlineOptions{SideBySide: true})
		strict(t, page)
		if !strings.Contains(page, "renumbered: ") {
			t.Errorf("not told: %s", page)
		}
	}
}

func TestUnchangedStretchesAreFolded(t *testing.T) {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "Paragraph number %d of the text.\n\n", i)
	}
	change := compare(t, b.String(), strings.Replace(b.String(), "number 15", "number fifteen", 1))
	page := redlineHTML(change, render.RedlineOptions{})
	if n := count(t, page, "details.redline-unchanged"); n != 2 {
		t.Errorf("%d folded stretches, want 2", n)
	}
	if n := count(t, page, "details p"); n != 27 {
		t.Errorf("%d folded paragraphs, want 27", n)
	}
	strict(t, page)
	brief := redlineHTML(change, render.RedlineOptions{Brief: true})
	if n := count(t, brief, "p.redline-unchanged"); n != 2 {
		t.Errorf("%d stretches left out, want 2", n)
	}
	if n := count(t, brief, "p:not([class])"); n != 3 {
		t.Errorf("%d paragraphs of a brief redline, want 3", n)
	}
	strict(t, brief)
}
