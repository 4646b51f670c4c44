package policy_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbersInEveryStyle(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"decimal", "## 1. A\n\n1.1 x\n\n1.1.1 y\n\n1.2. z", "1 A #a\n  1.1 #x\n  1.1.1 #y\n  1.2 #z\n"},
		{"letters in brackets", "1.1 x\n\n(a) y\n\n(b) z\n\n(aa) zz", "1.1 #x\n  1.1(a) #y\n  1.1(b) #z\n  1.1(aa) #zz\n"},
		{"numbers in brackets", "(1) x\n\n(2) y", "1 #x\n2 #y\n"},
		{"capital letters", "# A. Definitions\n\n## B. Scope", "A Definitions #definitions\n  B Scope #scope\n"},
		{"roman numbers", "## I. A\n\n## II. B\n\nii. x\n\niii) y", "I A #a\nII B #b\n  II(ii) #x\n  II(iii) #y\n"},
		{"a number with its letter", "## 4. A\n\n4(a) x\n\n4.2(b) y", "4 A #a\n  4(a) #x\n  4.2(b) #y\n"},
		{"sections without a mark after the number", "## § 4 Daten\n\n## Section 5 Sharing\n\n## Article IV - Term\n\n## Annex B", "4 Daten #daten\n5 Sharing #sharing\nIV Term #term\nB #annex-b\n"},
		{"a sentence that begins with a section", "Section 5 of the Act applies.\n\n§ 4 BDSG gilt.", ""},
		{"Chinese and Japanese", "## 第三条 内容\n\n第四条 乙は甲に通知する。\n\n一、总则\n\n（二）附则", "第三条 内容 #内容\n  第四条 #乙は甲に通知する\n  第三条(一) #总则\n    第三条(一)(二) #附则\n"},
		{"Korean", "## 제3조 목적\n\n## 제4조(정의)", "제3조 목적 #목적\n제4조 (정의) #정의\n"},
		{"items of a list counted by the reader's program", "## 1. A\n\n1. x\n1. y\n1. z", "1 A #a\n  1(1) #x\n  1(2) #y\n  1(3) #z\n"},
		{"a date is no number", "## 11. Changes\n\n25. März 2019\n\n3. Februar 2022: words", "11 Changes #changes\n"},
		{"a clause that counts on from a heading stands beside it", "# T\n\n## 9. A\n\n9.1 x\n\n10. y\n\n10.1 z\n\n## 11. B", "T #t\n  9 A #a\n    9.1 #x\n  10 #y\n    10.1 #z\n  11 B #b\n"},
		{"a list below the heading it could count on from", "## 1. A\n\n1. x\n2. y\n3. z", "1 A #a\n  1(1) #x\n  1(2) #y\n  1(3) #z\n"},
		{"items that start over keep their numbers", "1. x\n2. y\n2. z", "1 #x\n2 #y\n2 #z\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, outline(parse(t, test.src).Clauses, "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTitlesInBoldType(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"a numbered title of its own", "**1. Data**\n\n1.1 x\n\n**2. Sharing**\n\nwords", "1 Data #data\n  1.1 #x\n2 Sharing #sharing\n"},
		{"an escaped number", "**7\\. Licence to use**\n\nwords", "7 Licence to use #licence-to-use\n"},
		{"a title without number", "# Terms\n\n**Hate speech**\n\nwords\n\n__Spam__\n\nwords", "Terms #terms\n  Hate speech #hate-speech\n  Spam #spam\n"},
		{"a run-in title", "# Terms\n\n**Retention.** We keep it.\n\n__Your feedback.__ We like it.", "Terms #terms\n  Retention #retention\n  Your feedback #your-feedback\n"},
		{"a numbered run-in title", "**4. Retention.** We keep it.\n\n4.1 **Logs.** Thirty days.", "4 Retention #retention\n  4.1 Logs #logs\n"},
		{"an item with a run-in title", "4. **Retention.** We keep it.\n5. **Sharing:** never.", "4 Retention #retention\n5 Sharing #sharing\n"},
		{"an item that stresses a word", "1. **We** keep it.\n2. **Never** share.", "1 #we-keep-it\n2 #never-share\n"},
		{"a stressed word is no title", "**We** keep it.\n\n**Note:** this is short.\n\n**“Agreement”** means all of it.", ""},
		{"a stressed sentence is no title", "**You agree to be bound by all of this.**\n\n**You agree that we may share all that you write here.** More.", ""},
		{"a date line is no title", "**Last updated: April 24, 2023**\n\n**Effective 2024**", ""},
		{"bullets are no clauses", "- **Retention.** We keep it.", ""},
		{"part of a chapter", "**PART A: DEFINITIONS**\n\nwords", "A DEFINITIONS #definitions\n"},
		{"headings end what stands under a title", "## A\n\n**B**\n\n(a) x\n\n## C", "A #a\n  B #b\n    a #x\nC #c\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, outline(parse(t, test.src).Clauses, "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
