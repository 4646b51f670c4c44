package history

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// warnOfFaults names what is wrong with the texts of a policy: an error for the
// newest one, as that is what readers would be shown, and a warning for those
// before it.
func (b *builder) warnOfFaults(c *candidate) {
	told := make(map[plumbing.Hash]bool)
	for i := range c.revisions {
		r := &c.revisions[i]
		if r.gone || told[r.blob] || b.facts[r.blob].Fault == nil {
			continue
		}
		told[r.blob] = true
		fault := *b.facts[r.blob].Fault
		fault.File = r.path
		broken := b.facts[r.blob].Broken || b.facts[r.blob].Words == ""
		switch {
		case i == 0 && broken && len(c.policy.Versions) > 0:
			fault.Level = policy.Error
			fault.Message += fmt.Sprintf("; version %s stays as it was", c.policy.Versions[0].Label)
		case i == 0 && broken:
			fault.Level = policy.Error
			fault.Message += "; nothing of it is published"
		case i == 0:
			fault.Level = policy.Error
		default:
			fault.Message = fmt.Sprintf("commit %.12s of %s: %s", r.commit, policy.DateOf(r.at), fault.Message)
		}
		b.warnings = append(b.warnings, &fault)
	}
}
