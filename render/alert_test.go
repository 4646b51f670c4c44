package render_test

import (
	"bytes"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

func TestAlertsAreShownAsGitHubShowsThem(t *testing.T) {
	for text, want := range map[string]string{
		"> [!WARNING]\n> You lose *all*.\n":    "<blockquote>\n<p><strong>Warning</strong><br>\nYou lose <em>all</em>.</p>\n</blockquote>\n",
		"> [!NOTE]\n>\n> Boats are wet.\n":     "<blockquote>\n<p><strong>Note</strong></p>\n<p>Boats are wet.</p>\n</blockquote>\n",
		"> Quoted.\n>\n> [!NOTE] within it.\n": "<blockquote>\n<p>Quoted.</p>\n<p>[!NOTE] within it.</p>\n</blockquote>\n",
		"[!NOTE] no quotation.\n":              "<p>[!NOTE] no quotation.</p>\n",
	} {
		doc, err := policy.Parse("boats.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := render.DocumentHTML(&b, doc); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%q is shown as\n%s, want\n%s", text, b.String(), want)
		}
	}
}
