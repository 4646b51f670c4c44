package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Role is a group of people of whom some must approve a change.
type Role struct {
	Name   string
	Count  int             // how many different people
	From   policy.Severity // the least severity that needs them
	People []string        // by name
}

// Approvals gives who approved a text, known by its path and its SHA-256, in
// which role.
type Approvals func(path, sha256 string) []policy.Approval

// ApprovalLine is what an approval says, and a signature or a review binds: the
// version, for people to read, and the digest, which counts.
func ApprovalLine(id, label, sha256 string) string {
	return fmt.Sprintf("%s %s@%s sha256:%s", ApprovalMark, id, label, sha256)
}

// ApprovalMark begins the line of an approval in a signed message.
const ApprovalMark = "Codicil-Approval:"

var approvalLine = regexp.MustCompile(`(?m)^` + ApprovalMark + ` [^\n]+ sha256:([0-9a-f]{64})\r?$`)

// Approved lists the digests that a signed message approves.
func Approved(message string) []string {
	var list []string
	for _, found := range approvalLine.FindAllStringSubmatch(message, -1) {
		list = append(list, found[1])
	}
	return list
}

// Missing says which roles have not approved a text yet whose change is of some
// severity: a sentence each.
func Missing(roles []Role, severity policy.Severity, given []policy.Approval) []string {
	var missing []string
	for _, role := range roles {
		var names []string
		for _, a := range given {
			if a.Role == role.Name && !slices.Contains(names, a.Name) {
				names = append(names, a.Name)
			}
		}
		if severity < role.From || len(names) >= role.Count {
			continue
		}
		missing = append(missing, fmt.Sprintf("it needs %s by %s (%s), and has %d",
			approvals(role.Count), role.Name, strings.Join(role.People, ", "), len(names)))
	}
	return missing
}

func approvals(n int) string {
	if n == 1 {
		return "1 approval"
	}
	return fmt.Sprintf("%d approvals", n)
}

// approved holds a candidate to the approvals that its change needs. What an
// editor declares it to be needs no fewer than what it reads as.
func (r *Reviewer) approved(x *proposal, severity policy.Severity, reviewed *Reviewed) {
	if a := reviewed.Assessment; a.Undecided && a.Declared == nil {
		severity = policy.Major
	}
	r.needsApproval(x.published, x.next.Ref(x.version), max(severity, reviewed.Assessment.Severity), reviewed)
}

// needsApproval holds a text to the approvals that one of such severity needs. A
// first text, and another day or another status of the same words, count as major:
// they change what binds people, or from when.
func (r *Reviewer) needsApproval(p *policy.Policy, ref string, severity policy.Severity, reviewed *Reviewed) {
	asked := slices.ContainsFunc(reviewed.Findings, func(d *policy.Diagnostic) bool { return d.Rule == "approval-missing" })
	if len(r.Roles) == 0 || r.Approvals == nil || asked {
		return
	}
	reviewed.Approvals = r.Approvals(p.Path, reviewed.Digest)
	for _, missing := range Missing(r.Roles, severity, reviewed.Approvals) {
		reviewed.Findings = append(reviewed.Findings, fault(p, "approval-missing",
			fmt.Sprintf("%s is not approved as it stands: %s", ref, missing),
			fmt.Sprintf("`codicil approve %s` says what to sign; an approval counts for the very bytes (sha256 %.12s…), and one changed byte voids it", p.ID, reviewed.Digest)))
	}
}

// firstApproved holds the first text of a policy to its approvals.
func (r *Reviewer) firstApproved(p *policy.Policy, doc *policy.Document, reviewed *Reviewed) {
	if doc == nil || doc.Front.Draft || doc.Front.Status != "" {
		return
	}
	first := *p
	first.Versions = nil
	next, v := AsPublished(&first, doc, r.On)
	r.needsApproval(p, next.Ref(v), policy.Major, reviewed)
}
