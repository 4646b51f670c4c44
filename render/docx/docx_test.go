package docx

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

const long = "This paragraph is long enough to be sure of when it stands at another place, for it has many words of its own."

// example is a redline made by hand.
type example struct{ name, before, after string }

func examples() []example {
	table := "| Purpose | Data |\n|---|--:|\n| Billing | Name |\n"
	return []example{
		{"nothing", "", ""},
		{"the same text", "# A\n\nOne.", "# A\n\nOne."},
		{"a first version", "", "# A\n\n1. One.\n2. Two."},
		{"a withdrawn text", "# A\n\n> One.", ""},
		{"an edited sentence", "We keep data for 30 days.", "We keep all data for 90 days."},
		{"a paragraph that came", "One.\n\nThree.", "One.\n\nTwo.\n\nThree."},
		{"a paragraph that went at the end", "One.\n\nTwo.", "One."},
		{"a moved paragraph", long + "\n\nOne thing.\n\nTwo things.\n\nThree things.", "One thing.\n\nTwo things.\n\nThree things.\n\n" + long},
		{"a moved and edited paragraph", long + "\n\nOne thing.\n\nTwo things.\n\nThree things.", "One thing.\n\nTwo things.\n\nThree things.\n\n" + strings.Replace(strings.Replace(long, "sure", "very certain", 1), " many", "", 1)},
		{"a split paragraph", "The first part tells about many things here. The second part tells about other matters there.", "The first part tells about many things here.\n\nThe second part tells about other matters there."},
		{"a merged paragraph", "The first part tells about many things here.\n\nThe second part tells about other matters there.", "The first part tells about many things here. The second part tells about no matters there."},
		{"a paragraph split into items", "The first part tells about many things here. The second part tells about other matters there.", "- The first part tells about many things here.\n- The second part tells about other matters there."},
		{"items that are renumbered", "1. One is here.\n2. Two is here.\n3. Three is here.", "1. One is here.\n2. New words entirely.\n3. Two is here.\n4. Three is here."},
		{"items that keep odd numbers", "4) Four.\n9) Nine.", "4) Four.\n9) Nine and more."},
		{"items left to count by themselves", "1. One.\n1. Two.\n1. Three.", "1. One.\n1. Three."},
		{"items within items", "1. One.\n   - Inner.\n2. Two.", "1. One.\n   - Inner and more.\n     1. Deep.\n2. Two."},
		{"an item that begins with another", "1. - One.", "1. - One and more."},
		{"a table row that came", table, table + "| Security | Logs |\n"},
		{"a table row that went", table + "| Security | Logs |\n", table},
		{"a table that came", "One.", "One.\n\n" + table},
		{"a table that became items", "One.\n\n" + table, "One.\n\n- Billing\n- Name\n"},
		{"a table column that came", table, "| Purpose | Data | Time |\n|---|---|---|\n| Billing | Name | 10 years |\n"},
		{"two tables in a row", table + "\n<!-- -->\n\n" + table, table + "\n<!-- -->\n\n" + strings.ReplaceAll(table, "Name", "Address")},
		{"a heading of another level", "# A\n\n## Contact us here\n\nOne.", "# A\n\n### Contact us here\n\nOne."},
		{"a paragraph that became an item", "Lead.\n\nWe tell nobody what you write.", "Lead.\n\n1. We tell nobody what you write."},
		{"styles that changed", "We *never* sell **data** or `keys`.", "We **never** sell data or ~~keys~~."},
		{"a link that leads elsewhere", "See [the policy](https://example.org/a).", "See [the policy](https://example.org/b)."},
		{"code", "```\na = 1\nb = 2\n```", "```\na = 1\nb = 3\n```"},
		{"line breaks", "One  \nTwo", "One  \nThree  \nTwo"},
		{"rules and pictures", "One.\n\n---\n\n![Our logo](logo.png) here.", "One.\n\n![](logo.png) here."},
		{"other scripts", "数据保护政策。\n\nسياسة الخصوصية هنا.", "个人数据保护政策。\n\nسياسة الخصوصية الجديدة هنا."},
		{"characters that XML cannot hold", "One \x01 two.", "One \x01 two \x0b three."},
		{"marks of XML", "a < b & c > d \"e\" 'f'", "a < b && c ]]> d \"e\" 'f'"},
		{"HTML", "<table><caption>Cap</caption><tr><td><ul><li>One</li></ul></td><td><table><tr><td>In</td></tr></table></td></tr></table>", "<ol start=3><li>One<li>Two</ol>"},
		{"a table within an item", "- Lead.\n\n  | a | b |\n  |---|---|\n  | c | d |", "- Lead.\n\n  | a | b |\n  |---|---|\n  | c | e |"},
	}
}

func TestExamplesReadBackParagraphByParagraph(t *testing.T) {
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) { checkLaws(t, compare(t, e.before, e.after)) })
		t.Run(e.name+", backwards", func(t *testing.T) { checkLaws(t, compare(t, e.after, e.before)) })
	}
}

func TestMissingSidesAreEmptyTexts(t *testing.T) {
	d := parse(t, "# A\n\nOne.")
	for _, r := range []*redline.Redline{redline.Compare(nil, nil), redline.Compare(nil, d), redline.Compare(d, nil)} {
		checkLaws(t, r)
	}
}

func TestSameInputGivesSameBytes(t *testing.T) {
	o := Options{Author: "Jane Doe", Date: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Title: "Terms", Lang: "de"}
	var first bytes.Buffer
	for i := range 3 {
		var b bytes.Buffer
		for _, e := range examples() {
			if err := Write(&b, compare(t, e.before, e.after), o); err != nil {
				t.Fatal(err)
			}
		}
		if i == 0 {
			first = b
		} else if !bytes.Equal(first.Bytes(), b.Bytes()) {
			t.Fatal("the bytes differ")
		}
	}
}

func TestChangesBearAuthorAndDate(t *testing.T) {
	zone := time.FixedZone("", 3600)
	f := reread(t, compare(t, "One.", "Two."), Options{Author: `Jane "J" <Doe>`, Date: time.Date(2026, 1, 2, 3, 4, 5, 6, zone), Title: "Terms & more"})
	for _, name := range []string{"ins", "del"} {
		for _, e := range f.body.all(name) {
			if e.attr["author"] != `Jane "J" <Doe>` || e.attr["date"] != "2026-01-02T02:04:05Z" {
				t.Errorf("%s by %q on %q", name, e.attr["author"], e.attr["date"])
			}
		}
	}
	core := f.parts["docProps/core.xml"].child("coreProperties")
	for name, want := range map[string]string{"title": "Terms & more", "creator": `Jane "J" <Doe>`, "language": "en", "created": "2026-01-02T02:04:05Z"} {
		if got := core.child(name); got == nil || got.text != want {
			t.Errorf("%s is %v, want %q", name, got, want)
		}
	}
}

func TestWithoutOptionsChangesStillHaveAnAuthor(t *testing.T) {
	f := reread(t, compare(t, "One.", "Two."), Options{})
	ins := f.body.all("ins")[0]
	if ins.attr["author"] != "Codicil" {
		t.Errorf("author is %q", ins.attr["author"])
	}
	if _, ok := ins.attr["date"]; ok {
		t.Error("a change has a date that nobody gave")
	}
	if f.parts["docProps/core.xml"].child("coreProperties", "created") != nil {
		t.Error("the file has a date that nobody gave")
	}
}

func TestEveryPartHasAType(t *testing.T) {
	f := reread(t, compare(t, "One.", "Two."), Options{})
	types := f.parts["[Content_Types].xml"].child("Types")
	for name := range f.parts {
		found := strings.HasSuffix(name, ".rels") || name == "[Content_Types].xml"
		for _, e := range types.all("Override") {
			found = found || e.attr["PartName"] == "/"+name
		}
		if !found {
			t.Errorf("%s has no type", name)
		}
	}
}

// faultyWriter takes so many bytes and then fails.
type faultyWriter struct{ left int }

var errFull = errors.New("disk full")

func (w *faultyWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFaultOfTheWriterIsReported(t *testing.T) {
	r := compare(t, "One.", "Two.")
	var whole bytes.Buffer
	if err := Write(&whole, r, Options{}); err != nil {
		t.Fatal(err)
	}
	for n := 0; n < whole.Len(); n += 97 {
		if err := Write(&faultyWriter{n}, r, Options{}); !errors.Is(err, errFull) {
			t.Fatalf("after %d bytes: %v", n, err)
		}
	}
}

func TestDeepNestingIsWritten(t *testing.T) {
	for name, src := range map[string]string{
		"quotes": strings.Repeat("> ", 40) + "deep",
		"lists":  strings.Repeat("- ", 20) + "deep",
		"tables": strings.Repeat("<table><tr><td>", 15) + "deep",
	} {
		t.Run(name, func(t *testing.T) { checkLaws(t, compare(t, "", src)) })
	}
	var path []*policy.Container
	for range 2_000 {
		path = append(path, &policy.Container{Kind: policy.List}, &policy.Container{Kind: policy.Item})
	}
	d := &policy.Document{Blocks: []policy.Block{*blockIn("deep", path...)}}
	f := checkLaws(t, redline.Compare(nil, d))
	for _, e := range f.body.all("ind") {
		if len(e.attr["left"]) > 4 {
			t.Fatalf("%s twentieths of a point are wider than the page", e.attr["left"])
		}
	}
}

func TestFontsAndLanguageFollowTheText(t *testing.T) {
	for _, c := range []struct{ lang, font, attribute string }{
		{"en", "Microsoft YaHei", "val"}, {"ja", "Yu Gothic", "eastAsia"}, {"ko-KR", "Malgun Gothic", "eastAsia"},
		{"zh-CN", "Microsoft YaHei", "eastAsia"}, {"zh-Hant-TW", "Microsoft JhengHei", "eastAsia"}, {"he", "Microsoft YaHei", "bidi"}, {"de-AT", "Microsoft YaHei", "val"},
	} {
		f := reread(t, compare(t, "", "One."), Options{Lang: c.lang})
		defaults := f.parts["word/styles.xml"].child("styles", "docDefaults", "rPrDefault", "rPr")
		if got := defaults.child("rFonts").attr["eastAsia"]; got != c.font {
			t.Errorf("%s: font %s, want %s", c.lang, got, c.font)
		}
		if got := defaults.child("lang").attr[c.attribute]; got != c.lang {
			t.Errorf("%s: language %s is %s", c.lang, c.attribute, got)
		}
	}
}

func TestStylesThatParagraphsNameExist(t *testing.T) {
	defined := make(map[string]bool)
	for _, e := range examples() {
		f := reread(t, compare(t, e.before, e.after), Options{})
		for _, s := range f.parts["word/styles.xml"].all("style") {
			defined[s.attr["styleId"]] = true
		}
		for _, kind := range []string{"pStyle", "rStyle", "tblStyle"} {
			for _, s := range f.body.all(kind) {
				if !defined[s.attr["val"]] {
					t.Errorf("%s: no style %s", e.name, s.attr["val"])
				}
			}
		}
	}
}

// block returns a block with words, in containers.
func blockIn(text string, path ...*policy.Container) *policy.Block {
	return &policy.Block{Kind: policy.Text, Spans: []policy.Span{{Text: text}}, Path: path}
}
