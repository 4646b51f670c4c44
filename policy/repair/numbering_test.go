package repair

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

// numbered runs Numbering and checks that a second run changes nothing.
func numbered(t interface{ Fatalf(string, ...any) }, src string) (string, []Repair) {
	out, repairs, err := Numbering("test.md", []byte(src))
	if err != nil {
		t.Fatalf("%v", err)
	}
	again, _, err := Numbering("test.md", out)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if string(again) != string(out) {
		t.Fatalf("%q\nbecame %q\nand then %q", src, out, again)
	}
	return string(out), repairs
}

func TestNumberingMendsNumbersOnly(t *testing.T) {
	tests := []struct {
		name, src, want string
		repairs         []string
	}{
		{"nothing to mend", "## 1. A\n\n1.1 x\n\n## 2. B\n", "## 1. A\n\n1.1 x\n\n## 2. B\n", nil},
		{"mixed styles become those of most", "## I. A\n\n## II. B\n\n## 3. C\n", "## I. A\n\n## II. B\n\n## III. C {#c}\n",
			[]string{`5:4 heading-number "3." → "III."`, `5:8 anchor "" → "{#c}"`}},
		{"arabic where no style has most", "## I. A\n\n## Second, b\n\n## How?\n\n## 4) D\n", "## 1) A {#a}\n\n## 2) b {#second-b}\n\n## 3) How? {#how}\n\n## 4) D\n",
			[]string{`1:4 heading-number "I." → "1)"`, `1:8 anchor "" → "{#a}"`, `3:4 heading-number "Second," → "2)"`, `3:13 anchor "" → "{#second-b}"`, `5:4 heading-number "" → "3)"`, `5:8 anchor "" → "{#how}"`}},
		{"the anchor that the text links to", "[x](#2-b)\n\n## 1. A\n\n## 3. B\n\n[y](#3-b)\n", "[x](#2-b)\n\n## 1. A\n\n## 2. B {#3-b}\n\n[y](#3-b)\n", nil},
		{"an anchor that is stated stays", "## 1. A\n\n## 3. B {#bee}\n", "## 1. A\n\n## 2. B {#bee}\n", nil},
		{"closing marks go where the anchor stands", "## 1. A ##\n\n## 3. B ##\n", "## 1. A ##\n\n## 2. B {#b}\n", nil},
		{"emphasis and escapes", "## **1.** A\n\n## **3.** B\n\n## 4\\. C\n", "## **1.** A\n\n## **2.** B {#b}\n\n## 3\\. C {#c}\n", nil},
		{"underlined headings", "1\\. A\n=\n\n3\\. B\n=\n", "1\\. A\n=\n\n2\\. B\n=\n", nil},
		{"headings without numbers are left alone", "## A\n\n## 1. B\n\n## C\n\n## 2. D\n\n## E\n", "## A\n\n## 1. B\n\n## C\n\n## 2. D\n\n## E\n", nil},
		{"a count that starts over", "## 1. A\n\n## 2. B\n\n## 1. C\n\n## 2. D\n", "## 1. A\n\n## 2. B\n\n## 1. C\n\n## 2. D\n", nil},
		{"a count from 0", "## 0. A\n\n## 1. B\n\n## 3. C\n", "## 0. A\n\n## 1. B\n\n## 2. C {#c}\n", nil},
		{"lettered numbers are left alone", "## 1. A\n\n## 10A. B\n\n## 3. C\n", "## 1. A\n\n## 10A. B\n\n## 3. C\n", nil},
		{"sections, letters, words", "## Section A: x\n\n## Section C: y\n\n## Section D: z\n", "## Section A: x\n\n## Section B: y {#y}\n\n## Section C: z {#z}\n", nil},
		{"clauses follow their section", "## 1. A\n\n1.1 x\n\n1.3 y\n\n(a) p\n\n(c) q\n\n## 3. B\n\n3.1 z, see section 3, clauses 1.3 and 1.3(c), section 3 of the Act and section 9.\n\n### 3.1 S\n\n### 3.2 T\n",
			"## 1. A\n\n1.1 x\n\n1.2 y\n\n(a) p\n\n(b) q\n\n## 2. B {#b}\n\n2.1 z, see section 2, clauses 1.2 and 1.2(b), section 3 of the Act and section 9.\n\n### 2.1 S {#s}\n\n### 2.2 T {#t}\n", nil},
		{"a number that two clauses had", "## 1. A\n\n## 2. B\n\n## 2. C\n\nSee section 2.\n", "## 1. A\n\n## 2. B\n\n## 3. C {#c}\n\nSee section 2.\n",
			[]string{`5:4 heading-number "2." → "3."`, `5:8 anchor "" → "{#c}"`, `7:13 cross-reference "2" → "2"`}},
		{"clauses that name another section are left alone", "## 4. A\n\n1.1 x\n\n1.3 y\n\n## 5. B\n", "## 4. A\n\n1.1 x\n\n1.3 y\n\n## 5. B\n", nil},
		{"delimiters of items", "1. a\n2, b\n3. c\n", "1. a\n2. b\n3. c\n", []string{`2:1 clause-number "2," → "2."`}},
		{"delimiters of lists", "1. a\n2) b\n\n(3) c\n", "1. a\n2. b\n\n3. c\n", nil},
		{"letters and romans", "(h) a\n\n(i) b\n\n(k) c\n\n(i) d\n\n(ii) e\n\n(iv) f\n", "(h) a\n\n(i) b\n\n(j) c\n\n(i) d\n\n(ii) e\n\n(iii) f\n", nil},
		{"numbers of lists", "1. a\n1. b\n4. c\n", "1. a\n1. b\n4. c\n", nil},
		{"what is not a clause", "| 1. a | 3. b |\n|---|---|\n\n```\n1. x\n3, y\n```\n\n<h2>1. A</h2><h2>3. B</h2>\n\nIn\n2, or three\n", "| 1. a | 3. b |\n|---|---|\n\n```\n1. x\n3, y\n```\n\n<h2>1. A</h2><h2>3. B</h2>\n\nIn\n2, or three\n", nil},
		{"more letters than there are", "## Y. A\n\n## Z. B\n\n## Z. C\n", "## Y. A\n\n## Z. B\n\n## Z. C\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, repairs := numbered(t, test.src)
			if diff := cmp.Diff(test.want, out); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.repairs, brief(repairs)); test.repairs != nil && diff != "" {
				t.Error(diff)
			}
			if len(repairs) == 0 && test.want != test.src {
				t.Error("changes without a repair")
			}
		})
	}
}

func TestNumberingIsIdempotentAndKeepsTheWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawText(t)
		before, err := policy.Parse("test.md", []byte(src))
		if err != nil {
			t.Skip()
		}
		out, _ := numbered(t, src)
		after, err := policy.Parse("test.md", []byte(out))
		if err != nil {
			t.Fatalf("%v", err)
		}
		if a, b := letters(strings.Join(words(before), " ")), letters(strings.Join(words(after), " ")); !cmp.Equal(a, b) {
			t.Fatalf("%q\nbecame %q\n%s", src, out, cmp.Diff(a, b))
		}
	})
}

func TestMarksAreReadInTheirStyles(t *testing.T) {
	tests := []struct {
		text  string
		style style
		value int
	}{
		{"1. x", arabic, 1}, {"12) x", arabic, 12}, {"(3) x", arabic, 3}, {"2, x", arabic, 2}, {"2、x", none, 0}, {"2、 x", arabic, 2},
		{"1.Title", arabic, 1}, {"3.x", none, 0}, {"1.5 x", decimal, 5}, {"4.2.1 x", decimal, 1}, {"IV. x", roman, 4}, {"IIII. x", none, 0},
		{"iv) x", lower, 4}, {"A. x", letter, 1}, {"(b) x", small, 2}, {"A, x", none, 0}, {"a: x", none, 0}, {"§ 4. x", arabic, 4},
		{"Section 2: x", arabic, 2}, {"第十二条 x", han, 12}, {"第二十条 x", han, 20}, {"一、内容", han, 1}, {"第百条", none, 0}, {"2024. x", none, 0}, {"word", none, 0}, {"", none, 0},
	}
	for _, test := range tests {
		k, ok := readMark(test.text, false)
		if ok != (test.style != none) || ok && (k.style != test.style || k.value != test.value) {
			t.Errorf("%q: %v %d", test.text, k.style, k.value)
		}
	}
	for text, want := range map[string]int{"Second, x": 2, "Tenthly, x": 10, "Article 7 x": 7, "Part IV x": 4} {
		if k, ok := readMark(text, true); !ok || k.value != want {
			t.Errorf("%q: %+v", text, k)
		}
		if _, ok := readMark(text, false); ok && text != "Article 7 x" {
			t.Errorf("%q is a mark outside a heading", text)
		}
	}
}

func TestEveryStyleReadsWhatItWrites(t *testing.T) {
	for _, s := range []style{arabic, decimal, roman, lower, letter, small, word, han} {
		for n := 1; n < 100; n++ {
			text := s.number(n)
			if text == "" {
				continue
			}
			got, value := valueOf(text)
			if k := (mark{number: text, style: got, value: value}).as(s); k.value != n {
				t.Errorf("%s %d is written %q and read as %d", s, n, text, k.value)
			}
		}
	}
	if none.number(1) != "" || letter.number(27) != "" || han.number(100) != "" {
		t.Error("a style writes what it has not")
	}
}
