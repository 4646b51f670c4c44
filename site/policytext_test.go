package site

import (
	"strings"
	"testing"
)

func TestAPolicyTextStandsByItself(t *testing.T) {
	o := options(t)
	o.BaseURL, o.Follow = "https://example.com/legal", "https://notices.example.com"
	files := allFiles(t, library(t).build(o))
	text := files["embed/v1/policy/privacy.html"]
	for _, want := range []string{
		`<article class="policy-text" id="privacy-policy" lang="en" dir="ltr">`, `In force</strong> since`, `href="https://example.com/legal/privacy/versions/"`,
		`href="https://example.com/legal/privacy/compare/1.1...2.0/"`, `href="https://example.com/legal/terms/"`, `<h2 id="sharing">`,
		`href="https://notices.example.com"`, `hreflang="ar" data-id="ar/privacy"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the piece of HTML lacks %s:\n%s", want, text)
		}
	}
	for _, no := range []string{`href="./`, `href="../`, `class="anchor"`, siteRoot, "<script", "style="} {
		if strings.Contains(text, no) {
			t.Errorf("the piece of HTML holds %s", no)
		}
	}
	if !strings.Contains(files["embed/v1/policy/cookies.html"], "withdrawn") {
		t.Error("a withdrawn policy does not say so on pages of others")
	}
	frame := files["embed/v1/frame/privacy/index.html"]
	if !strings.Contains(frame, `<base target="_top">`) || !strings.Contains(frame, `<link rel="canonical" href="https://example.com/legal/privacy/">`) {
		t.Errorf("the page for a frame:\n%s", frame)
	}
	if headers := files["_headers"]; !strings.Contains(headers, "\n/privacy/*\n  Content-Security-Policy: frame-ancestors 'none'\n") || strings.Contains(headers, "/embed/*\n  Content-Security-Policy") {
		t.Errorf("frames are not forbidden where they should be:\n%s", headers)
	}
}

func TestThePolicyScriptStaysSmall(t *testing.T) {
	data, err := minified(newMinifier(), "text/javascript", "assets/policy.js")
	if err != nil || len(data) > 4<<10 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}
