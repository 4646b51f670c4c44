package config

import "testing"

// FuzzConfig: no configuration fails otherwise than by an error, what is read
// twice is the same, and so nothing of it was loosened.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		"title: A\npolicies: [\"*.md\"]\nversions: { starts: label, mainline: [abc] }\n",
		"notice: { period: { major: 30d }, channels: { major: [email] }, audiences: [gdpr] }\n",
		"channels: { custom: { sms: { command: [./a], timeout: 2m, batch: 3 } } }\n",
		"approvals: [{ role: legal, people: [{ name: Ann, login: ann }] }]\nbrands: { acme: { fee: 1.10 } }\n",
		"email: { smtp: \"smtp://relay.example:587\", rate: 600/min }\ntimezone: Europe/Berlin\n", "a: &a [*a]", "policies: !0 0", "\x00", "? [",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		a, err := Parse("codicil.yaml", src)
		if err != nil {
			if a != nil {
				t.Error("a fault and a configuration")
			}
			return
		}
		b, err := Parse("codicil.yaml", src)
		if err != nil || len(Loosened(a, b)) > 0 {
			t.Errorf("the second reading differs: %v, %v", err, Loosened(a, b))
		}
	})
}
