package config

import (
	"strings"
	"testing"
)

// TestAChangedConfigurationIsNamedByItsKeys: what runs a program or moves mail is
// told apart from what rules the gate, and words are not told of.
func TestAChangedConfigurationIsNamedByItsKeys(t *testing.T) {
	for name, c := range map[string]struct{ now, want string }{
		"nothing":                    {"title: A\n", ""},
		"words":                      {"title: B\nlang: de\n", ""},
		"a rule of the gate":         {"strict: true\n", "rules the gate: strict."},
		"a key within another":       {"notice: { period: { major: 1d } }\n", "rules the gate: notice.period."},
		"the days that count":        {"timezone: Pacific/Auckland\n", "rules the gate: timezone."},
		"a program that tells":       {"channels: { custom: { sms: { command: [./send] } } }\n", "what is run, or where texts, notices and addresses go: channels"},
		"a program that reads":       {"reader: { command: [./read] }\n", "what is run, or where texts, notices and addresses go: reader"},
		"the server of mail":         {"email: { smtp: \"smtps://elsewhere.example:465\" }\n", "addresses go: email"},
		"templates and style":        {"site: { style: other.css }\n", "addresses go: site"},
		"where people are kept":      {"ledger: elsewhere.db\nrecipients: other.csv\n", "addresses go: recipients, ledger"},
		"the gate and a program too": {"strict: true\nreader: { command: [./read] }\n", "addresses go: reader"},
	} {
		now, err := Parse("codicil.yaml", []byte(c.now))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		before, err := Parse("codicil.yaml", []byte("title: A\n"))
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, d := range Loosened(now, before) {
			told += d.Error() + "\n"
		}
		if (c.want == "") != (told == "") || !strings.Contains(told, c.want) {
			t.Errorf("%s: told %q, want %q", name, told, c.want)
		}
	}
}
