package repair

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair/numeral"
)

const seed = "seed/privacy-policy.txt"

// repaired runs Text and checks that running it again changes nothing.
func repaired(t interface{ Fatalf(string, ...any) }, name string, src []byte) (string, []Repair) {
	out, repairs, err := Text(name, "", src)
	if err != nil {
		t.Fatalf("%v", err)
	}
	again, _, err := Text(name, "", out)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if string(again) != string(out) {
		t.Fatalf("a second run changes it: %s", cmp.Diff(string(out), string(again)))
	}
	return string(out), repairs
}

func body(markdown string) string {
	_, text, _ := policy.SplitFrontMatter([]byte(markdown))
	return strings.TrimPrefix(strings.TrimPrefix(string(text), "\n"), "\n")
}

func brief(repairs []Repair) []string {
	var lines []string
	for _, r := range repairs {
		if r.Rule != "front-matter" {
			lines = append(lines, fmt.Sprintf("%d:%d %s %q → %q", r.Line, r.Column, r.Rule, r.Before, r.After))
		}
	}
	return lines
}

func TestTheSeedComesOutWithItsNineSectionsAndClauses(t *testing.T) {
	out, _ := repaired(t, seed, readShared(t, seed))
	d := parse(t, out)
	var sections []string
	for _, c := range d.Clauses {
		if c.Level == 2 {
			sections = append(sections, fmt.Sprintf("%s (%d)", c.Name(), len(c.Children)))
		}
	}
	want := []string{
		"1 Information we may collect (2)", "2 the purpose of our collection and use of information (4)", "3 how do we collect information? (0)",
		"4 How do we protect your personal information? (2)", "5 Personal information of minors (0)",
		"6 Information that is not required to be authorized to be collected (7)", "7 We may share your personal information. (8)",
		"8 How do you manage your personal information? (0)", "9 Changes to this Privacy Policy (0)",
	}
	if diff := cmp.Diff(want, sections); diff != "" {
		t.Error(diff)
	}
	if d.Front.Title != "Privacy clause" || d.Front.ID != "privacy-policy" || d.Front.Version != "" || !d.Front.EffectiveDate.IsZero() {
		t.Errorf("front matter %+v", d.Front)
	}
	for _, c := range d.Clauses {
		for _, kid := range c.Children {
			if !strings.HasPrefix(kid.Number, c.Number+".") {
				t.Errorf("clause %s stands below section %s", kid.Number, c.Number)
			}
		}
	}
	if faults := append(policy.Check(d), Lint(d, []byte(out))...); len(faults) != 2 || faults[0].Rule != "joined-sentence" || faults[1].Rule != "joined-sentence" {
		t.Errorf("%v", faults)
	}
}

// seedMark is what numbers a heading or item of the seed, read off its lines.
var seedMark = regexp.MustCompile(`^(?:I\. |IX\. |Second, |Third, |\d[.,] |\(\d\) )`)

func TestNoWordOfTheSeedIsLostAndEveryMarkThatChangedIsReported(t *testing.T) {
	src := string(readShared(t, seed))
	out, repairs := repaired(t, seed, []byte(src))
	marks := make(map[int]Repair)
	for _, r := range repairs {
		if r.Rule == "heading-number" || r.Rule == "clause-number" {
			marks[r.Line] = r
		}
	}
	var want []string
	for i, line := range strings.Split(strings.ReplaceAll(src, "\u00a0", " "), "\n") {
		line = strings.TrimSpace(line)
		mark := seedMark.FindString(line)
		if r, ok := marks[i+1]; ok && strings.TrimSpace(mark) != r.Before {
			t.Errorf("line %d: the mark %q is reported as %q", i+1, mark, r.Before)
		}
		want = append(want, strings.Fields(line[len(mark):])...)
	}
	d := parse(t, out)
	got := append(strings.Fields(d.Front.Title), words(d)...)
	got = append(got, "0") // set aside in a comment
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.HasSuffix(out, "\n<!-- stray line: 0 -->\n") {
		t.Errorf("ends %q", out[len(out)-60:])
	}
	if len(marks) != 29 {
		t.Errorf("%d marks changed, want 6 of headings and 23 of clauses", len(marks))
	}
}

func TestTextReportsEachRepairOfTheSeed(t *testing.T) {
	_, repairs := repaired(t, seed, readShared(t, seed))
	counts := make(map[string]int)
	for _, r := range repairs {
		counts[r.Rule]++
		if r.Message == "" || r.Rule != "front-matter" && (r.Line < 1 || r.Column < 1) {
			t.Errorf("%+v", r)
		}
	}
	want := map[string]int{"front-matter": 1, "title": 1, "second-title": 1, "nbsp": 42, "heading-number": 6, "clause-number": 23, "joined-sentence": 2, "stray-line": 1}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
}

func TestPlainTextsBecomeClauses(t *testing.T) {
	tests := []struct {
		name, src, want string
		repairs         []string
	}{
		{"a title and headings without numbers", "Privacy Policy\n\nWho we are\n\nWe are a shop.\n\nContact\n\nWrite to us.\n",
			"## Who we are {#who-we-are}\n\nWe are a shop.\n\n## Contact {#contact}\n\nWrite to us.\n",
			[]string{`1:1 title "Privacy Policy" → "title: Privacy Policy"`, `3:1 heading "Who we are" → "## Who we are"`, `7:1 heading "Contact" → "## Contact"`}},
		{"items of all kinds", "1. Use\n\nWe use it to:\n1) sell\n2) send\n(a) mail\n(b) parcels\n3) deliver\n• one\n* two\n\n2. Changes\n\nNone.\n",
			"## 1. Use {#use}\n\nWe use it to:\n\n1.1 sell {#sell}\n\n1.2 send {#send}\n\n(a) mail {#mail}\n\n(b) parcels {#parcels}\n\n1.3 deliver {#deliver}\n\n- one\n- two\n\n## 2. Changes {#changes}\n\nNone.\n",
			[]string{`4:1 clause-number "1)" → "1.1"`, `5:1 clause-number "2)" → "1.2"`, `8:1 clause-number "3)" → "1.3"`, `9:1 bullet "•" → "-"`, `10:1 bullet "*" → "-"`}},
		{"wrapped lines", "We keep the logs for as long as the law\nsays, and no\n  longer. \n\n- an item that is\n  wrapped\n", "We keep the logs for as long as the law\nsays, and no\n\nlonger.\n\n- an item that is\n  wrapped\n",
			[]string{`3:10 trailing-space "  longer. " → "  longer."`}},
		{"decimal clauses and their citations", "I. Use\n\n1.1 We use it under section II.\n1.1.1 Really.\n\nII. Sharing\n\n2.1 Never, see Section II and clause 1.1.\n\n3. Changes\n\nNone.\n\n4. End\n\nSo.\n",
			"## 1. Use {#use}\n\n1.1 We use it under section 2. {#we-use-it-under-section-2}\n\n1.1.1 Really. {#really}\n\n## 2. Sharing {#sharing}\n\n2.1 Never, see Section 2 and clause 1.1. {#never-see-section-2-and-clause}\n\n## 3. Changes {#changes}\n\nNone.\n\n## 4. End {#end}\n\nSo.\n",
			[]string{`1:1 heading-number "I." → "1."`, `3:1 cross-reference "II" → "2"`, `6:1 heading-number "II." → "2."`, `8:1 cross-reference "II" → "2"`}},
		{"short numbered lines are a list", "Use\n\n1. One\n\n2. Two\n\nWe say so because it matters to the two of us, and it goes on.\n", "1. One\n\n2. Two\n\nWe say so because it matters to the two of us, and it goes on.\n",
			[]string{`1:1 title "Use" → "title: Use"`}},
		{"numbers that start over stand below", "I. A\n\n1. One\n\nText a.\n\n2. Two\n\nText b.\n\nII. B\n\n1. Three\n\nText c.\n",
			"## I. A {#a}\n\n1.1 One {#one}\n\nText a.\n\n1.2 Two {#two}\n\nText b.\n\n## II. B {#b}\n\n2.1 Three {#three}\n\nText c.\n",
			[]string{`3:1 clause-number "1." → "1.1"`, `7:1 clause-number "2." → "1.2"`, `13:1 clause-number "1." → "2.1"`}},
		{"marks of Markdown in the words", "Use\n\n* * *\n\n#1 choice_of_x <b> `c` [d] {#e}\n\n=====\n", "***\n\n#1 choice_of_x \\<b> \\`c\\` \\[d\\] {#e} {:}\n\n***\n", nil},
		{"page numbers", "Use of it\n\nWe use it, and we say so.\n\n- 2 -\n\nWe share it.\n", "We use it, and we say so.\n\n<!-- stray line: - 2 - -->\n\nWe share it.\n",
			[]string{`1:1 title "Use of it" → "title: Use of it"`, `5:1 stray-line "- 2 -" → "<!-- stray line: - 2 - -->"`}},
		{"steps that count are kept", "How it works\n\n1\n\nYou ask us.\n\n2\n\nWe answer.\n", "1\n\nYou ask us.\n\n2\n\nWe answer.\n", []string{`1:1 title "How it works" → "title: How it works"`}},
		{"Chinese", "隐私政策\n\n第一条 信息\n\n我们收集信息。\n\n一、姓名\n二、电话\n\n第二条 变更\n\n我们会通知。\n", "## 第一条 信息 {#信息}\n\n我们收集信息。\n\n一、 姓名 {#姓名}\n\n二、 电话 {#电话}\n\n## 第二条 变更 {#变更}\n\n我们会通知。\n", nil},
		{"lists that start over", "1. One\n2. Two\n1. Three\n", "1. One\n\n2. Two\n\n<!-- -->\n\n1. Three\n", nil},
		{"nothing", "", "", nil},
		{"a line alone", "We use it.\n", "We use it.\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, repairs := repaired(t, "my text.txt", []byte(test.src))
			if diff := cmp.Diff(test.want, body(out)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.repairs, brief(repairs)); test.repairs != nil && diff != "" {
				t.Error(diff)
			}
			if d := parse(t, out); d.Front.ID != "my-text" || d.Front.Title == "" {
				t.Errorf("front matter %+v", d.Front)
			}
		})
	}
}

func TestMarkdownIsOnlyCleanedAndNumbered(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"front matter is left alone", "---\ntitle: x\n---\n\n\u00a0a\u00a0\nb \n", "---\ntitle: x\n---\n\na\nb\n"},
		{"front matter is added", "# My \"policy\"\n\na", "---\ntitle: \"My \\\"policy\\\"\"\nid: terms\n---\n\n# My \"policy\"\n\na\n"},
		{"without a title", "**a** b", "---\ntitle: terms\nid: terms\n---\n\n**a** b\n"},
		{"line breaks stay", "---\ntitle: x\n---\na  \nb\n", "---\ntitle: x\n---\na  \nb\n"},
		{"other line ends", "\uFEFF---\r\ntitle: x\r\n---\r\na\r\n", "---\ntitle: x\n---\na\n"},
		{"headings are numbered", "---\ntitle: x\n---\n## 1. A\n\n## II. B\n\n## 3. C\n", "---\ntitle: x\n---\n## 1. A\n\n## 2. B {#b}\n\n## 3. C\n"},
		{"a year does not become an item", "---\ntitle: x\n---\n\u00a02025. november\n", "---\ntitle: x\n---\n2025\\. november\n"},
		{"typography stays", "---\ntitle: x\n---\n« a\u00a0» 10\u00a0km\u00a0: b\u00a0c\n", "---\ntitle: x\n---\n« a\u00a0» 10\u00a0km\u00a0: b c\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, _ := repaired(t, "dir/Terms.md", []byte(test.src))
			if diff := cmp.Diff(test.want, out); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheProjectsOwnPoliciesNeedNoRepair(t *testing.T) {
	for name, src := range content(t) {
		out, repairs := repaired(t, name, src)
		if string(src) != out || len(repairs) > 0 {
			t.Errorf("%s: %v", name, repairs)
		}
		if faults := Lint(parse(t, out), src); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestTextNamesThePlaceOfAFault(t *testing.T) {
	for _, src := range []string{"a\xff", "---\ntitle: [\n---\n"} {
		for name, run := range map[string]func(string, string, []byte) ([]byte, []Repair, error){
			"Text": Text, "HTML": HTML,
			"Numbering": func(name, _ string, src []byte) ([]byte, []Repair, error) { return Numbering(name, src) },
		} {
			if _, _, err := run("x.md", "", []byte(src)); err == nil && (name != "HTML" || strings.Contains(src, "\xff")) {
				t.Errorf("%s takes %q", name, src)
			}
		}
	}
}

func TestARepairWithoutAChangeIsOpen(t *testing.T) {
	if !(Repair{Before: "a", After: "a"}).Open() || (Repair{Before: "a", After: "b"}).Open() {
		t.Error("open and done are mixed up")
	}
}

// plainPieces are what plain texts are made of.
func plainPieces() []string {
	return []string{
		"Privacy Policy", "I. Information", "Second, use", "Third, cookies", "4. Sharing", "V. Changes", "How do we share?", "", "", "",
		"We use your information to serve you, as section 2 says.", "1. one", "2, two", "3) three", "(1) inner", "(a) letter", "(ii) roman",
		"1.1 clause", "\u00a0\u00a0\u00a0Indented words", "\u00a0", "• bullet", "0", "- 3 -", "***", "* star", "#hash", "<b>bold</b>", "2025. november", "a\u00a0b",
		"{#x}", "1.Tight", "A. Letter", "第一条 内容", "Section 3: More", "First, we say.", "ends with {:}", "_a_ `b` ~c~ &amp; | d", "> quoted", "+ plus", "---",
		"A long line of text that shows that this text keeps each of its paragraphs on one line, however long it may get in the end.",
	}
}

func TestNoTextLosesAWordOrChangesTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(plainPieces()), 0, 16).Draw(t, "lines"), "\n")
		if strings.HasPrefix(src, "---") {
			t.Skip() // front matter, and not YAML
		}
		out, repairs := repaired(t, "test.txt", []byte(src))
		checkWords(t, src, out, repairs)
	})
}

// checkWords checks that the letters of a plain text are in what was made
// of it, in order, once the marks of its units are taken away on both sides.
func checkWords(t interface{ Fatalf(string, ...any) }, src, out string, repairs []Repair) {
	if IsMarkdown([]byte(src)) {
		return
	}
	d, err := policy.Parse("test.md", []byte(out))
	if err != nil {
		t.Fatalf("%v", err)
	}
	lines := strings.Split(src, "\n")
	title := ""
	for _, r := range repairs {
		switch r.Rule {
		case "title":
			title = r.Before
		case "heading-number", "clause-number", "stray-line", "bullet", "rule", "cross-reference":
			// White space is cleaned first: a repair after it speaks of the clean line.
			if r.Line > 0 && r.Before != "" && !strings.Contains(lines[r.Line-1], r.Before) && !strings.Contains(cleanLine(lines[r.Line-1]), r.Before) {
				t.Fatalf("line %d does not hold %q", r.Line, r.Before)
			}
		}
	}
	var want []string
	for _, l := range lines {
		want = append(want, letters(l)...)
	}
	var got []string
	got = append(got, letters(title)...)
	for i := range d.Blocks {
		got = append(got, letters(d.Blocks[i].Text())...)
	}
	if strings.Join(want, " ") != strings.Join(got, " ") {
		t.Fatalf("%q\nbecame %q\n%s", src, out, cmp.Diff(want, got))
	}
}

// notLetters parts a text into words of letters; words that number are left out.
var notLetters = regexp.MustCompile(`[^\p{L}]+`)

var hanNumbers = regexp.MustCompile(`第[一二三四五六七八九十百0-9]{1,5}[条條章节節项項]|[一二三四五六七八九十]{1,3}、`)

func letters(text string) []string {
	var found []string
	for _, w := range notLetters.Split(hanNumbers.ReplaceAllString(text, " "), -1) {
		if len(w) > 2 && numeral.RomanValue(strings.ToUpper(w)) == 0 && w != "Second" && w != "Third" && w != "First" && !strings.EqualFold(w, "section") && w != "第一条" {
			found = append(found, w)
		}
	}
	return found
}
