package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

// wantError fails unless an error, or its hint, says what is wanted; an empty want is
// no error.
func wantError(t *testing.T, name string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: got the error %q", name, err)
	case want != "" && (err == nil || !strings.Contains(err.Error()+"\n"+policy.Hint(err), want)):
		t.Errorf("%s: got the error %v with the hint %q, want %q", name, err, policy.Hint(err), want)
	}
}

func TestAConfigurationIsReadStrictly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{}":            "",
		"titel: Wheels": "titel",
		"versions: tag": "",
		"versions: {starts: commit, mainline: abc}": "",
		"versions: often":                                  `"often" is not a way to start a version`,
		"timezone: Europe/Berlin":                          "",
		"timezone: Berlin":                                 `timezone: "Berlin" is unknown`,
		"timezone: Local":                                  "timezone",
		"durable: power":                                   "",
		"durable: ever":                                    `durable: "ever" is unknown`,
		"retain: 30d":                                      "",
		"retain: 30bd":                                     "write days of the calendar",
		"retain: long":                                     "retain: ",
		"lint: {dead-reference: off}":                      "",
		"lint: {dead-reference: loud}":                     "is not off, warning or error",
		"lint: {no-such-rule: off}":                        "is no rule of the linter",
		"notice: {period: {major: 30d}}":                   "",
		"notice: {period: {huge: 30d}}":                    "notice.period: ",
		"notice: {period: {major: soon}}":                  "notice.period.major: ",
		"notice: {channels: {major: [email]}}":             "",
		"notice: {channels: {major: [pigeon]}}":            `"pigeon" is not a channel`,
		"notice: {channels: {huge: [email]}}":              "notice.channels: ",
		"notice: {audiences: [gdpr]}":                      "",
		"notice: {audiences: [mars]}":                      `"mars" is not an audience`,
		"notice: {holidays: gone.txt}":                     "notice.holidays: ",
		"email: {quiet: {from: \"21:00\", to: \"08:00\"}}": "",
		"email: {quiet: {from: 9pm, to: \"08:00\"}}":       `"9pm" is not a time of the day`,
		"email: {quiet: {from: \"21:00\"}}":                "is not a time of the day",
		"email: {quiet: {from: \"21:00\", to: \"21:00\"}}": "from and to are the same",
		"email: {warm_up: [500, 1000]}":                    "",
		"email: {warm_up: [500, 0]}":                       "0 is not a number of messages",
		"channels: {custom: {sms: {command: [send]}}}\nnotice: {channels: {major: [sms]}}":                              "",
		"channels: {custom: {SMS: {command: [send]}}}":                                                                  "small letters",
		"channels: {custom: {email: {command: [send]}}}":                                                                "email is built in",
		"channels: {custom: {sms: {column: phone}}}":                                                                    "command names no program",
		"channels: {custom: {sms: {command: [send], batch: 125}}}":                                                      "",
		"channels: {custom: {sms: {command: [send], batch: 126}}}":                                                      "500 people at most",
		"channels: {custom: {sms: {command: [send], batch: -1}}}":                                                       "500 people at most",
		"channels: {custom: {sms: {command: [send], timeout: 1h}}}":                                                     "",
		"channels: {custom: {sms: {command: [send], timeout: 61m}}}":                                                    "an hour at most",
		"channels: {custom: {sms: {command: [send], timeout: 0s}}}":                                                     "is not a time",
		"acknowledge: [{commit: \"abc1234\", reason: a slip, by: Ann}]":                                                 "",
		"acknowledge: [{commit: \"abc123\", reason: a slip, by: Ann}]":                                                  "seven or more digits",
		"acknowledge: [{commit: \"0000000\", reason: a slip, by: Ann}]":                                                 "seven or more digits",
		"acknowledge: [{commit: \"abc1234\", reason: \" \", by: Ann}]":                                                  "has no `reason`",
		"acknowledge: [{commit: \"abc1234\", reason: a slip}]":                                                          "does not say `by` whom",
		"approvals: [{role: legal, people: [{name: Ann, login: ann}]}]":                                                 "",
		"approvals: [{people: [{name: Ann, login: ann}]}]":                                                              "a role has no name",
		"approvals: [{role: legal, people: []}]":                                                                        "needs 1 people and names 0",
		"approvals: [{role: legal, count: 2, people: [{name: Ann, login: a}]}]":                                         "needs 2 people and names 1",
		"approvals: [{role: legal, count: -1, people: [{name: Ann, login: a}]}]":                                        "needs 1 people and names 1",
		"approvals: [{role: legal, people: [{login: ann}]}]":                                                            "without `name`",
		"approvals: [{role: legal, people: [{name: Ann}]}]":                                                             "has neither `key` nor `login`",
		"approvals: [{role: legal, people: [{name: Ann, key: ann.pub}]}]":                                               "a file could be replaced",
		"approvals: [{role: legal, people: [{name: Ann, key: ssh-ed25519 AAAA}]}]":                                      "",
		"approvals: [{role: legal, people: [{name: Ann, login: a}, {name: Ann, login: b}]}]":                            "names somebody twice",
		"approvals: [{role: legal, people: [{name: Ann, login: a}]}, {role: legal, people: [{name: Bo, login: b}]}]":    "is there twice",
		"approvals: [{role: legal, people: [{name: Ann, login: a}]}, {role: privacy, people: [{name: Ann, login: a}]}]": "",
	} {
		_, err := Parse("codicil.yaml", []byte(text+"\n"))
		wantError(t, text, err, want)
	}
}

func TestWhatIsReadOfAConfiguration(t *testing.T) {
	t.Parallel()
	minor := policy.Minor
	c := Config{Approvals: []Approval{{Role: "legal", People: []Approver{{Name: "Ann"}, {Name: "Bo"}}}, {Role: "privacy", Count: 2, From: &minor}}}
	roles := c.Roles()
	if r := roles[0]; r.Name != "legal" || r.Count != 1 || r.From != policy.Major || strings.Join(r.People, " ") != "Ann Bo" {
		t.Errorf("%+v", r)
	}
	if r := roles[1]; r.Count != 2 || r.From != policy.Minor {
		t.Errorf("%+v", r)
	}
	for text, want := range map[string]time.Duration{"": 0, "30d": 30 * 24 * time.Hour} {
		if got, err := (&Config{Retain: text}).Retention(); got != want || err != nil {
			t.Errorf("retain %q: %v, %v", text, got, err)
		}
	}
	for custom, want := range map[*CustomChannel]int{{}: 4, {Batch: 10}: 40, {Connections: 2}: 2, {Batch: 3, Connections: 5}: 15} {
		if got := custom.AtOnce(); got != want {
			t.Errorf("%+v: %d at once", custom, got)
		}
	}
	for from, want := range map[Quiet][2]int{{}: {0, 0}, {"21:00", "08:30"}: {1260, 510}, {"00:00", "23:59"}: {0, 1439}} {
		if a, b, err := from.Minutes(); [2]int{a, b} != want || err != nil {
			t.Errorf("%v: %d to %d, %v", from, a, b, err)
		}
	}
	parsed, err := Parse("x/codicil.yaml", []byte("versions: {starts: label, mainline: [abc]}\nserve: {url: https://n.example/}\n"))
	if err != nil || parsed.Versions.Starts != policy.StartLabel || parsed.Versions.Mainline[0] != "abc" || parsed.Email.Unsubscribe != "https://n.example/unsubscribe" || parsed.Dir != "x" {
		t.Errorf("%+v, %v", parsed, err)
	}
	parsed, err = Parse("codicil.yaml", []byte("serve: {url: https://n.example}\nemail: {unsubscribe: https://other.example}\n"))
	if err != nil || parsed.Email.Unsubscribe != "https://other.example" {
		t.Errorf("the address that is set: %q, %v", parsed.Email.Unsubscribe, err)
	}
}

func TestASilentChangeIsOnRecordByItsCommit(t *testing.T) {
	t.Parallel()
	c := Config{Acknowledge: []Acknowledgement{{Commit: "abc1234", Reason: " a\nslip ", By: " Ann "}}}
	silent := []policy.Revision{{Commit: "abc1234def"}, {Commit: "abc12", Acknowledged: "before"}, {Commit: "fff"}}
	c.Remember([]*policy.Policy{{Versions: []*policy.Version{{Silent: silent}}}})
	for i, want := range []string{"a slip (Ann)", "before", ""} {
		if silent[i].Acknowledged != want {
			t.Errorf("%s: %q, want %q", silent[i].Commit, silent[i].Acknowledged, want)
		}
	}
}

func TestPathsAreThoseOfTheConfiguration(t *testing.T) {
	t.Parallel()
	c := Config{Dir: "/legal"}
	for path, want := range map[string]string{"": "", "a.txt": "/legal/a.txt", "/b.txt": "/b.txt"} {
		if got := c.Path(path); got != want {
			t.Errorf("%q: %s", path, got)
		}
	}
	for program, want := range map[string]string{"send": "send", "bin/send": "/legal/bin/send", "/usr/bin/send": "/usr/bin/send"} {
		one := CustomChannel{Command: policy.Strings{program, "a/b"}}
		if got := c.Args(one); got[0] != want || got[1] != "a/b" || one.Command[0] != program {
			t.Errorf("%s: %v", program, got)
		}
	}
}

func TestWhereTheConfigurationIsLookedFor(t *testing.T) {
	write := func(t *testing.T, files ...string) {
		for _, file := range files {
			_ = os.MkdirAll(filepath.Dir(file), 0o755)
			if err := os.WriteFile(file, []byte("title: "+file+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		files       []string
		named       string
		title, want string
	}{
		"nowhere":          {nil, "", "", ""},
		"here":             {[]string{"codicil.yaml", "content/codicil.yaml", "legal/codicil.yaml"}, "", "codicil.yaml", ""},
		"in content":       {[]string{"content/codicil.yaml", "legal/codicil.yaml"}, "", "content/codicil.yaml", ""},
		"in a folder":      {[]string{"docs/legal/codicil.yaml"}, "", "docs/legal/codicil.yaml", ""},
		"in two folders":   {[]string{"legal/codicil.yaml", "policies/codicil.yaml"}, "", "", "there are two configurations"},
		"of its own":       {[]string{"legal/codicil.yaml", "legal/.git/x"}, "", "", ""},
		"named":            {[]string{"codicil.yaml", "x.yaml"}, "x.yaml", "x.yaml", ""},
		"named, not there": {[]string{"codicil.yaml"}, "x.yaml", "", "read the configuration"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, c.files...)
			cfg, err := Load(c.named)
			wantError(t, name, err, c.want)
			if err == nil && (cfg.Title != c.title || (cfg.File == "") != (c.title == "")) {
				t.Errorf("read %q of %q", cfg.Title, cfg.File)
			}
		})
	}
}

func TestFilesThatAreNamedAreRead(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range map[string]string{"logo.svg": "<svg/>", "tmpl/a.tmpl": "a", "tmpl/b.txt": "b", "tmpl/c/d.tmpl": "d", "days.txt": "2031-12-24\n", "roots.pem": "roots", "list.csv": "email\n"} {
		_ = os.MkdirAll(filepath.Dir(name), 0o755)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := &Config{Dir: ".", File: "codicil.yaml", Site: Site{Logo: "logo.svg", Templates: "tmpl"}}
	theme, err := c.Theme()
	if err != nil || theme.Icon != nil || theme.Style != nil || string(theme.Logo.Data) != "<svg/>" || len(theme.Templates) != 1 || string(theme.Templates[0].Data) != "a" {
		t.Errorf("%+v, %v", theme, err)
	}
	for key, site := range map[string]Site{"site.logo": {Logo: "none"}, "site.icon": {Icon: "none"}, "site.style": {Style: "none"}, "site.templates": {Templates: "none"}} {
		_, err := (&Config{Dir: ".", Site: site}).Theme()
		wantError(t, key, err, key+": ")
	}
	c.Notice.Holidays = "days.txt"
	if rules, err := c.NoticeRules(); err != nil || len(rules.Holidays) != 1 {
		t.Errorf("holidays %v, %v", rules.Holidays, err)
	}
	for ca, want := range map[string]string{"": "", "roots.pem": "roots", "none": "log.timestamp.ca"} {
		roots, err := (&Config{Dir: ".", Log: Log{Timestamp: Timestamp{CA: ca}}}).TimestampRoots()
		if err == nil && string(roots) != want || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %q, %v", ca, roots, err)
		}
	}
	for list, want := range map[string]string{"": "", "list.csv": "list.csv", "none.csv": "none.csv"} {
		got, err := (&Config{Dir: ".", Recipients: list}).RecipientsFile()
		if err != nil || filepath.Base(got) != filepath.Base(want) && got != want {
			t.Errorf("%q: %q, %v", list, got, err)
		}
	}
	for key, log := range map[string]Log{"log.key: ": {Key: "x"}, "log.witnesses: ": {Witnesses: policy.Strings{"x"}}} {
		_, err := (&Config{Log: log}).LogKeys()
		wantError(t, key, err, key)
	}
	if keys, err := (&Config{}).LogKeys(); err != nil || keys.Log != nil {
		t.Errorf("with no keys: %+v, %v", keys, err)
	}
}

func TestTheBookIsThatOfTheConfiguration(t *testing.T) {
	t.Parallel()
	book, err := (&Config{Rules: []Rule{{ID: "bells", Severity: new(policy.Severity), Category: "service", Words: []string{"bell"}, Why: "A bell."}}}).Book()
	if err != nil || len(book.Changes()) != 1 || book.Changes()[0].ID != "bells" {
		t.Errorf("%v", err)
	}
	_, err = (&Config{File: "codicil.yaml", Rules: []Rule{{ID: ""}}}).Book()
	wantError(t, "a rule without a name", err, "codicil.yaml: rules: ")
}
