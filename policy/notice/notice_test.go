package notice_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
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

// announced returns a policy whose newest version takes effect on the given
// day, and that version.
func announced(t *testing.T, effective string) (*policy.Policy, *policy.Version) {
	t.Helper()
	v := &policy.Version{
		Label: "2.0", Published: day(t, "2026-11-22").Time(), Effective: day(t, effective), Certainty: policy.Stated,
		Front: policy.FrontMatter{Summary: "Logs are kept longer.", EffectiveDate: day(t, effective)},
	}
	old := &policy.Version{Label: "1.0", Published: day(t, "2026-01-01").Time(), Effective: day(t, "2026-01-01")}
	return &policy.Policy{ID: "privacy", Title: "Privacy policy", Lang: "en", Versions: []*policy.Version{v, old}}, v
}

func major() *materiality.Assessment { return &materiality.Assessment{Severity: policy.Major} }

func TestANoticeKnowsItsDaysAndChannels(t *testing.T) {
	p, v := announced(t, "2027-01-15")
	n := notice.New(p, v, nil, major(), notice.DefaultRules())
	if n.ID() != "privacy@2.0" || n.Previous != "1.0" || n.Class != notice.ServiceClass || n.Severity != policy.Major {
		t.Errorf("%+v", n)
	}
	for name, days := range map[string][2]policy.Date{
		"announced": {n.Announced, day(t, "2026-11-22")},
		"deadline":  {n.Deadline, day(t, "2026-12-16")},
		"effective": {n.Effective, day(t, "2027-01-15")},
		"until":     {n.Until, day(t, "2027-02-14")},
	} {
		if days[0] != days[1] {
			t.Errorf("%s: %s, want %s", name, days[0], days[1])
		}
	}
	if diff := cmp.Diff(notice.Channels(), n.Channels); diff != "" {
		t.Error(diff)
	}
}

func TestTheEditorsWordWins(t *testing.T) {
	p, v := announced(t, "2027-01-15")
	minor := policy.Minor
	v.Front.Announced = day(t, "2026-12-01")
	v.Front.Notice = policy.Channels{"email"}
	n := notice.New(p, v, nil, &materiality.Assessment{Severity: policy.Major, Declared: &minor}, notice.DefaultRules())
	if n.Severity != policy.Minor || n.Announced != day(t, "2026-12-01") || n.Deadline != n.Effective {
		t.Errorf("%+v", n)
	}
	if !n.Through(notice.Email) || n.Through(notice.Banner) {
		t.Errorf("channels %v", n.Channels)
	}
}

func TestTheBannerShowsFromAnnouncementUntilAWhileAfterEffect(t *testing.T) {
	p, v := announced(t, "2027-01-15")
	n := notice.New(p, v, nil, major(), notice.DefaultRules())
	for on, want := range map[string]bool{"2026-11-21": false, "2026-11-22": true, "2027-01-15": true, "2027-02-14": true, "2027-02-15": false} {
		if got := n.Shows(notice.Banner, day(t, on)); got != want {
			t.Errorf("on %s: %v", on, got)
		}
	}
	if n.InForce(day(t, "2027-01-14")) || !n.InForce(day(t, "2027-01-15")) {
		t.Error("in force from the effective date")
	}
	editorial := notice.New(p, v, nil, &materiality.Assessment{Severity: policy.Editorial}, notice.DefaultRules())
	if editorial.Shows(notice.Banner, day(t, "2026-12-01")) || !editorial.Shows(notice.Feed, day(t, "2026-12-01")) {
		t.Error("an editorial change goes to the feed only")
	}
}

func TestTheFirstVersionFollowsNothing(t *testing.T) {
	p, v := announced(t, "2027-01-15")
	p.Versions = p.Versions[:1]
	if n := notice.New(p, v, nil, major(), notice.DefaultRules()); n.Previous != "" {
		t.Errorf("previous %q", n.Previous)
	}
}

func TestTheGate(t *testing.T) {
	tests := []struct {
		name   string
		change func(*notice.Candidate)
		want   []string
	}{
		{"a well announced major change", func(*notice.Candidate) {}, nil},
		{"no summary", func(c *notice.Candidate) { c.Front.Summary = "" }, []string{"major-without-summary"}},
		{"no date", func(c *notice.Candidate) { c.Front.EffectiveDate = policy.Date{} }, []string{"major-without-date"}},
		{"a date too near", func(c *notice.Candidate) { c.Notice.Effective = c.On.AddDays(29) }, []string{"notice-period"}},
		{"a date just far enough", func(c *notice.Candidate) { c.Notice.Effective = c.On.AddDays(30) }, nil},
		{"a date in the past", func(c *notice.Candidate) { c.Notice.Effective = c.On.AddDays(-1) }, []string{"retroactive"}},
		{"an announcement in the past that nobody stated", func(c *notice.Candidate) {
			c.Notice.Announced, c.Notice.Effective = c.On.AddDays(-20), c.On.AddDays(15)
		}, []string{"notice-period"}},
		{"an announcement in the past that is only claimed", func(c *notice.Candidate) {
			c.Notice.Announced, c.Notice.Effective = c.On.AddDays(-20), c.On.AddDays(15)
			c.Front.Announced = c.Notice.Announced
		}, []string{"notice-period"}},
		{"an announcement in the past that git bears out", func(c *notice.Candidate) {
			c.Notice.Announced, c.Notice.Effective = c.On.AddDays(-20), c.On.AddDays(15)
			c.Front.Announced, c.Proven = c.Notice.Announced, c.Notice.Announced
		}, nil},
		{"the same label on a text in force", func(c *notice.Candidate) { c.Relabels, c.Binding = false, true }, []string{"unlabelled-change"}},
		{"the same label on a text not yet in force", func(c *notice.Candidate) { c.Relabels = false }, nil},
		{"no labels at all", func(c *notice.Candidate) { c.Relabels, c.Binding, c.Labelled = false, true, false }, nil},
		{"a downgrade without a reason", func(c *notice.Candidate) { downgrade(c) }, []string{"downgrade"}},
		{"a downgrade with a reason and a name", func(c *notice.Candidate) {
			downgrade(c)
			c.Front.ChangeReason, c.Front.ApprovedBy = "the old text meant the same", "A. Lawyer"
		}, nil},
		{"a channel that does not exist", func(c *notice.Candidate) { c.Notice.Channels = []notice.Channel{"fax"} }, []string{"channel"}},
		{"through no channel", func(c *notice.Candidate) { tellThrough(c) }, []string{"fewer-channels"}},
		{"through fewer channels", func(c *notice.Candidate) { tellThrough(c, "email", "feed") }, []string{"fewer-channels"}},
		{"through all channels and one more", func(c *notice.Candidate) {
			c.Rules.Custom = []notice.Channel{"sms"}
			tellThrough(c, "sms", "email", "feed", "popup", "banner")
		}, nil},
		{"through fewer channels, with a reason and a name", func(c *notice.Candidate) {
			tellThrough(c, "email")
			c.Front.ChangeReason, c.Front.ApprovedBy = "all readers have an account", "A. Lawyer"
		}, nil},
		{"an editorial change through no channel", func(c *notice.Candidate) { tellThrough(c); c.Notice.Severity = policy.Editorial }, nil},
		{"a day for new accounts that is over", func(c *notice.Candidate) { c.Front.EffectiveNew = c.On.AddDays(-1) }, []string{"retroactive"}},
		{"new accounts bound at once", func(c *notice.Candidate) { c.Front.EffectiveNew = c.On }, nil},
		{"no change at all", func(c *notice.Candidate) { c.Notice.Severity, c.Front.Summary = policy.None, "" }, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, v := announced(t, "2027-01-15")
			c := notice.Candidate{
				File: "privacy.md", Notice: notice.New(p, v, nil, major(), notice.DefaultRules()), Front: v.Front,
				On: day(t, "2026-11-22"), Relabels: true, Labelled: true, Rules: notice.DefaultRules(),
			}
			test.change(&c)
			var got []string
			for _, d := range notice.Gate(c) {
				got = append(got, d.Rule)
				if d.Hint == "" || d.Level != policy.Error || !strings.HasPrefix(d.Error(), "privacy.md:1:1: ") {
					t.Errorf("%+v", d)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// tellThrough makes the editor choose the channels.
func tellThrough(c *notice.Candidate, channels ...notice.Channel) {
	c.Notice.Channels, c.Front.Notice = channels, policy.Channels{}
	for _, channel := range channels {
		c.Front.Notice = append(c.Front.Notice, string(channel))
	}
}

// downgrade makes the editor declare a major change minor.
func downgrade(c *notice.Candidate) {
	minor := policy.Minor
	c.Notice.Severity = policy.Minor
	c.Notice.Assessment.Declared = &minor
	c.Notice.Assessment.Reasons = []materiality.Reason{{Why: "a period becomes longer"}}
}

func TestPeriodsCountDaysOrBusinessDays(t *testing.T) {
	holidays, err := notice.ReadHolidays("holidays.txt", "2026-12-25 Christmas\n\n# a remark\n2026-12-28\n")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ period, from, after, before, words string }{
		{"30d", "2026-11-22", "2026-12-22", "2026-10-23", "30 days"},
		{"0d", "2026-11-22", "2026-11-22", "2026-11-22", "0 days"},
		{"1d", "2026-11-22", "2026-11-23", "2026-11-21", "1 day"},
		{"1bd", "2026-11-20", "2026-11-23", "2026-11-19", "1 business day"},
		{"10bd", "2026-12-21", "2027-01-06", "2026-12-07", "10 business days"},
	}
	for _, test := range tests {
		p, err := notice.ParsePeriod(test.period)
		if err != nil {
			t.Fatal(err)
		}
		after, before := p.After(day(t, test.from), holidays), p.Before(day(t, test.from), holidays)
		if after.String() != test.after || before.String() != test.before || p.String() != test.words {
			t.Errorf("%s from %s: until %s, since %s, %q", test.period, test.from, after, before, p)
		}
	}
	for _, bad := range []string{"", "30", "d", "-1d", "2w", "1.5d"} {
		if _, err := notice.ParsePeriod(bad); err == nil {
			t.Errorf("%q passed", bad)
		}
	}
	if _, err := notice.ReadHolidays("holidays.txt", "2026-12-25\nChristmas\n"); err == nil || !strings.HasPrefix(err.Error(), "holidays.txt:2:1: ") {
		t.Errorf("a line without a date: %v", err)
	}
}

func TestEveryAudienceStatesDutiesWithTheirSources(t *testing.T) {
	for _, a := range notice.Audiences() {
		found, ok := notice.AudienceByID(a.ID)
		if !ok || found.Name != a.Name || len(a.Duties) == 0 {
			t.Errorf("%s: %+v", a.ID, found)
		}
		for _, d := range a.Duties {
			if d.Text == "" || d.Source == "" || len(d.Channels) == 0 && !d.Consent {
				t.Errorf("%s: %+v", a.ID, d)
			}
		}
	}
	if _, ok := notice.AudienceByID("nobody"); ok {
		t.Error("an audience that does not exist")
	}
}

func TestAnAudienceAsksForMore(t *testing.T) {
	tests := []struct {
		name, audience string
		change         func(*notice.Candidate)
		want           []string
	}{
		{"a durable medium, far enough ahead", "p2b", func(*notice.Candidate) {}, nil},
		{"less than 15 days for a minor change", "p2b", func(c *notice.Candidate) {
			c.Notice.Severity, c.Notice.Effective = policy.Minor, c.On.AddDays(14)
		}, []string{"error notice-period"}},
		{"no durable medium", "p2b", func(c *notice.Candidate) { c.Notice.Channels = []notice.Channel{notice.Banner} }, []string{"error duty-p2b"}},
		{"an editorial change is no change", "p2b", func(c *notice.Candidate) {
			c.Notice.Severity, c.Notice.Channels = policy.Editorial, nil
		}, nil},
		{"a new purpose and nobody asked", "gdpr", func(c *notice.Candidate) {
			c.Notice.Assessment.Categories = []materiality.Category{materiality.DataUse}
		}, []string{"warning duty-gdpr"}},
		{"a new purpose for which people are asked", "gdpr", func(c *notice.Candidate) {
			c.Notice.Assessment.Categories = []materiality.Category{materiality.DataUse}
			c.Front.Summary = "We will ask for your consent before we use your data for research."
		}, nil},
		{"another recipient, only posted", "gdpr", func(c *notice.Candidate) {
			c.Notice.Assessment.Categories = []materiality.Category{materiality.Sharing}
			c.Notice.Channels = []notice.Channel{notice.Feed}
		}, []string{"error duty-gdpr"}},
		{"a change that it does not speak of", "hk", func(c *notice.Candidate) {
			c.Notice.Assessment.Categories = []materiality.Category{materiality.Fees}
		}, nil},
		{"a new purpose", "hk", func(c *notice.Candidate) {
			c.Notice.Assessment.Categories = []materiality.Category{materiality.DataUse}
		}, []string{"warning duty-hk"}},
		{"another kind of data", "pipl", func(c *notice.Candidate) {
			c.Notice.Assessment.Categories = []materiality.Category{materiality.DataCollection}
		}, []string{"warning duty-pipl"}},
	}
	for _, test := range tests {
		t.Run(test.audience+": "+test.name, func(t *testing.T) {
			p, v := announced(t, "2027-01-15")
			rules := notice.DefaultRules()
			a, _ := notice.AudienceByID(test.audience)
			rules.Audiences = []notice.Audience{a}
			c := notice.Candidate{
				File: "privacy.md", Notice: notice.New(p, v, nil, major(), rules), Front: v.Front,
				On: day(t, "2026-11-22"), Relabels: true, Labelled: true, Rules: rules,
			}
			test.change(&c)
			var got []string
			for _, d := range notice.Gate(c) {
				got = append(got, string(d.Level)+" "+d.Rule)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSendingMustEndInTime(t *testing.T) {
	p, v := announced(t, "2027-01-15")
	c := notice.Candidate{
		File: "privacy.md", Notice: notice.New(p, v, nil, major(), notice.DefaultRules()), Front: v.Front,
		On: day(t, "2026-11-22"), Relabels: true, Labelled: true, Rules: notice.DefaultRules(), Sent: day(t, "2026-12-16"),
	}
	if found := notice.Gate(c); len(found) != 0 {
		t.Errorf("the last day: %v", found)
	}
	c.Sent = day(t, "2026-12-17")
	if found := notice.Gate(c); len(found) != 1 || found[0].Rule != "sending-too-slow" || !strings.Contains(found[0].Hint, "2027-01-16") {
		t.Errorf("a day late: %v", found)
	}
}

func TestDataThatWasGivenBeforeIsNotUsedOtherwise(t *testing.T) {
	p, v := announced(t, "2026-11-01")
	a := &materiality.Assessment{Severity: policy.Major, Categories: []materiality.Category{materiality.Sharing}}
	c := notice.Candidate{
		File: "privacy.md", Notice: notice.New(p, v, nil, a, notice.DefaultRules()), Front: v.Front,
		On: day(t, "2026-11-22"), Relabels: true, Labelled: true, Rules: notice.DefaultRules(),
	}
	var rules []string
	for _, d := range notice.Gate(c) {
		rules = append(rules, d.Rule)
	}
	if diff := cmp.Diff([]string{"retroactive", "retroactive-use"}, rules); diff != "" {
		t.Error(diff)
	}
}
