package config

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
)

// Approval is a role whose approval a change needs.
type Approval struct {
	Role   string           `yaml:"role"`
	Count  int              `yaml:"count"` // how many people; default 1
	From   *policy.Severity `yaml:"from"`  // the least severity that needs them; default major
	People []Approver       `yaml:"people"`
}

// Approver is somebody who may approve: by a signature with their key, or by a
// review under their login on the host of the repository.
type Approver struct {
	Name  string `yaml:"name"`
	Key   string `yaml:"key"`   // an SSH public key, or an armoured OpenPGP key; never a file, which a change could replace
	Login string `yaml:"login"` // as the host of the repository knows them
}

// Roles returns the roles whose approval changes need.
func (c *Config) Roles() []review.Role {
	roles := make([]review.Role, 0, len(c.Approvals))
	for _, a := range c.Approvals {
		role := review.Role{Name: a.Role, Count: max(1, a.Count), From: policy.Major}
		if a.From != nil {
			role.From = *a.From
		}
		for _, p := range a.People {
			role.People = append(role.People, p.Name)
		}
		roles = append(roles, role)
	}
	return roles
}

// checkApprovals refuses roles that nobody could fill.
func (c *Config) checkApprovals() error {
	seen := make(map[string]bool)
	for _, a := range c.Approvals {
		switch {
		case a.Role == "":
			return fmt.Errorf("approvals: a role has no name: write `role: legal`")
		case seen[a.Role]:
			return fmt.Errorf("approvals: the role %s is there twice", a.Role)
		case a.Count < 0 || max(1, a.Count) > len(a.People):
			return fmt.Errorf("approvals: %s needs %d people and names %d", a.Role, max(1, a.Count), len(a.People))
		}
		seen[a.Role] = true
		names := make(map[string]bool)
		for _, p := range a.People {
			switch key := strings.TrimSpace(p.Key); {
			case p.Name == "" || names[p.Name]:
				return fmt.Errorf("approvals: %s names somebody twice or without `name`", a.Role)
			case key == "" && p.Login == "":
				return fmt.Errorf("approvals: %s of %s has neither `key` nor `login`", p.Name, a.Role)
			case key != "" && !strings.ContainsAny(key, " \n"):
				return fmt.Errorf("approvals: %s of %s: write the public key itself; a file could be replaced by the change that it is to guard against", p.Name, a.Role)
			}
			names[p.Name] = true
		}
	}
	return nil
}
