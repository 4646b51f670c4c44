package workspace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/review"
)

// Approvals returns who approved which text: by what they signed in this
// repository, and by the reviews of the named file, if one is named. Nil where
// no approvals are configured.
func (w *Workspace) Approvals(reviews string) (review.Approvals, error) {
	if len(w.Config.Approvals) == 0 {
		return nil, nil
	}
	signed, err := w.signedApprovals()
	if err != nil {
		return nil, err
	}
	var given []forgeApproval
	if reviews != "" {
		if given, err = readReviews(reviews); err != nil {
			return nil, err
		}
	}
	return func(path, sha256 string) []policy.Approval {
		list := slices.Clone(signed[sha256])
		for _, r := range given {
			if src, err := w.Repo.ReadAt(r.commit, path); err == nil && review.Digest(src) == sha256 {
				list = append(list, w.reviewed(r, sha256)...)
			}
		}
		return list
	}, nil
}

// reviewed is what a review approves, in each role of its author.
func (w *Workspace) reviewed(r forgeApproval, sha256 string) []policy.Approval {
	var list []policy.Approval
	for _, role := range w.Config.Approvals {
		for _, p := range role.People {
			if p.Login != "" && strings.EqualFold(p.Login, r.login) {
				list = append(list, policy.Approval{Role: role.Role, Name: p.Name, How: fmt.Sprintf("review of commit %.12s", r.commit), At: r.at.UTC(), SHA256: sha256})
			}
		}
	}
	return list
}

// signedApprovals are the approvals that are signed commits and tags, by the
// digest of the text.
func (w *Workspace) signedApprovals() (map[string][]policy.Approval, error) {
	found := make(map[string][]policy.Approval)
	for _, role := range w.Config.Approvals {
		var signers []history.Signer
		for _, p := range role.People {
			if strings.TrimSpace(p.Key) != "" {
				signers = append(signers, history.Signer{Email: p.Name, Key: strings.TrimSpace(p.Key)})
			}
		}
		if len(signers) == 0 {
			continue
		}
		said, err := w.Repo.Statements("", review.ApprovalMark, signers)
		if err != nil {
			return nil, err
		}
		for _, s := range said {
			how := "signed tag " + s.Tag
			if s.Tag == "" {
				how = fmt.Sprintf("signed commit %.12s", s.Commit)
			}
			for _, digest := range review.Approved(s.Message) {
				found[digest] = append(found[digest], policy.Approval{Role: role.Role, Name: s.Signer, How: how, At: s.At.UTC(), SHA256: digest})
			}
		}
	}
	return found, nil
}

// Text is a text that somebody may approve.
type Text struct {
	Policy *policy.Policy
	Label  string
	Where  string // its path, and where that is: the work tree, or a commit
	SHA256 string
}

// Approvable finds a text: a version, or of a policy without one the work tree's
// if it differs from the newest version.
func (w *Workspace) Approvable(reference string, on policy.Date) (*Text, error) {
	p, v, err := w.Lookup(reference, on)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(reference, "@") && w.Repo.Root() != "" {
		next, err := w.workTreeSide(p)
		if err != nil {
			return nil, err
		}
		if v = p.Versions[0]; next.Doc != nil && next.sha256 != v.SHA256 {
			_, v = review.AsPublished(p, next.Doc, on)
			return &Text{Policy: p, Label: v.Label, Where: "the work tree, " + p.Path, SHA256: next.sha256}, nil
		}
	}
	return &Text{Policy: p, Label: v.Label, Where: fmt.Sprintf("commit %.12s, %s", v.Commit, v.Path), SHA256: v.SHA256}, nil
}

// Approve fills in who approved each version of the history, where approvals are
// configured.
func (w *Workspace) Approve(reviews string) error {
	approvals, err := w.Approvals(reviews)
	if err != nil || approvals == nil {
		return err
	}
	for _, p := range w.History.Policies {
		for _, v := range p.Versions {
			v.Approvals = approvals(v.Path, v.SHA256)
		}
	}
	return nil
}
