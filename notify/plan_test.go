package notify

import (
	"errors"
	"iter"
	"slices"
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

// rows gives a list that has been read already.
func rows(list []Recipient) iter.Seq2[Recipient, error] {
	return func(yield func(Recipient, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func plan(t *testing.T, n *notice.Notice, list []Recipient, o PlanOptions) *Plan {
	t.Helper()
	p, err := NewPlan(n, rows(list), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAClassIsToldWhatIsItsBusiness(t *testing.T) {
	list := []Recipient{
		{Email: "a@example.org", Class: notice.ServiceClass, Line: 2}, {Email: "b@example.org", Class: notice.Follower, Line: 3}, {Email: "c@example.org", Line: 4},
	}
	p := plan(t, privacy(), list, PlanOptions{})
	if p.To != 2 || len(p.Bad) != 1 || p.Bad[0].Line != 3 || p.Bad[0].Level != policy.Error || p.Bad[0].Hint == "" {
		t.Errorf("a service notice: %d told, %v", p.To, p.Bad)
	}
	n := privacy()
	n.Class = notice.Follower
	p = plan(t, n, list, PlanOptions{})
	if p.To != 2 || len(p.Bad) != 0 || len(p.Skipped) != 1 || p.Skipped[0].Line != 2 {
		t.Errorf("a follower notice: %d told, skipped %v, %v", p.To, p.Skipped, p.Bad)
	}
	var told []int
	for r, err := range Addressees(rows(list), notice.Follower) {
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, r.Line)
	}
	if d := cmp.Diff([]int{3, 4}, told); d != "" {
		t.Error(d)
	}
}

func TestABrokenListIsNoPlan(t *testing.T) {
	broken := errors.New("disk error")
	list := func(yield func(Recipient, error) bool) {
		_ = yield(Recipient{Email: "a@example.org"}, nil) && yield(Recipient{}, broken)
	}
	if _, err := NewPlan(privacy(), list, PlanOptions{}); !errors.Is(err, broken) {
		t.Errorf("the plan fails with %v", err)
	}
	var last error
	for _, err := range Addressees(list, notice.ServiceClass) {
		last = err
	}
	if !errors.Is(last, broken) {
		t.Errorf("the list ends with %v", last)
	}
}

func TestPlanTellsWhoInWhichLanguageAndByWhen(t *testing.T) {
	list := []Recipient{
		{Email: "a@example.org", Lang: "de-at"}, {Email: "b@example.org", Lang: "fr"}, {Email: "c@example.org"},
		{Email: "d@example.org", Lang: "de-at"}, {Email: "gone@example.org", Lang: "de", Line: 5},
	}
	p := plan(t, privacy(), list, PlanOptions{
		Languages: []string{"en", "de"}, Rate: Rate{60, time.Minute}, Connections: 2, Start: noon,
		Suppressed: func(r Recipient) (string, bool) { return "hard bounce", r.Email == "gone@example.org" },
	})
	if p.To != 4 || !p.ByEmail() || p.Notice != "privacy@2.0" {
		t.Errorf("the plan is %+v", p)
	}
	if d := cmp.Diff([]Skipped{{5, "hard bounce"}}, p.Skipped); d != "" {
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
	list := slices.Repeat([]Recipient{{Email: "a@example.org"}}, 60*24*20+1)
	p := plan(t, privacy(), list, PlanOptions{Rate: Rate{1, time.Minute}, Start: noon})
	if p.InTime() {
		t.Errorf("sending until %v is called in time for %v", p.End, p.Deadline)
	}
	want := policy.Date{Year: 2027, Month: time.January, Day: 11} // 20 days of sending, 30 of notice
	if p.Holds != want {
		t.Errorf("the date that holds is %v, want %v", p.Holds, want)
	}
	n := privacy()
	n.Deadline = policy.Date{}
	if p := plan(t, n, list, PlanOptions{Rate: Rate{1, time.Minute}, Start: noon}); !p.InTime() {
		t.Error("a notice without a deadline is late")
	}
	if p := plan(t, privacy(), list, PlanOptions{Start: noon}); p.Duration != 0 {
		t.Errorf("without a rate it takes %v", p.Duration)
	}
}

func TestLanguageIsTheNearestThereIs(t *testing.T) {
	have := []string{"en", "pt-BR", "de", "zh-Hant"}
	for want, got := range map[string]string{
		"en": "en", "EN-gb": "en", "pt-br": "pt-BR", "pt": "pt-BR", "pt-pt": "pt-BR", "de-CH-1996": "de", "zh-hant-hk": "zh-Hant", "": "en", "fr": "en",
	} {
		if m := MatchLanguage(have, want); m != got {
			t.Errorf("%q gets %q, want %q", want, m, got)
		}
	}
	if m := MatchLanguage(nil, "en"); m != "" {
		t.Errorf("without a text, %q", m)
	}
}
