package email

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

func day(t *testing.T, s string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// told returns the subject and what the message says before its summary.
func told(t *testing.T, lang string, set func(*notice.Notice)) string {
	t.Helper()
	n := &notice.Notice{
		PolicyID: "terms", Title: "Terms", Lang: "en", Label: "3", Previous: "2", Effective: day(t, "2027-03-01"), Deadline: day(t, "2027-01-30"),
	}
	set(n)
	v := &view{Words: wordsOf(lang), Title: n.Title, Sender: "Acme"}
	v.tell(n, day(t, "2027-01-10"))
	return strings.Join(append([]string{v.Subject}, append(v.Remarks, v.Lead)...), "\n")
}

func TestThePresentTextIsNotSaidToStayWhereAnotherComesBetween(t *testing.T) {
	if got := told(t, "en", func(n *notice.Notice) { n.Before = []policy.Date{day(t, "2026-01-01")} }); !strings.Contains(got, "until then the present text stays in force") {
		t.Errorf("nothing comes between: %s", got)
	}
	for _, lang := range []string{"en", "de", "fr", "es", "zh-Hans"} {
		got := told(t, lang, func(n *notice.Notice) { n.Before = []policy.Date{day(t, "2027-02-01"), day(t, "2027-02-20")} })
		for _, wrong := range []string{"stays in force", "bis dahin", "d’ici là", "hasta entonces", "现行文本继续"} {
			if strings.Contains(got, wrong) {
				t.Errorf("%s: %s", lang, got)
			}
		}
		w := wordsOf(lang)
		for _, between := range []string{"2027-02-01", "2027-02-20"} {
			if !strings.Contains(got, w.day(day(t, between))) {
				t.Errorf("%s: a version between is not named: %s", lang, got)
			}
		}
	}
}

func TestBothDaysOfATextAreToldWhereAccountsDiffer(t *testing.T) {
	for _, lang := range []string{"en", "de", "fr", "es", "zh-Hans"} {
		got, w := told(t, lang, func(n *notice.Notice) { n.New = day(t, "2027-02-01") }), wordsOf(lang)
		if !strings.Contains(got, w.day(day(t, "2027-02-01"))) || !strings.Contains(got, w.day(day(t, "2027-03-01"))) || strings.Contains(got, "%!") {
			t.Errorf("%s: %s", lang, got)
		}
	}
}

func TestCorrectionsAndLateNoticesSayWhatTheyAre(t *testing.T) {
	for _, lang := range []string{"en", "de", "fr", "es", "zh-Hans"} {
		w := wordsOf(lang)
		got := told(t, lang, func(n *notice.Notice) {
			n.Late = "the relay was down"
			n.Correction = &notice.Correction{Number: 1, Told: day(t, "2026-12-20"), Effective: day(t, "2027-02-15"), Altered: true}
		})
		for _, want := range []string{w.correction, "Acme", w.day(day(t, "2026-12-20")), w.day(day(t, "2027-02-15")), w.day(day(t, "2027-03-01")), w.day(day(t, "2027-01-30")), w.altered} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing from %s", lang, want, got)
			}
		}
		if strings.Contains(got, "%!") {
			t.Errorf("%s: %s", lang, got)
		}
		got = told(t, lang, func(n *notice.Notice) {
			n.Correction = &notice.Correction{Number: 1, Told: day(t, "2026-12-20"), Effective: day(t, "2027-03-01"), Cancelled: true}
		})
		if strings.Contains(got, "%!") || !strings.Contains(got, w.day(day(t, "2027-03-01"))) || strings.Contains(got, w.altered) {
			t.Errorf("%s: %s", lang, got)
		}
	}
}
