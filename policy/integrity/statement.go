package integrity

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy/transparency"
)

// Statement says in one paragraph what a verification without findings has
// proved, against whom, and what it has not. Kept is what somebody kept of the
// log and brought along.
func Statement(l *Log, kept []Kept) string {
	n := l.Tree.Size()
	if n == 0 {
		return "Proved: the texts have the digests that this program computed from git. Not proved: that they are those that were published, " +
			"as nothing is pinned: `codicil verify --update` begins the log."
	}
	root, _ := l.Tree.Root(n)
	var b strings.Builder
	fmt.Fprintf(&b, "Proved: git holds the %s of %s, with their texts, days and commits, in the order of the log (root %s).",
		count(n, "version", "versions"), SumName, root)
	b.WriteString(signedBy(l.Checkpoint, n))
	if t := l.Timestamp; t != nil {
		whose := "its certificate was not checked, as `log.timestamp.ca` names none"
		if t.Trusted {
			whose = "its certificate leads to the configured root"
		}
		fmt.Fprintf(&b, " %s says that this checkpoint existed on %s (%s).", t.Authority, t.At.Format("2006-01-02 15:04:05 UTC"), whose)
	}
	b.WriteString(against(l, kept))
	b.WriteString(" Not proved: that a text is true, that anybody was shown it, or that the days before the first checkpoint are right.")
	return b.String()
}

func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// signedBy says who vouches for which entries.
func signedBy(cp *transparency.Checkpoint, n int64) string {
	switch {
	case cp == nil:
		return " No checkpoint of it is signed."
	case !cp.Signed:
		return fmt.Sprintf(" A checkpoint covers the first %d, but by which key it is signed was not checked, as `log.key` names none.", cp.Size)
	}
	text := fmt.Sprintf(" The key of %s has signed the first %d.", cp.Origin, cp.Size)
	if cp.Size == n {
		text = fmt.Sprintf(" The key of %s has signed all of them.", cp.Origin)
	}
	for _, w := range cp.Cosigned {
		text += fmt.Sprintf(" %s saw the log grow up to there on %s.", w.Name, w.At.Format("2006-01-02"))
	}
	return text
}

// against says against whom this holds.
func against(l *Log, kept []Kept) string {
	checkpoints := int64(-1)
	for _, k := range kept {
		if k.Checkpoint != nil {
			checkpoints = max(checkpoints, k.Checkpoint.Size)
		}
		checkpoints = max(checkpoints, int64(len(k.Entries)))
	}
	cosigned := l.Checkpoint != nil && len(l.Checkpoint.Cosigned) > 0
	switch {
	case checkpoints >= 0:
		return fmt.Sprintf(" Against everybody, the owner of repository, site and key too: the first %s of the log are those that you kept.", count(checkpoints, "entry", "entries"))
	case cosigned:
		return " Against everybody who cannot also speak for the witnesses. Keep the checkpoint to need neither."
	case l.Checkpoint != nil && l.Checkpoint.Signed:
		return " Against whoever does not have the key. Whoever has it can rewrite everything unseen, unless somebody kept a checkpoint: compare with --checkpoint."
	}
	return " Against accident and a half-done rewriting only: whoever can push can write texts, lines and checkpoints anew. Somebody who kept a checkpoint finds that out: --checkpoint."
}
