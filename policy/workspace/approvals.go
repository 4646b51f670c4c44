package workspace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// The bounds of a file of reviews, which the host of a repository writes and
// strangers fill.
const (
	maxReviews = 10_000
	maxFile    = 8 << 20 // bytes
)

// forgeReview is a review of a pull request, as the interface of its host has
// it. Of all that it says, these four count.
type forgeReview struct {
	User struct {
		Login string `json:"login"`
	} `json:"user"`
	State     string    `json:"state"`
	Commit    string    `json:"commit_id"`
	Submitted time.Time `json:"submitted_at"`
}

var commitID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// readReviews reads the reviews of a pull request: lists of them, one after
// another. The last word of each login counts; an approval that was taken back
// is none.
func readReviews(name string) ([]forgeReview, error) {
	text, err := worktree.ReadNamed(worktree.Root("."), name, maxFile)
	if err != nil {
		return nil, fmt.Errorf("read the reviews: %w", err)
	}
	last := make(map[string]forgeReview)
	read := 0
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var page []forgeReview
		err := d.Decode(&page)
		if errors.Is(err, io.EOF) {
			break
		}
		if read += len(page); err == nil && read > maxReviews {
			err = fmt.Errorf("more than %d reviews", maxReviews)
		}
		if err != nil {
			return nil, policy.Hinted(fmt.Errorf("%s: %w", name, err), "it holds what GET /repos/OWNER/NAME/pulls/NUMBER/reviews answers")
		}
		for _, r := range page {
			r.State, r.User.Login = strings.ToUpper(r.State), strings.ToLower(r.User.Login)
			if r.State == "COMMENTED" || r.State == "PENDING" || last[r.User.Login].Submitted.After(r.Submitted) {
				continue
			}
			last[r.User.Login] = r
		}
	}
	var list []forgeReview
	for _, r := range last {
		if r.State == "APPROVED" && commitID.MatchString(r.Commit) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b forgeReview) int { return strings.Compare(a.User.Login, b.User.Login) })
	return list, nil
}

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
	var given []forgeReview
	if reviews != "" {
		if given, err = readReviews(reviews); err != nil {
			return nil, err
		}
	}
	return func(path, sha256 string) []policy.Approval {
		list := slices.Clone(signed[sha256])
		for _, r := range given {
			if src, err := w.Repo.ReadAt(r.Commit, path); err == nil && review.Digest(src) == sha256 {
				list = append(list, w.reviewed(r, sha256)...)
			}
		}
		return list
	}, nil
}

// reviewed is what a review approves, in each role of its author.
func (w *Workspace) reviewed(r forgeReview, sha256 string) []policy.Approval {
	var list []policy.Approval
	for _, role := range w.Config.Approvals {
		for _, p := range role.People {
			if p.Login != "" && strings.EqualFold(p.Login, r.User.Login) {
				list = append(list, policy.Approval{Role: role.Role, Name: p.Name, How: fmt.Sprintf("review of commit %.12s", r.Commit), At: r.Submitted.UTC(), SHA256: sha256})
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
