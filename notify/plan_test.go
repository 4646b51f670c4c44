package notify

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

func privacy() *notice.Notice {
	return &notice.Notice{
		PolicyID: "privacy", Label: "2.0", Class: notice.ServiceClass, Channels: []notice.Channel{notice.Banner, notice.Email},
		Effective: policy.Date{Year: 2026, Month: time.December, Day: 31}, Deadline: policy.Date{Year: 2026, Month: time.December, Day: 1},
	}
}

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestPlanTellsWhoInWhichLanguageAndByWhen(t *testing.T) {
	list := []Recipient{
		{Email: "a@example.org", Lang: "de-at"}, {Email: "b@example.org", Lang: "fr"}, {Email: "c@example.org"},
		{Email: "d@example.org", Lang: "de-at"}, {Email: "gone@example.org", Lang: "de"},
	}
	p := NewPlan(privacy(), list, PlanOptions{
		Languages: []string{"en", "de"}, Rate: 60, Connections: 2, Start: noon,
		Suppressed: func(r Recipient) (string, bool) { return "hard bounce", r.Email == "gone@example.org" },
	})
	if len(p.To) != 4 || !p.ByEmail() || p.Notice != "privacy@2.0" {
		t.Errorf("the plan is %+v", p)
	}
	if d := cmp.Diff([]Skipped{{list[4], "hard bounce"}}, p.Skipped); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]LanguageCount{{"de-at", "de", 2}, {"", "en", 1}, {"fr", "en", 1}}, p.Languages); d != "" {
		t.Error(d)
	}
	if p.Duration != 3*time.Second || !p.End.Equal(noon.Add(3*time.Second)) || !p.InTime() {
		t.Errorf("it takes %v until %v", p.Duration, p.End)
	}
}

func TestPlanSaysWhichDateWouldHold(t *testing.T) {
	list := make([]Recipient, 60*24*20+1)
	p := NewPlan(privacy(), list, PlanOptions{Rate: 1, Start: noon})
	if p.InTime() {
		t.Errorf("sending until %v is called in time for %v", p.End, p.Deadline)
	}
	want := policy.Date{Year: 2027, Month: time.January, Day: 11} // 20 days of sending, 30 of notice
	if p.Holds != want {
		t.Errorf("the date that holds is %v, want %v", p.Holds, want)
	}
	n := privacy()
	n.Deadline = policy.Date{}
	if p := NewPlan(n, list, PlanOptions{Rate: 1, Start: noon}); !p.InTime() {
		t.Error("a notice without a deadline is late")
	}
	if p := NewPlan(privacy(), list, PlanOptions{Start: noon}); p.Duration != 0 {
		t.Errorf("without a rate it takes %v", p.Duration)
	}
}

func TestLanguageIsTheNearestThereIs(t *testing.T) {
	have := []string{"en", "pt-BR", "de", "zh-Hant"}
	for want, got := range map[string]string{
		"en": "en", "EN-gb": "en", "pt-br": "pt-BR", "pt": "en", "de-CH-1996": "de", "zh-hant-hk": "zh-Hant", "": "en", "fr": "en",
	} {
		if m := MatchLanguage(have, want); m != got {
			t.Errorf("%q gets %q, want %q", want, m, got)
		}
	}
	if m := MatchLanguage(nil, "en"); m != "" {
		t.Errorf("without a text, %q", m)
	}
}
