package mailing

import (
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

// corrected tries to correct what was told, and returns the error.
func (o *office) corrected(options Options) error {
	m := o.mailing(Options{Recipients: options.Recipients})
	m.Correct = options.Correct
	return m.Amend(o.t.Context())
}

func TestOnlyThoseWhoWereToldAreTold(t *testing.T) {
	o := newOffice(t)
	o.in.unknown = []string{"bo@example.org"}
	list := o.write("list.csv", people)
	wantError(t, o.corrected(Options{Recipients: list, Correct: "a slip"}), "there is no ledger")
	if _, err := o.send(Options{Recipients: list}); err != nil {
		t.Fatal(err)
	}
	wantError(t, o.corrected(Options{Recipients: list, Correct: "a slip"}), "told this very text and date")
	o.version.Effective = policy.Date{Year: 2031, Month: 7, Day: 1}
	m := o.mailing(Options{Recipients: list})
	want := "2 people were told that lease@2.0 takes effect on 2031-06-01, and it is 2031-07-01 now"
	if got := m.Missing(); len(got) != 1 || !strings.HasPrefix(got[0], want) {
		t.Errorf("missing %q", got)
	}
	_, err := m.Send(t.Context(), Run{Confirm: func() error { return nil }, Mode: ToSend})
	wantError(t, err, "tell them with `codicil notify lease@2.0 --correct REASON --send`")
	o.in.told = nil
	for range 2 {
		if got, err := o.send(Options{Recipients: list, Correct: "a slip"}); got != "2 accepted, 0 refused, 0 due" || err != nil || o.in.people() != "ann cy" {
			t.Errorf("corrected: %s, %v, told %s", got, err, o.in.people())
		}
	}
	wantError(t, o.corrected(Options{Recipients: list, Correct: "again"}), "") // the same one goes on
	o.version.SHA256 = strings.Repeat("3", 64)
	m = o.mailing(Options{Recipients: list, Correct: "other words"})
	if c := m.Notice.Correction; c.Number != 2 || !c.Altered || c.Cancelled || c.Effective != o.version.Effective || c.Reason != "other words" {
		t.Errorf("the second correction: %+v", c)
	}
}

func TestOtherWordsThanThoseOfTheNoticeAreTold(t *testing.T) {
	o := newOffice(t)
	list := o.write("list.csv", people)
	if _, err := o.send(Options{Recipients: list}); err != nil {
		t.Fatal(err)
	}
	o.version.SHA256 = strings.Repeat("3", 64)
	if got := o.mailing(Options{Recipients: list}).Missing(); len(got) != 1 || !strings.HasPrefix(got[0], "3 people were told another text of lease@2.0: sha256 222222222222, and it is 333333333333 now") {
		t.Errorf("missing %q", got)
	}
}

func TestACalledOffVersionIsToldToThoseWhoKnow(t *testing.T) {
	o := newOffice(t)
	list := o.write("list.csv", people)
	if _, err := o.send(Options{Recipients: list}); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(24 * time.Hour)
	o.version.Announcements = []policy.Announcement{{Published: o.now, Status: policy.Cancelled}}
	m := o.mailing(Options{Recipients: list})
	_, err := m.Send(t.Context(), Run{Confirm: func() error { return nil }, Mode: ToSend})
	wantError(t, err, "tell those who were told with `codicil notify lease@2.0 --correct REASON --send`")
	o.in.told = nil
	if got, err := o.send(Options{Recipients: list, Correct: "the plan is dropped"}); got != "3 accepted, 0 refused, 0 due" || err != nil {
		t.Errorf("called off: %s, %v", got, err)
	}
	if d := o.mailing(Options{Recipients: list, Correct: "the plan is dropped"}).Document(); !d.Cancelled || d.Corrects != "lease@2.0" {
		t.Errorf("the plan says %+v", d)
	}
	told, err := o.Announced(t.Context(), "")
	if err != nil || len(told) != 1 || !told[0].Cancelled || told[0].Many != 3 {
		t.Errorf("announced: %+v, %v", told, err)
	}
}

func TestWhatALateOrCorrectingNoticeIsExcused(t *testing.T) {
	t.Parallel()
	late := &Mailing{Notice: ending(time.Time{}).Notice}
	late.Notice.Late = "the server burnt down"
	plain := ending(time.Time{})
	for rule, want := range map[string]bool{"notice-period": true, "sending-too-slow": true, "unlabelled-change": false, "summary": false} {
		if late.excused(rule) != want || plain.excused(rule) {
			t.Errorf("%s: excused late %v, in time %v", rule, late.excused(rule), plain.excused(rule))
		}
	}
}

func TestWhatPeopleWereToldIsReadFromTheLedger(t *testing.T) {
	o := newOffice(t)
	if told, err := o.Announced(t.Context(), ""); len(told) > 0 || err != nil {
		t.Errorf("with no ledger: %v, %v", told, err)
	}
	if told, err := o.Announced(t.Context(), o.LedgerName("")); len(told) > 0 || err != nil {
		t.Errorf("with one named that is not there: %v, %v", told, err)
	}
	if _, err := o.send(Options{Recipients: o.write("list.csv", people)}); err != nil {
		t.Fatal(err)
	}
	told, err := o.Announced(t.Context(), "")
	want := policy.AnnouncedText{Policy: "lease", Label: "2.0", SHA256: o.version.SHA256, Revision: o.version.Commit, Path: "lease.md", Effective: o.version.Effective, Day: policy.DateOf(o.now), Many: 3}
	if err != nil || len(told) != 1 || told[0] != want {
		t.Errorf("announced %+v, %v, want %+v", told, err, want)
	}
	o.Config.Ledger = "postgres://nobody@127.0.0.1:1/x"
	if told, err := o.Announced(t.Context(), ""); len(told) > 0 || err != nil {
		t.Errorf("a repository sent a password to a host of its own: %v, %v", told, err)
	}
	o.Config.Ledger = "."
	if told, err := o.Announced(t.Context(), ""); len(told) > 0 || err != nil {
		t.Errorf("a folder as a ledger: %v, %v", told, err)
	}
}
