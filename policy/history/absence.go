package history

import (
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// absences lists the times in which a policy was withdrawn: its file was gone,
// or said no more than where to look now, or its front matter said `status:
// withdrawn`.
func absences(t *thread, facts map[plumbing.Hash]*fact) []policy.Absence {
	var all []policy.Absence
	away := false
	for _, r := range slices.Backward(t.revisions) {
		f := facts[r.blob]
		if !r.gone && f.Broken {
			continue
		}
		gone := r.gone || f.Moved || f.Front.Status == policy.Withdrawn
		day := policy.DateOf(r.at)
		switch {
		case gone && !away:
			a := policy.Absence{From: day, Commit: r.commit.String()}
			if !r.gone {
				a.Reason = f.Front.StatusReason
			}
			all = append(all, a)
		case away && !gone:
			all[len(all)-1].Until = day
		}
		away = gone
	}
	return slices.DeleteFunc(all, func(a policy.Absence) bool { return a.From == a.Until })
}
