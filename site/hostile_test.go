package site

import (
	"maps"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// hostile are texts that want to become markup.
func hostile() []string {
	return []string{
		`<script>alert(1)</script>`, `"><script src=//evil.example></script>`, `<img src=x onerror=alert(1)>`, `</title><script>1</script>`,
		`' onmouseover='alert(1)`, `{{.}}`, `<!--`, `]]>`, `javascript:alert(1)`, `</script><script>1</script>`, `<style>*{display:none}</style>`,
		`<svg onload=alert(1)>`, `&lt;script&gt;`, "\u202e reversed", "<base href=//evil.example>",
	}
}

func TestHostileTextNeverBecomesMarkup(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		pick := func(name string) string {
			return rapid.SampledFrom(hostile()).Draw(r, name) + rapid.StringN(0, 8, 24).Draw(r, name+" tail")
		}
		s := newShelf(t)
		text := "# " + pick("title") + "\n\n" + pick("words") + "\n\n[link](" + rapid.SampledFrom(hostile()).Draw(r, "target") + ")\n\n- " + pick("item") + "\n"
		p := s.add("evil",
			draft{label: "1" + pick("label"), published: "2026-01-01", effective: "2026-01-01", text: text},
			draft{label: "2" + pick("label 2"), published: "2026-11-01", effective: "2026-12-01", text: text + "\n" + pick("more") + "\n",
				front: policy.FrontMatter{Summary: pick("summary"), ApprovedBy: pick("approver"), ChangeReason: pick("reason"), Notice: policy.Channels{"banner", "popup", "feed"}}})
		p.Title = pick("policy title")
		o := options(t)
		o.Title = pick("site title")
		for name, data := range allFiles(t, s.build(o)) {
			if strings.HasSuffix(name, ".html") {
				harmless(t, name, data)
			}
		}
	})
}

// harmless reports elements and attributes that run anything or load anything
// from elsewhere.
func harmless(t *testing.T, name, data string) {
	t.Helper()
	page, err := html.Parse(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want := 1
	if strings.HasPrefix(name, embedDir) && !strings.HasPrefix(name, frameDir) {
		want = 0 // a piece for the pages of others
	}
	if len(all(page, "main > form.compare")) == 1 {
		want = 2 // of which one compares any two versions
	}
	if n := len(all(page, "script[src]")); n != want {
		t.Errorf("%s: %d scripts are loaded, want %d", name, n, want)
	}
	for _, selector := range []string{"script:not([src]):not([type='application/ld+json'])", "style", "img", "svg", "iframe", "object", "embed", "base[href]", "base:not([target='_top'])", "form:not(main > form.compare)", "meta[http-equiv]:not([http-equiv='Content-Security-Policy'])"} {
		if n := len(all(page, selector)); n != 0 {
			t.Errorf("%s: %d of %s", name, n, selector)
		}
	}
	for _, n := range all(page, "*") {
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || (a.Key == "href" || a.Key == "src") && strings.HasPrefix(value, "javascript:") {
				t.Errorf("%s: %s has %s=%q", name, n.Data, a.Key, a.Val)
			}
		}
	}
}

// structures counts the pages of a site by their elements and the names of their
// attributes, in order.
func structures(t *testing.T, files map[string]string) map[string]int {
	t.Helper()
	count := make(map[string]int)
	for name, data := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		page, err := html.Parse(strings.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, n := range all(page, "*") {
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
			}
		}
		count[b.String()]++
	}
	return count
}

// TestWordsAddNothingToAPage: whatever a title, a label, a summary and the names of
// those who approved it are, each page has the elements and attributes that it has
// with other words in their place.
func TestWordsAddNothingToAPage(t *testing.T) {
	t.Parallel()
	build := func(words string) map[string]int {
		s, o := newShelf(t), options(t)
		major := policy.Major
		front := policy.FrontMatter{Title: "T " + words, Summary: "S " + words, ApprovedBy: "A " + words, ChangeReason: "R " + words, StatusReason: "X " + words, Notice: policy.Channels{"banner"}}
		p := s.add("words",
			draft{label: "1 " + words, published: "2026-01-01", effective: "2026-01-01", text: "One.\n", front: front},
			draft{label: "2 " + words, published: "2026-02-01", effective: "2026-02-02", text: "We sell your data.\n", front: front},
			draft{label: "3 " + words, published: "2026-11-01", effective: "2027-01-01", text: "We sell all your data.\n", front: front})
		p.Title, o.Title, o.Generator = "P "+words, "O "+words, "G "+words
		for _, v := range p.Versions {
			v.Approvals = []policy.Approval{{Name: "N " + words, Role: "Counsel " + words, How: "H " + words, At: v.Published}, {Name: "M " + words}}
			v.Front.Change, v.Commit = &major, "c "+words
		}
		return structures(t, allFiles(t, s.build(o)))
	}
	want := build("x")
	for _, words := range append(hostile(), `"`, "'", "a+b", "`", "=x", "--><p>", "\x00<b>", `"><b x="`, "' x='") {
		if got := build(words); !maps.Equal(got, want) {
			for structure, n := range got {
				if want[structure] != n {
					t.Errorf("with %q there are %d pages, not %d, of %s", words, n, want[structure], structure)
				}
			}
		}
	}
}
