package merge

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// KeepForms gives those blocks of a copy that came back the form that they had when it
// was made, of which nobody can say whether an editor changed it: they are named by
// their index. It returns how many were given another.
func KeepForms(made, edited *policy.Document, unsure []int) int {
	if len(unsure) == 0 {
		return 0
	}
	doubtful := make(map[*policy.Block]bool, len(unsure))
	for _, i := range unsure {
		doubtful[&edited.Blocks[i]] = true
	}
	count := 0
	for _, row := range redline.Compare(made, edited).Rows {
		if row.Old == nil || !doubtful[row.New] || len(row.Old.Path)+len(row.New.Path) > 0 {
			continue
		}
		if row.Old.Kind != row.New.Kind || row.Old.Level != row.New.Level {
			row.New.Kind, row.New.Level = row.Old.Kind, row.Old.Level
			count++
		}
	}
	return count
}
