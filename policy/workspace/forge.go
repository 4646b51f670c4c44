package workspace

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
)

// The bounds of a file of reviews, which the host of a repository writes and
// strangers fill.
const (
	maxReviews = 10_000
	maxFile    = 8 << 20 // bytes
)

// forgeApproval is an approval that somebody gave on the host of a repository: of
// the texts that a commit has.
type forgeApproval struct {
	login  string // in small letters
	commit string
	at     time.Time
}

// forgeEntry is what one entry of a host's answers may say: a review of GitHub; or,
// of GitLab, whose approvals name no commit, a version of the merge request or a
// note about it. Of all that they say, this counts.
type forgeEntry struct {
	User      forgeUser `json:"user"`
	State     string    `json:"state"`
	Commit    string    `json:"commit_id"`
	Submitted time.Time `json:"submitted_at"`

	Head    string    `json:"head_commit_sha"` // of a version
	Created time.Time `json:"created_at"`      // of a version or a note
	Author  forgeUser `json:"author"`
	System  bool      `json:"system"` // the note is GitLab's own, which no person can write
	Body    string    `json:"body"`
}

type forgeUser struct {
	Login    string `json:"login"`    // on GitHub
	Username string `json:"username"` // on GitLab
}

func (u forgeUser) name() string { return strings.ToLower(cmp.Or(u.Login, u.Username)) }

// forgeAnswers gathers the answers of a host.
type forgeAnswers struct {
	entries  []forgeEntry
	approved map[string]bool // who approves a merge request, by login
}

var commitID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// readReviews reads who approved which commit: the answers of a host, one after
// another.
func readReviews(name string) ([]forgeApproval, error) {
	text, err := worktree.ReadNamed(worktree.Root("."), name, maxFile)
	if err != nil {
		return nil, fmt.Errorf("read the reviews: %w", err)
	}
	return parseReviews(name, text)
}

// parseReviews reads what a forge answered: whoever can have it written can make a
// check green, but not by what is no answer of a forge.
func parseReviews(name string, text []byte) ([]forgeApproval, error) {
	answers := forgeAnswers{approved: make(map[string]bool)}
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		err := answers.read(d)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, policy.Hinted(fmt.Errorf("%s: %w", name, err), "it holds what GET /repos/OWNER/NAME/pulls/NUMBER/reviews answers on GitHub; "+
				"on GitLab, one after another, what merge_requests/NUMBER/approvals, /versions and /notes answer")
		}
	}
	list := append(answers.reviews(), answers.approvals()...)
	list = slices.DeleteFunc(list, func(a forgeApproval) bool { return a.login == "" || !commitID.MatchString(a.commit) }) // an account that is gone has no name
	slices.SortFunc(list, func(a, b forgeApproval) int { return strings.Compare(a.login, b.login) })
	return list, nil
}

// read takes in one answer: a list, or the approvals of a merge request.
func (f *forgeAnswers) read(d *json.Decoder) error {
	var answer json.RawMessage
	if err := d.Decode(&answer); err != nil {
		return err
	}
	if bytes.HasPrefix(answer, []byte("[")) {
		var page []forgeEntry
		if err := json.Unmarshal(answer, &page); err != nil {
			return err
		}
		if f.entries = append(f.entries, page...); len(f.entries) > maxReviews {
			return fmt.Errorf("more than %d entries", maxReviews)
		}
		return nil
	}
	var approvals struct {
		By *[]struct {
			User forgeUser `json:"user"`
		} `json:"approved_by"`
	}
	if err := json.Unmarshal(answer, &approvals); err != nil {
		return err
	}
	if approvals.By == nil {
		return errors.New("these are no approvals")
	}
	for _, by := range *approvals.By {
		f.approved[by.User.name()] = true
	}
	return nil
}

// reviews returns the approvals among reviews. The last word of each login counts;
// an approval that was taken back is none.
func (f *forgeAnswers) reviews() []forgeApproval {
	last := make(map[string]forgeEntry)
	for _, r := range f.entries {
		r.State = strings.ToUpper(r.State)
		if r.State == "" || r.State == "COMMENTED" || r.State == "PENDING" || last[r.User.name()].Submitted.After(r.Submitted) {
			continue
		}
		last[r.User.name()] = r
	}
	var list []forgeApproval
	for login, r := range last {
		if r.State == "APPROVED" {
			list = append(list, forgeApproval{login, r.Commit, r.Submitted})
		}
	}
	return list
}

// approvals returns the approvals of a merge request, each with the commit that it
// had when the approval was given.
func (f *forgeAnswers) approvals() []forgeApproval {
	var versions []forgeEntry
	for _, e := range f.entries {
		if e.Head != "" {
			versions = append(versions, e)
		}
	}
	slices.SortFunc(versions, func(a, b forgeEntry) int { return a.Created.Compare(b.Created) })
	last := make(map[string]forgeEntry)
	for _, e := range f.entries {
		said := e.System && (e.Body == "approved this merge request" || e.Body == "unapproved this merge request")
		if login := e.Author.name(); said && !last[login].Created.After(e.Created) {
			last[login] = e
		}
	}
	var list []forgeApproval
	for login, e := range last {
		if !f.approved[login] || strings.HasPrefix(e.Body, "un") {
			continue
		}
		commit := ""
		for _, v := range versions {
			if !v.Created.After(e.Created) {
				commit = v.Head
			}
		}
		list = append(list, forgeApproval{login, commit, e.Created})
	}
	return list
}
