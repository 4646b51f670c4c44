package mailing

import (
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/notice"
)

func TestLinesAreNamedInWords(t *testing.T) {
	t.Parallel()
	for want, lines := range map[string][]int{"line 2": {2}, "lines 2, 3": {2, 3}, "lines 1, 2, 3, 4, 5": {1, 2, 3, 4, 5}, "lines 1, 2, 3, 4, 5 and 1 more": {1, 2, 3, 4, 5, 6}} {
		if got := LineNumbers(lines); got != want {
			t.Errorf("%v: %s", lines, got)
		}
	}
	if got := LinesOf(notify.Lines{Count: 3000, First: []int{2, 3}}); got != "lines 2, 3, of 3000" {
		t.Error(got)
	}
	skipped := skippedLines([]notify.Skipped{{Line: 2, Why: "gone"}, {Line: 3, Why: "left"}, {Line: 4, Why: "gone"}})
	if got := strings.Join(skipped, "; "); got != "lines 2, 4: gone; line 3: left" {
		t.Error(got)
	}
	for want, rate := range map[string]notify.Rate{"10 a second": {Count: 10, Per: time.Second}, "60 a minute": {Count: 60, Per: time.Minute}, "5 an hour": {Count: 5, Per: time.Hour}, "1 a day": {Count: 1, Per: 24 * time.Hour}} {
		if got := rateWords(rate); got != want {
			t.Errorf("%v: %s", rate, got)
		}
	}
}

// described is what people are told of the mailing, with single spaces.
func described(m *Mailing) string {
	var b strings.Builder
	m.Describe(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestThePlanIsTold(t *testing.T) {
	o := newOffice(t)
	list := o.write("list.csv", people+",en\nnobody,en\n")
	plain := described(o.mailing(Options{Recipients: list}))
	for _, want := range []string{
		"Notice of lease@2.0: Bicycle lease, major", "what You have until six.", "follows 1.0", "takes effect 2031-06-01", "so that the whole notice period is left",
		"to account holders; a required notice", "by email 3 recipients: 2 in en, 1 in en (asked for de)", "without an address 1, told by the other channels alone",
		"pace as fast as the server takes them, over 1 connection", "unusable: ", "list.csv:6",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("does not tell %q:\n%s", want, plain)
		}
	}
	for _, unwanted := range []string{"late", "corrects", "quiet hours", "warm-up", "would end", "missing", "may be declined", "begun before"} {
		if strings.Contains(plain, unwanted) {
			t.Errorf("tells %q:\n%s", unwanted, plain)
		}
	}
	o.Config.Email.Rate, o.Config.Email.WarmUp, o.Config.Email.Quiet = "1/min", []int{2, 5}, config.Quiet{From: "21:00", To: "08:00"}
	full := described(o.mailing(Options{Recipients: list, Late: "the server burnt down"}))
	for _, want := range []string{"late the server burnt down", "at most 1 a minute", "quiet hours 21:00 to 08:00, by the clock of each person, else of UTC", "warm-up 2, 5 messages on the first days", "would end 2031-03-02"} {
		if !strings.Contains(full, want) {
			t.Errorf("does not tell %q:\n%s", want, full)
		}
	}
}

func TestTheReportNamesWhoWasNotReached(t *testing.T) {
	t.Parallel()
	r := &notify.Report{Notice: "lease@2.0", Attempts: 1, Counts: notify.Counts{Accepted: 2, Refused: maxFailures, Due: 1}, Next: time.Date(2031, 3, 2, 12, 0, 0, 0, time.UTC)}
	for i := range maxFailures + 1 {
		r.Failures = append(r.Failures, notify.Failure{Recipient: notify.Recipient{Line: i + 2, Email: "secret@example.org"}, State: notify.Refused, Reason: "550 no"})
	}
	r.Failures[0].Reason = ""
	var b strings.Builder
	DescribeReport(&b, r)
	text := b.String()
	for _, want := range []string{"2 accepted, 50 refused, 0 suppressed, 1 still due, 0 in doubt (1 attempt in this run)", "line 2: refused: not tried yet\n", "line 51: refused: 550 no\n", "and 1 more: codicil proof lease@2.0", "next try: 2031-03-02T12:00:00Z"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not tell %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "line 52") || strings.Contains(text, "secret") {
		t.Errorf("tells too much:\n%s", text)
	}
	if s := NewSent(r); s.NotReached != 51 || len(s.Failures) != maxFailures+1 || s.Failures[1] != (Failure{3, notify.Refused, "550 no"}) || s.Next == "" || s.Attempts != 1 {
		t.Errorf("as JSON: %+v", s)
	}
}

func TestThePlanAsJSONHoldsWhatIsSet(t *testing.T) {
	o := newOffice(t)
	list := o.write("list.csv", people)
	d := o.mailing(Options{Recipients: list}).Document()
	if d.Recipients != 3 || d.Quiet != nil || d.WarmUp != nil || d.PerSecond != 0 || d.Ends != "" || d.Decline != "" || d.Added != nil || !d.InTime || d.Cancelled || len(d.Missing) > 0 || d.Class != notice.ServiceClass {
		t.Errorf("%+v", d)
	}
	o.Config.Email.Rate, o.Config.Email.Quiet = "30/min", config.Quiet{From: "21:00", To: "08:00"}
	o.version.Front.Decline = policy.Decline{Stated: true, Offered: true, Until: policy.Date{Year: 2031, Month: 5, Day: 1}, Means: "The lease ends."}
	d = o.mailing(Options{Recipients: list}).Document()
	if d.PerSecond != .5 || d.Quiet == nil || *d.Quiet != (Quiet{"21:00", "08:00"}) || d.Ends != "2031-03-01T12:00:04Z" || d.Decline != "2031-05-01" {
		t.Errorf("%+v", d)
	}
	if got := strings.Join(d.Missing, ""); !strings.Contains(got, "serve.url in codicil.yaml") {
		t.Errorf("missing %s", got)
	}
}

func TestWhereOneDeclines(t *testing.T) {
	t.Parallel()
	for pages, want := range map[string]string{"": "", "https://n.example": "https://n.example/decline", "https://n.example/": "https://n.example/decline"} {
		if got := declineAt(pages); got != want {
			t.Errorf("%q: %s", pages, got)
		}
	}
}

func TestASampleHasWhatTheConfigurationLacks(t *testing.T) {
	o := newOffice(t)
	text, err := o.Room.Preview(o.mailing(Options{Recipients: o.write("list.csv", people)}).Notice, o.policy, policy.DateOf(o.now))
	if err != nil || !strings.HasPrefix(text, "Subject: ") || !strings.Contains(text, "https://example.org/lease/") {
		t.Errorf("%v\n%s", err, text)
	}
	o.Config.BaseURL, o.Config.Email.From = "", ""
	if p := o.Sample("https://here.example"); p.Site != "https://here.example" || p.ReplyTo != "policies@example.com" {
		t.Errorf("%+v", p)
	}
}

// A channel of the publisher's own has its own list, pace and message.
func TestANoticeByAChannelOfOnesOwn(t *testing.T) {
	o := newOffice(t)
	_, err := o.wayOf("sms")
	wantError(t, err, "codicil.yaml describes none")
	o.Config.Channels.Custom = map[string]config.CustomChannel{"sms": {Command: policy.Strings{"true"}, Column: "phone", Rate: "20/s"}}
	_, err = o.wayOf("push")
	wantError(t, err, "there are: sms")
	o.version.Front.Notice = policy.Channels{"sms", "email"}
	m := o.mailing(Options{Recipients: o.write("list.csv", "email,phone\nann@example.org,+4930\nbo@example.org,\n"), Channel: "sms"})
	if m.Way() != "sms" || m.Plan.To != 1 || m.Plan.Without != 1 || m.Plan.Rate != (notify.Rate{Count: 20, Per: time.Second}) || m.way.column() != "phone" {
		t.Errorf("%s to %d, %d without, at %v", m.Way(), m.Plan.To, m.Plan.Without, m.Plan.Rate)
	}
	dir := t.TempDir()
	if n, err := m.Preview(dir); n != 1 || err != nil {
		t.Errorf("previews: %d, %v", n, err)
	}
	if got := described(m); !strings.Contains(got, "by sms 1 recipient") || strings.Contains(got, "codicil notify lease@2.0 --channel") {
		t.Errorf("tells\n%s", got)
	}
	if got := described(o.mailing(Options{Recipients: m.list})); !strings.Contains(got, "by sms a notice of its own: codicil notify lease@2.0 --channel sms") {
		t.Errorf("the mail does not tell of the channel:\n%s", got)
	}
	if r := m.way.stranger("+4930", "de"); r.Email != "sms:+4930" || r.Address != "+4930" || r.Lang != "de" {
		t.Errorf("a stranger: %+v", r)
	}
	o.Config.Channels.Custom["sms"] = config.CustomChannel{Command: policy.Strings{"true"}, Rate: "fast"}
	m.way.custom = o.Config.Channels.Custom["sms"]
	_, err = m.options()
	wantError(t, err, "channels.custom.sms.rate")
}
