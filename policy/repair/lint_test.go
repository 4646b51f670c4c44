package repair

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

// lint returns the findings of a text as "line:column rule".
func lint(t *testing.T, name, src string) []string {
	t.Helper()
	d, err := policy.Parse(name, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range Lint(d, []byte(src)) {
		// Only what deceives the reader is more than a warning.
		if deceives := slices.Contains([]string{"hidden-direction", "placeholder", "struck-through"}, f.Rule); f.File != name || f.Message == "" || f.Hint == "" || (f.Level == policy.Error) != deceives {
			t.Errorf("%+v", f)
		}
		found = append(found, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	return found
}

func TestLintNamesTheFaultsOfTheSeedAndNothingElse(t *testing.T) {
	want := []string{ // read off the seed line by line
		"4:1 nbsp",               // the first of 42 lines
		"7:1 numbering-style",    // I.
		"13:429 joined-sentence", // "your authorization. Or as otherwise"
		"20:1 numbering-style",   // Second,
		"25:1 item-delimiter",    // 2,
		"30:1 item-delimiter",    // 4,
		"33:1 numbering-style",   // Third,
		"37:1 numbering-style",   // none, and 4th
		"43:1 numbering-style",   // 5.
		"46:287 joined-sentence", // "protection of minors. Or disclose"
		"48:1 numbering-style",   // 6.
		"59:1 numbering-style",   // 7.
		"71:1 numbering-style",   // none, and 8th
		"78:1 numbering-style",   // IX.
		"81:1 stray-line",        // 0
	}
	if diff := cmp.Diff(want, lint(t, "seed.txt", string(readShared(t, seed)))); diff != "" {
		t.Error(diff)
	}
}

func TestEachRuleFindsItsExampleAndNotTheMendedOne(t *testing.T) {
	seen := make(map[string]bool)
	for _, rule := range Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			if seen[rule.ID] || rule.Title == "" || rule.Reason == "" {
				t.Errorf("%+v", rule)
			}
			seen[rule.ID] = true
			before := everyRule(t, rule.Before)
			if len(before) == 0 {
				t.Error("nothing is found")
			}
			for _, f := range before {
				if !strings.HasSuffix(f, " "+rule.ID) {
					t.Errorf("found %s", f)
				}
			}
			if after := everyRule(t, rule.After); len(after) > 0 {
				t.Errorf("the mended example has %v", after)
			}
		})
	}
}

// everyRule returns what every rule of Rules finds in a text.
func everyRule(t *testing.T, src string) []string {
	t.Helper()
	found := lint(t, "x.md", src)
	d, err := policy.Parse("x.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	exists := func(target string) bool { return target == "terms.md" }
	for _, f := range slices.Concat(policy.Check(d), Prose(d), Links(d, exists)) {
		found = append(found, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	return found
}

func TestALinkIsOfTheFileThatItMeans(t *testing.T) {
	exists := func(target string) bool { return target == "IPR Policy.md" }
	for link, dead := range map[string]bool{
		"IPR%20Policy.md": false, "IPR%20Policy.md#two:b": false, "<IPR Policy.md>": false, "IPR%20Policy.md?v=1": false,
		"IPRPolicy.md": true, "IPR%2GPolicy.md": true, "other.md#a:b": true, "https://example.com/a.md": false, "/a.md": false,
	} {
		d, err := policy.Parse("x.md", []byte("See [the other]("+link+").\n"))
		if err != nil {
			t.Fatal(err)
		}
		if found := Links(d, exists); (len(found) == 1) != dead {
			t.Errorf("%s: %v", link, found)
		}
	}
}

func TestLintNamesNothingThatIsNoFault(t *testing.T) {
	tests := []struct{ name, src string }{
		{"headings without numbers among others", "# Terms\n\n## Summary\n\n## 1. A\n\n## 2. B\n\n## Contact\n"},
		{"two counts", "## A. x\n\n### 1. y\n\n### 2. z\n\n## B. x\n\n### 1. y\n"},
		{"lists of several kinds", "# A\n\n1. a\n   1) b\n   2) c\n2. d\n\n(1) e\n\n(2) f\n"},
		{"numbers that wrap", "# A\n\nWe keep it for\n2, sometimes 3 years.\n"},
		{"sections of laws and of other texts", "## 1. A\n\n## 2. B\n\n## 3. C\n\nSee section 230 of the Communications Decency Act, section 9 of the Terms, GDPR Article 13, 17 U.S.C. § 12, Section 10A, [section 8](terms.md) and section 3.\n"},
		{"sections of laws in other forms", "## 1. A\n\n## 2. B\n\n## 3. C\n\nSee sections 12 et seq. of the Boats Act, section 15 thereof and the rules in section 16 there. Section 17 (1) (h) of The Boats Regulations applies, and section 18 (Choice of Forum) of the Annex. § 26 BDSG, § 25 Abs. 2 Nr. 2 TTDSG and § 15 Bootsgesetz are read with Art. 6 Abs. 1 DSGVO; section 7 de la loi sur les bateaux, section L. 121-1 du Code; sections 13 et seq. say more.\n"},
		{"what a lead-in says is listed", "## 1. A\n\n## 2. B\n\n## 3. C\n\nYou have rights under the\nBoats Act:\n\n(a) in section 6;\n\n(b) in section 9.\n\nBy the Standard Contractual Clauses:\n\n- clause 7 applies,\n- in clause 17, option 1.\n"},
		{"clauses whose numbers stick to their words", "## 1. A\n\n## 2. B\n\n## 3. C\n\n3.1Hats\n\n3.2 Caps are as hats, see clause 3.1 and section 4. \n\n4.Gloves\n"},
		{"clauses in another language", "## Article 1 – A\n\n## Article 2 – B\n\n## Article 3 – C\n\nArticle 4 – D\n\nVoir l’article 4 ci-dessus et l’article 24 de la loi, article 17 § 1 de la Convention.\n"},
		{"items cited below their section", "## 1. A\n\n1. x\n2. y\n\n## 2. B\n\n2.1 x\n\n2.2 y\n\n## 3. C\n\n3.1 z\n\nSee section 1.2 and clause 2.2(a).\n"},
		{"numbers in bold amid the text", "## 1. A\n\n1.1 x\n\n1.2 y **1.3 More.** z\n\n1.4 See section 1.3.\n\n## 2. B\n\n## 3. C\n"},
		{"few numbers", "## 1. A\n\nSee section 5.\n"},
		{"articles of a law", "## 1. A\n\n## 2. B\n\n## 3. C\n\nUnder Article 21 you may object; paragraph 9 says how.\n"},
		{"bold lines that are no headings", "# A\n\n**Please read this with care.**\n\ntext\n\n**Effective 1 May 2026**\n\ntext\n\n- **item**\n\n  text\n\n**Only** partly\n\ntext\n\n**at the end**\n"},
		{"bold before bold", "**A**\n\n**B**\n\n# C\n"},
		{"typographic spaces", "# A\n\n« a\u00a0» 10\u00a0km\n"},
		{"we look at our own text", "# A\n\nWe regularly review this policy. Our team may review these terms from time to time.\n"},
		{"a sentence that begins with Or", "# A\n\nWrite to us. Or you may call.\n"},
		{"numbers that count steps", "# A\n\n1\n\nask\n\n2\n\nget\n"},
		{"a plain text", "We use it to serve you.\n\nWe share it with nobody.\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if found := lint(t, "x.md", test.src); len(found) > 0 {
				t.Error(found)
			}
		})
	}
}

func TestLintNamesThePlaceOfAFault(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"a citation", "## 1. A\n\n## 2. B\n\n## 3. C\n\n1.1 Under sections 2 and 7 it ends.\n", []string{"7:26 dead-reference"}},
		{"one behind a list of laws", "## 1. A\n\n## 2. B\n\n## 3. C\n\nUnder the Boats Act:\n\n- section 6.\n\nSee section 8.\n", []string{"11:13 dead-reference"}},
		{"a roman one", "## I. A\n\n## II. B\n\n## III. C\n\nSee section IV.\n", []string{"7:13 dead-reference"}},
		{"a decimal one", "## 1. A\n\n1.1 x\n\n1.2 y\n\n1.3 See clause 1.7.\n", []string{"7:16 dead-reference"}},
		{"an article", "## Article 1: A\n\n## Article 2: B\n\n## Article 3: C\n\nSee article 9.\n", []string{"7:13 dead-reference"}},
		{"one style against most", "## 1. A\n\n## 2. B\n\n## III. C\n\n## D\n\n## 5. E\n", []string{"5:4 numbering-style", "7:4 numbering-style"}},
		{"items within items", "- x\n  1. a\n  2, b\n", []string{"3:3 item-delimiter"}},
		{"requests to come back", "# A\n\nPlease check back often. You should periodically review these Terms.\n", []string{"3:8 check-back", "3:37 check-back"}},
		{"a phrase on a wrapped line", "# A\n\na\n**check this page** regularly\n", []string{"3:1 check-back"}},
		{"underlined headings", "A\n=\n\n### B\n", []string{"4:1 level-skipped"}},
		{"trailing spaces that do not break", "# A\n\nx\u00a0\ny\n", []string{"3:1 nbsp"}},
		{"plain leftovers", "We use it.\n\n7\n", []string{"3:1 stray-line"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, lint(t, "x.md", test.src)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPlacesAreCountedInWords(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th"} {
		if got := nth(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}
