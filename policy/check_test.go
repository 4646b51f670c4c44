package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

func TestCheckFindsWhatReadersStumbleOver(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"nothing", "## 1. A\n\n1.1 x\n\n1.2 y\n\n## 2. B\n\n[a](#a) [out](other.md#x)", nil},
		{"a gap", "## 1. A\n\n## 3. B", []string{"3 number-gap"}},
		{"a repeated number", "## 1. A\n\n## 1. B\n\n## 2. C", []string{"3 number-repeated"}},
		{"what follows from a fault", "## 1. A\n\n## 2. B\n\n## 2. C\n\n## 3. D\n\n## 5. E\n\n## 6. F", []string{"5 number-repeated", "9 number-gap"}},
		{"numbers below on the same level", "**1. A**\n\nx\n\n**2. B**\n\nx\n\n**2.1 C**\n\nx\n\n**2.2 D**\n\nx\n\n**3. E**\n\nx\n", nil},
		{"a gap among them", "**1. A**\n\nx\n\n**1.1 B**\n\nx\n\n**1.3 C**\n\nx\n\n**3. D**\n\nx\n", []string{"9 number-gap", "13 number-gap"}},
		{"the first number below a section left out", "**1. A**\n\nx\n\n**1.2 B**\n\nx\n", []string{"5 number-gap"}},
		{"another part counts from one again", "## 1. A\n\n## 2. B\n\n## 1. C\n\n## 2. D", nil},
		{"a letter behind a number", "## 9. A\n\n## 10A. B\n\n## 10B. C\n\n## 11. D", nil},
		{"a letter in the midst of a number", "## 1A.1 A\n\n## 1A.2 B", nil},
		{"a gap below", "## 1. A\n\n1.1 x\n\n1.3 y", []string{"5 number-gap"}},
		{"a long title in bold that its text goes on after", "**1. A**\n\nx\n\n**2. What you may do with the hats that we lend you.** Wear them.\n\n**3. C**\n\nx\n", nil},
		{"the same below a section", "**2. A**\n\n**2.1 B.** x\n\n**2.2 Whom to ask where a hat does not fit at all.** Ask us.\n\n**2.3 C.** x\n", nil},
		{"a hard space behind a number", "## 1. A\n\n1.1\u00a0Hats.\n\n1.2 Caps.\n\n**2.\u00a0B**\n\n## 3. C", nil},
		{"numbers that stick to their words", "## 1. A\n\n1.1 Hats.\n\n1.2Caps.\n\n1.3 Gloves.\n\n2.Loans\n\n## 3. C", nil},
		{"clauses run together", "## 1. A\n\n1.1 Hats are lent. 1.2 Caps are sold.\n\n1.3 Gloves.", nil},
		{"a number cited at the head of a line", "## 1. A\n\n1.1 Hats. See\n\n9.4 below.\n\n1.2 Caps.", nil},
		{"a cited number is not there", "## 1. A\n\n1.1 Hats, see section 1.2.\n\n1.3 Caps.", []string{"5 number-gap"}},
		{"out of order", "## 1. A\n\n## 2. B\n\n## 4. D\n\n## 3. C", []string{"5 number-gap", "7 number-gap"}},
		{"a gap in an annex", "## 1. A\n\n## 2. B\n\n## 3. C\n\n## Annex\n\n### 1. D\n\n### 2. E\n\n### 4. F", []string{"13 number-gap"}},
		{"steps in bold below a title", "**1. A**\n\n**(1) B**\n\nx\n\n**(2) C**\n\nx\n\n**2. D**\n", nil},
		{"a letter or number behind", "## 1. A\n\n1.1 (a) Hats.\n\n1.1 (b) Caps.\n\n1.2 Gloves.", nil},
		{"lists may start over", "1. a\n2. b\n\ntext\n\n1. c\n", nil},
		{"letters are not counted", "## A. a\n\n## C. c", nil},
		{"a label of 300 letters", "---\nversion: " + strings.Repeat("x", 300) + "\n---\n\n# A", []string{"1 label-long"}},
		{"a label of 60 letters", "---\nversion: " + strings.Repeat("é", 60) + "\n---\n\n# A", nil},
		{"an id given twice", "## A {#x}\n\n## B {#x}", []string{"3 repeated-id"}},
		{"a dead anchor", "## A\n\n[x](#nowhere)", []string{"3 dead-anchor"}},
		{"a dead anchor linked to twice", "## A\n\n[x](#nowhere) and\n\n[y](#nowhere)", []string{"3 dead-anchor"}},
		{"a dead link that nobody sees", "## A\n\n[\u200b](#nowhere)", nil},
		{"an anchor of raw HTML", "## A\n\n[x](#b) [y](#c) [z](#d)\n\n<a name=\"b\"></a>\n\ntext <span id=c></span>\n\n<table><tr><td id='d'>z</td></tr></table>\n", nil},
		{"an anchor of a script", "## A\n\n[x](#b)\n\n<script id=b></script>\n", []string{"3 dead-anchor"}},
		{"an anchor that other tools make", "## 1. A\n\n[x](#1-a)", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, d := range policy.Check(parse(t, test.src)) {
				got = append(got, fmt.Sprintf("%d %s", d.Line, d.Rule))
				if d.File != "test.md" || d.Hint == "" || d.Message == "" {
					t.Errorf("%+v", d)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAChainOfPointsIsTheNumberOfNoClause: it would be that of all those above it, too.
func TestAChainOfPointsIsTheNumberOfNoClause(t *testing.T) {
	doc, err := policy.Parse("rules.md", []byte("4.2 We walk.\n\n"+strings.Repeat("7.", 1000)+"8 It is far.\n"))
	if err != nil {
		t.Fatal(err)
	}
	written := doc.NumbersWritten()
	if !written["4"] || !written["4.2"] || len(written) > 3 {
		t.Errorf("%d numbers: %.100v", len(written), written)
	}
}
