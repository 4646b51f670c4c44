package config

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Acknowledgement puts on record a silent change, or a line of codicil.sum that
// names a commit no more: it cannot be undone, and somebody answers for it.
type Acknowledgement struct {
	Commit string `yaml:"commit"` // that made it, or that the line named: at least seven digits of its id
	Reason string `yaml:"reason"`
	By     string `yaml:"by"` // who answers for it
}

var shortID = regexp.MustCompile(`^[0-9a-f]{7,64}$`)

// checkAcknowledged refuses what puts nothing on record.
func (c *Config) checkAcknowledged() error {
	for _, a := range c.Acknowledge {
		switch {
		case !shortID.MatchString(a.Commit) || strings.Trim(a.Commit, "0") == "":
			return fmt.Errorf("acknowledge: %q is no commit: write seven or more digits of its id, in quotation marks", a.Commit)
		case strings.TrimSpace(a.Reason) == "" || strings.TrimSpace(a.By) == "":
			return fmt.Errorf("acknowledge: %s has no `reason`, or does not say `by` whom", a.Commit)
		}
	}
	return nil
}

// Remember notes, in the histories of policies, which silent changes are on
// record.
func (c *Config) Remember(policies []*policy.Policy) {
	for _, p := range policies {
		for _, v := range p.Versions {
			for i := range v.Silent {
				v.Silent[i].Acknowledged = cmp.Or(c.Acknowledged(v.Silent[i].Commit), v.Silent[i].Acknowledged)
			}
		}
	}
}

// Acknowledged returns why what a commit did is on record, and who answers for
// it; empty where nobody does.
func (c *Config) Acknowledged(commit string) string {
	for _, a := range c.Acknowledge {
		if strings.HasPrefix(commit, a.Commit) {
			return strings.Join(strings.Fields(a.Reason), " ") + " (" + strings.TrimSpace(a.By) + ")"
		}
	}
	return ""
}
