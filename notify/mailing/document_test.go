package mailing

import (
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
)

// ending is a mailing by email that ends on a day, of a notice whose last day is
// 10 March 2031.
func ending(on time.Time) *Mailing {
	last := policy.DateOf(time.Date(2031, 3, 10, 0, 0, 0, 0, time.UTC))
	cfg := &config.Config{BaseURL: "https://example.org"}
	cfg.Email.From, cfg.Email.SMTP = "policies@example.org", "smtp://127.0.0.1"
	return &Mailing{
		room: &Room{Config: cfg}, way: way{channel: notice.Email}, Version: &policy.Version{}, Notice: &notice.Notice{PolicyID: "lending", Label: "2.0", Channels: []notice.Channel{notice.Email}, Assessment: &materiality.Assessment{}},
		Plan: &notify.Plan{To: 3, End: on, Deadline: last, Holds: last.AddDays(2)},
	}
}

// A plan that ends after the last day names the time as what is missing, with the
// day that would hold; one that ends on the last day does not.
func TestTimeIsMissingOnlyAfterTheLastDay(t *testing.T) {
	late := ending(time.Date(2031, 3, 11, 0, 10, 0, 0, time.UTC))
	if got := late.Missing(); len(got) != 1 || got[0] != "time: sending ends on 2031-03-11, but the last day is 2031-03-10; an effective date of 2031-03-12 would hold" {
		t.Errorf("got %q", got)
	}
	if late.Document().InTime {
		t.Error("the plan says that it is in time")
	}
	onTheDay := ending(time.Date(2031, 3, 10, 23, 50, 0, 0, time.UTC))
	if got := onTheDay.Missing(); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	if !onTheDay.Document().InTime {
		t.Error("the plan says that it is late")
	}
}

// Of a version that was called off, nobody must be told by a day.
func TestNoTimeIsMissingOfWhatWasCalledOff(t *testing.T) {
	m := ending(time.Date(2031, 3, 12, 0, 0, 0, 0, time.UTC))
	m.Notice.Correction = &notice.Correction{Of: "lending@2.0", Cancelled: true}
	for _, missing := range m.Missing() {
		if strings.HasPrefix(missing, "time:") {
			t.Errorf("got %q", missing)
		}
	}
}

func TestEachThingThatIsMissingIsNamedOnce(t *testing.T) {
	for want, without := range map[string]func(m *Mailing){
		"recipients: ":    func(m *Mailing) { m.Plan.To = 0 },
		"base_url in ":    func(m *Mailing) { m.room.Config.BaseURL = "" },
		"email.from in ":  func(m *Mailing) { m.room.Config.Email.From = "" },
		"email.smtp in ":  func(m *Mailing) { m.room.Config.Email.SMTP = "" },
		"an empty second": nil,
	} {
		m := ending(time.Date(2031, 3, 9, 0, 0, 0, 0, time.UTC))
		if without == nil {
			m.Notice.Channels = nil // nothing by email, nothing of email is missing
			m.room.Config.Email.SMTP = ""
			if got := m.Missing(); len(got) != 0 {
				t.Errorf("got %q", got)
			}
			continue
		}
		without(m)
		if got := m.Missing(); len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("want %s, got %q", want, got)
		}
	}
}
