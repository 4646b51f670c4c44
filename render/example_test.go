package render_test

import (
	"os"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

// A document as a piece of HTML, for a page of your own.
func ExampleDocumentHTML() {
	doc, err := policy.Parse("cookies.md", []byte("# Cookies\n\n## How long\n\nWe keep cookies for **30 days**.\n"))
	if err != nil {
		return
	}
	_ = render.DocumentHTML(os.Stdout, doc)
	// Output:
	// <h1 id="cookies">Cookies</h1>
	// <h2 id="how-long">How long</h2>
	// <p>We keep cookies for <strong>30 days</strong>.</p>
}

// The marked-up text of a change, for a page of your own.
func ExampleRedlineHTML() {
	before, _ := policy.Parse("before.md", []byte("We keep cookies for 30 days.\n"))
	after, _ := policy.Parse("after.md", []byte("We keep cookies for 90 days.\n"))
	_ = render.RedlineHTML(os.Stdout, redline.Compare(before, after), render.RedlineOptions{Fragment: true, Lang: "en"})
	// Output:
	// <p>We keep cookies for <del>30</del><ins>90</ins> days.</p>
}

// What changed, in words, for a terminal or a log.
func ExampleRedlineText() {
	before, _ := policy.Parse("before.md", []byte("We keep cookies for 30 days.\n"))
	after, _ := policy.Parse("after.md", []byte("We keep cookies for 90 days.\n"))
	_ = render.RedlineText(os.Stdout, redline.Compare(before, after), render.TextOptions{})
	// Output:
	// 1 change in 1 clause: 1 insertion, 1 deletion
	//
	// Preamble
	//   We keep cookies for [-30-]{+90+} days.
}
