package policy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

// sameDocument fails when a parser with a memory takes a text apart in another
// way than one without.
func sameDocument(t interface {
	Helper()
	Fatalf(string, ...any)
}, p *policy.Parser, text string) {
	t.Helper()
	want, wantErr := policy.Parse("a.md", []byte(text))
	got, err := p.Parse("a.md", []byte(text))
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("error %v, without a memory %v", err, wantErr)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%q (-without +with a memory):\n%s", text, diff)
	}
	// Two paths that look alike may be of one list or of two.
	for i := range want.Blocks {
		for j := range i {
			if sharedContainers(want, i, j) != sharedContainers(got, i, j) {
				t.Fatalf("%q: blocks %d and %d share %d containers, without a memory %d", text, j, i, sharedContainers(got, i, j), sharedContainers(want, i, j))
			}
		}
	}
}

func sharedContainers(d *policy.Document, i, j int) (n int) {
	a, b := d.Blocks[i].Path, d.Blocks[j].Path
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// texts draws texts of sections of every kind.
func texts() *rapid.Generator[string] {
	section := rapid.SampledFrom([]string{
		"# Terms {#t}", "Terms\n=====", "## 2. Use", "We keep it.", "(a) We keep it.", "**4. Retention**", "**Law.** Ours.",
		"- a\n- b", "* a\n\n  more of a", "1. a\n1. b", "7) x", "+ z", "  indented", "    code", "\tcode",
		"> quoted\nlazily", ": a meaning", ":\tone\n\n    and more", "A term\n: a meaning", ">     code in it", "| a | b |\n|---|---|\n| c | |", "* * *", "***", "---", "\\* no list",
		"```\na\n\nb\n```", "~~~", "<div>\n\n<b>x</b>", "<a id=\"x\"></a>", "<!-- a\nb --> c", "<!-- a\n\nb -->", "<!-->", "a\n<!-- b -->\nc", "<pre>\na\n\nb</pre>", "<https://example.com>", "</div>", "<?a\n\nb ?>", "<!A\n\nb>", "<TEXTAREA>\n\na\n</TEXTAREA>", "<h2>A</h2>\n*b*", "<table>\n<tr><td>a\n\n</td></tr></table>", "<style", "**<a id=\"y\"></a>**", "~~<a id=\"z\"></a>~~", "a <br> b", "[x]: /there", "[x] leads there", "- [x]: /here",
		"www.example.com and me@example.com", "https://example.com/a", "[a](b \"c\")", "第一条 a", "一、b", "&amp; \\&", "{: datetime=\"2025-04-22\" }", "\u00a0", "",
		"25. März 2019", "- [ ] task", "Last words  \nof a line", "Last words    \nof a line",
	})
	return rapid.Custom(func(t *rapid.T) string {
		gap := rapid.SampledFrom([]string{"\n\n", "\n\n", "\n\n\n", "\n", "\n \n"})
		var b strings.Builder
		for _, s := range rapid.SliceOfN(section, 0, 9).Draw(t, "sections") {
			b.WriteString(s + gap.Draw(t, "gap"))
		}
		return b.String()
	})
}

func TestAParserWithAMemoryTakesTextsApartAsOneWithout(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var p policy.Parser
		for _, text := range rapid.SliceOfN(texts(), 1, 12).Draw(t, "texts") {
			sameDocument(t, &p, text)
		}
	})
}

// TestTheWordsOfATextAreReadAsThoseOfATextByItself: to read them alone changes no
// document that is read later.
func TestTheWordsOfATextAreReadAsThoseOfATextByItself(t *testing.T) {
	t.Parallel()
	addresses := strings.Repeat("See [our list] and ![][our list].\n\n", 100) + "[our list]: https://e.example/" + strings.Repeat("a", 100_000) + "\n"
	same := func(t *rapid.T, p *policy.Parser, text string) {
		got, digest, err := p.ParseWords("a.md", []byte(text))
		want, wantDigest, wantErr := new(policy.Parser).ParseWords("a.md", []byte(text))
		if (err == nil) != (wantErr == nil) || digest != wantDigest {
			t.Fatalf("%q: %s, %v, by itself %s, %v", text, digest, err, wantDigest, wantErr)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q (-by itself +with a memory):\n%s", text, diff)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		var p policy.Parser
		for _, text := range rapid.SliceOfN(texts(), 1, 12).Draw(t, "texts") {
			same(t, &p, text)
			sameDocument(t, &p, text)
			same(t, &p, text)
		}
	})
	var p policy.Parser
	for range 2 {
		doc, _, err := p.ParseWords("a.md", []byte(addresses))
		if err != nil || len(doc.Remarks) != 1 {
			t.Fatalf("remarks %v, %v", doc.Remarks, err)
		}
		sameDocument(t, &p, addresses)
	}
}

func TestTheDigestOfWordsTellsWhatTheySayFromTheirForm(t *testing.T) {
	var p policy.Parser
	_, digest, _ := p.ParseWords("", []byte("# Terms\n\nSee [it](a.md?b).\n\n- a\n- b\n"))
	for text, same := range map[string]bool{
		"Terms\n===\n\n***\n\nSee\n[*it*](a.md#c).\n\n* a\n* b\n": true,
		"# Terms\n\nSee [it](b.md).\n\n- a\n- b\n":                false,
		"# Terms\n\nSee [it](a.md).\n\n1. a\n2. b\n":              false,
		"Terms\n\nSee [it](a.md).\n\n- a\n- b\n":                  false,
		"# Terms\n\nSee [it](a.md).\n\n- a\n- c\n":                false,
	} {
		if _, other, _ := p.ParseWords("", []byte(text)); (other == digest) != same {
			t.Errorf("%q: %s beside %s", text, other, digest)
		}
	}
}

// Whoever changes a document must not change the next one.
func TestDocumentsOfOneParserShareNothing(t *testing.T) {
	t.Parallel()
	const text = "# Terms\n\nWe keep [it](x).\n\n- a\n- b\n\nor\n\n- a\n- b\n\nor\n"
	var p policy.Parser
	first, err := p.Parse("a.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for i := range first.Blocks {
		b := &first.Blocks[i]
		b.ID, b.Aliases = "changed", append(b.Aliases, "changed")
		for _, c := range b.Path {
			c.Number = "changed"
		}
		b.Spans = append(b.Spans, policy.Span{Text: "changed"})
	}
	sameDocument(t, &p, text)
	second, _ := p.Parse("a.md", []byte(text))
	seen := make(map[*policy.Container]bool)
	for i := range first.Blocks {
		for k := range first.Blocks[i].Path {
			seen[first.Blocks[i].Path[k]] = true
			if seen[second.Blocks[i].Path[k]] {
				t.Fatalf("block %d stands in a container of the other document", i)
			}
		}
	}
}

// What raw HTML leaves to the paragraph after it crosses the border of a section.
func TestAParserWithAMemoryReadsEveryHeadAsOneWithout(t *testing.T) {
	var p policy.Parser
	heads := []string{
		"---\ntitle: A\nversion: 1.10\n---\n", "---\ntitle: A\nversion: 1.1\n---\n", "\n\n---\ntitle: A\nversion: 1.10\n---\n",
		"---\ntitle = \"A\"\n---\n", "+++\ntitle = \"A\"\n+++\n", "{\"title\": \"A\"}\n", "---\nTitle: A\n---\n", "---\neffective_date: soon\n---\n",
		"---\ntitle: A\n", "---\n---\n", "---\naliases: [a, b]\nnotice: email\nchange: minor\nvariables: {a: b}\n---\n", "",
	}
	for range 2 {
		for _, head := range heads {
			sameDocument(t, &p, head+"\nText.\n")
			sameDocument(t, &p, head+"\n<<<<<<< ours\nText.\n=======\nOther.\n>>>>>>> theirs\n")
		}
	}
}

func TestHeadsOfOneParserShareNothing(t *testing.T) {
	const text = "---\naliases: [a, b]\nnotice: [email, feed]\nchange: minor\nvariables: {a: b}\n---\nText.\n"
	var p policy.Parser
	for range 3 {
		d, err := p.Parse("a.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		f := &d.Front
		if f.Aliases[0] != "a" || f.Notice[0] != "email" || *f.Change != policy.Minor || f.Variables["a"] != "b" {
			t.Fatalf("the head is %+v after another one was changed", f)
		}
		f.Aliases[0], f.Notice[0], *f.Change, f.Variables["a"] = "x", "x", policy.Major, "x"
	}
}

func TestAnAnchorLeadsToTheNextSection(t *testing.T) {
	t.Parallel()
	const text = "# Terms\n\nWords.\n\n~~<a id=\"z\"></a>~~\n\nMore words.\n"
	var p policy.Parser
	sameDocument(t, &p, text)
	d, err := p.Parse("a.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if last := d.Blocks[len(d.Blocks)-1]; len(last.Aliases) != 1 || last.Aliases[0] != "z" || last.Line != 7 {
		t.Errorf("the last block is %+v", last)
	}
}

func FuzzParser(f *testing.F) {
	f.Add("# A\n\nb\n\n- c\n\nd", "# A\n\nb\n\n- c\n\n> d")
	f.Add("a\n\n1. b\n\n\n\nc@d.e", "| a |\n|---|\n\n**b**\n\n***\nc")
	f.Fuzz(func(t *testing.T, a, b string) {
		var p policy.Parser
		for _, text := range []string{a, b, a + "\n\n" + b, a} {
			if _, err := policy.Parse("a.md", []byte(text)); err != nil {
				return
			}
			sameDocument(t, &p, text)
		}
	})
}
