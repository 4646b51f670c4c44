package review

import (
	"strings"
	"testing"
)

// FuzzApproved: a message approves digests that stand in it alone, each on a line
// that begins with the mark.
func FuzzApproved(f *testing.F) {
	f.Add(ApprovalMark + " privacy@2.0 sha256:" + strings.Repeat("0a", 32))
	f.Add("> " + ApprovalMark + " privacy@2.0 sha256:" + strings.Repeat("0a", 32) + "\r\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, message string) {
		for _, digest := range Approved(message) {
			if len(digest) != 64 || !strings.Contains("\n"+message, "\n"+ApprovalMark+" ") || !strings.Contains(message, "sha256:"+digest) {
				t.Errorf("%q approves %q", message, digest)
			}
		}
	})
}
