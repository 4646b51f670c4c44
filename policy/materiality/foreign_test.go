package materiality

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// BenchmarkAssessInAnotherLanguage judges a French policy of a thousand words
// in which every tenth sentence changed.
func BenchmarkAssessInAnotherLanguage(b *testing.B) {
	var before, after []string
	words := 0
	for i := 0; words < 1000; i++ {
		s := fmt.Sprintf("Règle %d : nous conservons vos données pendant 30 jours et vous pouvez demander leur effacement à tout moment auprès du service client.", i)
		words += len(strings.Fields(s))
		before = append(before, s)
		if i%10 == 0 {
			s = strings.NewReplacer("30", "60", "pouvez", "devez").Replace(s)
		}
		after = append(after, s)
	}
	r := compareTexts(b, before, after)
	b.ReportAllocs()
	for b.Loop() {
		Assess(r)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N)*1000/float64(words), "ms/1000words")
}

func TestOtherLanguagesAreNeverReadAsEnglish(t *testing.T) {
	for _, c := range []struct{ name, before, after, rule string }{
		{"a denial in Polish", "Nie sprzedajemy danych osobowych osobom trzecim.", "Sprzedajemy dane osobowe osobom trzecim.", "negation-changed"},
		{"a length of time in Arabic digits", "نحتفظ بسجلات زياراتك لمدة ٣٠ يوما.", "نحتفظ بسجلات زياراتك لمدة ٩٠ يوما.", "operator-unplaced"},
		{"a denial in Hindi", "हम आपका डेटा नहीं बेचते।", "हम आपका डेटा बेचते हैं।", "operator-unplaced"},
		{"words in Swedish", "Vi sparar uppgifter om dina besök.", "Vi sparar uppgifter om dina köp.", "words-not-read"},
		{"who owes whom, in German", "Der Kunde informiert den Anbieter.", "Der Anbieter informiert den Kunde.", "words-not-read"},
		{"words of no known language", "Zkrr bvvl mnop.", "Zkrr bvvl qrst.", "words-not-read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := judgeText(t, c.before, c.after)
			if !a.Limited || len(a.Reasons) == 0 || a.Reasons[0].Rule != c.rule {
				t.Errorf("limited %v, reasons %+v, want rule %s", a.Limited, a.Reasons, c.rule)
			}
		})
	}
}

func TestTheStatedLanguageDecidesWhereTheTextSaysLittle(t *testing.T) {
	a := judgeText(t, "---\nlang: de\n---\n\nMiete: 100 Euro", "---\nlang: de\n---\n\nMiete: 150 Euro")
	if !a.Limited || !strings.Contains(a.NotJudged[0], "German") {
		t.Errorf("%v: %q", a.Limited, a.NotJudged)
	}
}

func TestAskingForRenamesIsBounded(t *testing.T) {
	r := compareTexts(t, []string{"Nous aimons les chats."}, []string{"Nous aimons les chiens."})
	texts := &texts{redline: r, renames: mostRenames}
	if texts.renamed("chats", "chiens") {
		t.Error("asked once too often")
	}
}

func TestNoCategoryIsNamedOfWordsThatNobodyKnows(t *testing.T) {
	a := judgeText(t, "हम आपका डेटा नहीं बेचते।", "हम आपका डेटा बेचते हैं।")
	if len(a.Categories) != 0 || a.Severity < policy.Minor {
		t.Errorf("%s is about %v", a.Severity, a.Categories)
	}
}
