package config

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Loosened names what a changed configuration would let through, and did not
// before. It counts once it is published; this check is ruled by the one before.
func Loosened(now, before *Config) []*policy.Diagnostic {
	var keys []string
	differ := func(key string, a, b any) {
		if !reflect.DeepEqual(a, b) {
			keys = append(keys, key)
		}
	}
	differ("policies", now.Policies, before.Policies)
	differ("versions", now.Versions, before.Versions)
	differ("strict", now.Strict, before.Strict)
	differ("notice.period", now.Notice.Period, before.Notice.Period)
	differ("notice.channels", now.Notice.Channels, before.Notice.Channels)
	differ("notice.audiences", now.Notice.Audiences, before.Notice.Audiences)
	differ("notice.holidays", now.Notice.Holidays, before.Notice.Holidays)
	differ("lint", now.Lint, before.Lint)
	differ("rules", now.Rules, before.Rules)
	differ("signers", now.Signers, before.Signers)
	differ("approvals", now.Approvals, before.Approvals)
	differ("log", now.Log, before.Log)
	if len(keys) == 0 {
		return nil
	}
	return []*policy.Diagnostic{{File: cmp.Or(now.File, Name), Line: 1, Column: 1, Level: policy.Warning, Rule: "configuration-changed",
		Message: fmt.Sprintf("this change also changes what rules the gate: %s. It was judged by the configuration that is published", strings.Join(keys, ", ")),
		Hint:    "publish the configuration by a change of its own, so that whoever approves it sees what it loosens"}}
}
