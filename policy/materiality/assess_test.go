package materiality

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	"pgregory.net/rapid"
)

// sentences are building stones for invented policies.
var sentences = []string{
	"We collect your name and your city.", "You may cancel your subscription at any time.", "We will not sell your data.", "You must be at least 16 years old.",
	"Refunds are paid within 30 days.", "We like dogs.", "You may not post spam, malware or insults.", "Our maximum liability is $500.", "These terms are governed by the laws of Ireland.",
}

func document(list []string) string { return strings.Join(list, "\n\n") + "\n" }

func TestSeverity(t *testing.T) {
	tests := []struct {
		name, before, after string
		want                policy.Severity
	}{
		{"nothing changed", "You must pay.", "You must pay.", policy.None},
		{"mark-up", "* You must pay.", "- **You must pay.**", policy.None},
		{"quotation marks", "We use “cookies”.", "We use \"cookies\".", policy.None},
		{"front matter", "---\nversion: 1\n---\nYou must pay.", "---\nversion: 2\n---\nYou must pay.", policy.None},
		{"a template tag", "You must {% if a %}pay.", "You must {% if b %}pay.", policy.None},
		{"a picture", "You must pay. ![one](/a.png)", "You must pay. ![one](/b.png)", policy.None},
		{"the name of a picture", "You must pay. ![one](/a.png)", "You must pay. ![two](/a.png)", policy.None},
		{"a sentence for a picture", "You must pay.", "You must pay.\n\n![We sell your data to anybody.](/a.png)", policy.Major},
		{"a sentence of a picture", "You must pay. ![We will never sell your data.](/a.png)", "You must pay. ![We will sell your data.](/a.png)", policy.Major},
		{"a site behind an anchor", "Object on [this page](https://example.org/a#object).", "Object on [this page](https://example.net/a#object).", policy.Editorial},
		{"a power of a sum", "You pay 10 euros a month.", "You pay 10<sup>3</sup> euros a month.", policy.Major},
		{"the mark of a note", "We keep your data<sup>1</sup> for 30 days.", "We keep your data<sup>2</sup> for 30 days.", policy.None},
		{"an anchor", "Object on [this page](https://example.org/a#object).", "Object on [this page](https://example.org/a#x).", policy.None},
		{"a view counter", "You must pay.\n\n24 out of 50 found this helpful", "You must pay.\n\n31 out of 60 found this helpful", policy.None},
		{"a row of links", "You must pay.", "You must pay.\n\n[Shop](/s) [Help](/h) [Share](/x) [Sell](/y)", policy.None},
		{"the answers to a question", "You must pay.", "You must pay.\n\nYes\n\nNo", policy.None},
		{"the answer to a line above it", "Do we record your calls?\n\nNo", "Do we record your calls?\n\nYes", policy.Major},
		{"an answer that another question has too", "Do we sell your data?\n\nNO\n\nDo we keep your logs?\n\nNO", "Do we sell your data?\n\nYES\n\nDo we keep your logs?\n\nNO", policy.Major},
		{"a length of time behind a label", "We keep your data.\n\nSearches: thirteen months", "We keep your data.\n\nSearches: three years", policy.Major},
		{"quotation marks of a printer", "We respect each member's wishes. We're open.", "We respect each member’s wishes. We’re open.", policy.None},
		{"an answer in a list counts", "You must pay.\n\n- Yes", "You must pay.\n\n- No", policy.Major},
		{"from when it holds", "Our new terms will take effect on 1 May 2025.\n\nYou must pay.", "Our new terms will take effect on 1 May 2026.\n\nYou must pay.", policy.Editorial},
		{"the quarter of a report", "The figures of Q3 of 2014 are out.", "The figures of Q3 of 2015 are out.", policy.Editorial},
		{"parameters of a link", "See [our terms](https://example.org/t&a=1).", "See [our terms](https://example.org/t&a=2).", policy.None},
		{"sentences in another order", "You must pay. We keep logs.", "We keep logs. You must pay.", policy.Editorial},
		{"a word taken apart by a scanner", "You must n't pay. We do n't sell it.", "You must not pay. We do not sell it.", policy.Editorial},
		{"a lost half of a word", "n't", "n't. N't", policy.Editorial},
		{"parties in each other's place", "# Pictures\n\nYou own your pictures and we own the shop.", "# Pictures\n\nWe own your pictures and you own the shop.", policy.Major},
		{"a remark at the head of a sentence", "We keep your order data.", "(As shown to you in our two shops) we keep your order data.", policy.Minor},
		{"sections renumbered", "# 4. Fees\n\nYou must pay.", "# 3. Fees\n\nYou must pay.", policy.Editorial},
		{"one grave word among many harmless ones", document(sentences), strings.Replace(strings.ReplaceAll(document(sentences), "We like dogs.", "We love dogs."), "will not", "will", 1), policy.Major},
		{"the first version", "", document(sentences), policy.None},
		{"a whole policy goes", document(sentences), "", policy.Major},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if a := judgeText(t, test.before, test.after); a.Decided() != test.want {
				t.Errorf("severity is %v, want %v: %+v", a.Decided(), test.want, a.Reasons)
			}
		})
	}
}

func TestEditorsWordStandsBesideTheProposal(t *testing.T) {
	a := judgeText(t, "You must pay.", "---\nchange: editorial\nchange_reason: a slip\napproved_by: A. Person\n---\nYou must not pay.")
	if a.Severity != policy.Major || a.Declared == nil || a.Decided() != policy.Editorial {
		t.Errorf("proposed %v, declared %v, decided %v", a.Severity, a.Declared, a.Decided())
	}
	if a := judgeText(t, "You must pay.", "You must not pay."); a.Declared != nil || a.Decided() != policy.Major {
		t.Errorf("declared %v, decided %v without an editor's word", a.Declared, a.Decided())
	}
}

func TestMissingDocumentIsAnEmptyOne(t *testing.T) {
	d, _ := policy.Parse("a.md", []byte("You must not pay a fee."))
	if a := Assess(redline.Compare(nil, d)); a.Severity != policy.None || len(a.Reasons) != 0 {
		t.Errorf("a first version is %v: %+v", a.Severity, a.Reasons)
	}
	if a := Assess(redline.Compare(d, nil)); a.Severity != policy.Major {
		t.Errorf("a withdrawn version is %v", a.Severity)
	}
	if a := Assess(&redline.Redline{}); a.Severity != policy.None || len(a.Reasons) != 0 {
		t.Errorf("nothing at all is %+v", a)
	}
}

// TestWholeOtherTextIsMajorAndSaysSo: whoever writes thousands of harmless sentences
// before a grave one does not have it called harmless.
func TestWholeOtherTextIsMajorAndSaysSo(t *testing.T) {
	a := judgeText(t, "We walk.", strings.Repeat("We like dogs.\n\n", mostJudged)+"You must pay.")
	if a.Severity != policy.Major || !a.Limited || !slices.ContainsFunc(a.NotJudged, func(why string) bool { return strings.Contains(why, "10000") }) {
		t.Errorf("%v, limited %v: %q", a.Severity, a.Limited, a.NotJudged)
	}
}

func TestCellsOfALargeTableCostNoMoreEach(t *testing.T) {
	each := func(rows int) uint64 {
		table := func(row string) *policy.Document {
			return readText(t, "|a|b|c|\n|-|-|-|\n"+strings.Repeat(row, rows))
		}
		r := redline.Compare(table("|we share|it|now|\n"), table("|they keep|some|then|\n"))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Assess(r)
		runtime.ReadMemStats(&after)
		return (after.TotalAlloc - before.TotalAlloc) / uint64(rows)
	}
	Assess(redline.Compare(readText(t, "We walk."), readText(t, "We sell."))) // the words are read once
	if few, many := each(100), each(3000); many > 3*few {
		t.Errorf("a row of 3000 takes %d bytes, one of 100 %d", many, few)
	}
}

func TestOtherLanguagesAreJudgedInPartAndSaySo(t *testing.T) {
	tests := []struct{ name, before, after string }{
		{"French", "Nous pouvons conserver vos données pendant 30 jours et vous pouvez les supprimer.", "Nous pouvons conserver vos données pendant 90 jours et vous pouvez les supprimer."},
		{"German", "Wir können Ihre Daten für 30 Tage speichern und Sie können das ändern.", "Wir können Ihre Daten für 60 Tage speichern und Sie können das ändern."},
		{"Spanish", "Usted no puede pedir un reembolso y el plazo es de 14 días para los pagos.", "Usted puede pedir un reembolso y el plazo es de 30 días para los pagos."},
		{"Chinese", "我们会在30天内退款，您可以联系客服。", "我们会在60天内退款，您可以联系客服。"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if a := judgeText(t, test.before, test.after); a.Severity != policy.Major || !a.Limited {
				t.Errorf("%v, limited %v: %+v", a.Severity, a.Limited, a.Reasons)
			}
		})
	}
	if a := judgeText(t, document(sentences), document(sentences[1:])); a.Limited {
		t.Error("English is judged in full")
	}
}

func TestReasonNamesClauseWordsAndCause(t *testing.T) {
	a := judgeText(t, "# Terms\n\n## 4. Refunds\n\nYou get a refund within 30 days.", "# Terms\n\n## 4. Refunds\n\nYou get a refund within 14 days.")
	if len(a.Reasons) != 1 {
		t.Fatalf("%d reasons: %+v", len(a.Reasons), a.Reasons)
	}
	r := a.Reasons[0]
	if r.Clause != "4 Refunds" || !strings.Contains(r.Before, "30 days") || !strings.Contains(r.After, "14 days") || !strings.Contains(r.Why, "14 days") || r.Category != Fees {
		t.Errorf("reason is %+v", r)
	}
	if !slices.Equal(a.Categories, []Category{Fees}) {
		t.Errorf("categories are %v", a.Categories)
	}
}

func TestAssessmentIsAFunctionOfTheTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := document(rapid.SliceOf(rapid.SampledFrom(sentences)).Draw(t, "before"))
		after := document(rapid.SliceOf(rapid.SampledFrom(sentences)).Draw(t, "after"))
		old, _ := policy.Parse("a.md", []byte(before))
		new, _ := policy.Parse("b.md", []byte(after))
		r := redline.Compare(old, new)
		if one, two := Assess(r), Assess(r); !reflect.DeepEqual(one, two) {
			t.Fatalf("%+v and %+v", one, two)
		}
	})
}

func TestMovedIsNotChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.Permutation(sentences).Draw(t, "before")
		after := rapid.Permutation(sentences).Draw(t, "after")
		old, _ := policy.Parse("a.md", []byte(document(before)))
		new, _ := policy.Parse("b.md", []byte(document(after)))
		if a := Assess(redline.Compare(old, new)); a.Severity > policy.Editorial {
			t.Fatalf("%v: %+v", a.Severity, a.Reasons)
		}
	})
}

func TestSeverityIsThatOfTheGravestReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SliceOf(rapid.SampledFrom(sentences)).Draw(t, "before")
		after := rapid.SliceOf(rapid.SampledFrom(sentences)).Draw(t, "after")
		old, _ := policy.Parse("a.md", []byte(document(before)))
		new, _ := policy.Parse("b.md", []byte(document(after)))
		a := Assess(redline.Compare(old, new))
		gravest := policy.None
		for i, r := range a.Reasons {
			gravest = max(gravest, r.Severity)
			if i > 0 && r.Severity > a.Reasons[i-1].Severity {
				t.Fatalf("reasons out of order: %+v", a.Reasons)
			}
		}
		if gravest != a.Severity {
			t.Fatalf("severity is %v, gravest reason %v", a.Severity, gravest)
		}
	})
}

func FuzzAssess(f *testing.F) {
	f.Add("You must pay.", "You may pay.")
	f.Add("# A\n\n* a\n* b", "| a | b |\n| - | - |\n| 1 | don't |")
	f.Fuzz(func(t *testing.T, before, after string) {
		old, _ := policy.Parse("a.md", []byte(before))
		new, _ := policy.Parse("b.md", []byte(after))
		if old != nil && new != nil {
			Assess(redline.Compare(old, new))
		}
	})
}

func TestLinesThatAreCutElsewhereAreTheSame(t *testing.T) {
	var lines []string
	for i := range 40 {
		lines = append(lines, fmt.Sprintf("You must not do deed %d", i))
	}
	a := judgeText(t, strings.Join(lines, "\n"), strings.Join(lines, "  \n"))
	if a.Severity != policy.None {
		t.Errorf("%s: %+v", a.Severity, a.Reasons)
	}
}

func TestADraftSaysNothingTwice(t *testing.T) {
	a := judgeText(t, "You pay the monthly fee and taxes.", "You pay the monthly fee within 10 days, any late charge and taxes, and we may suspend your account if you do not pay.")
	if n := strings.Count(a.DraftSummary, "It now says"); n != 1 {
		t.Errorf("said %d times: %s", n, a.DraftSummary)
	}
}
