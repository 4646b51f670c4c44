package main

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	rendered "github.com/codicil/codicil/render/email"
	"github.com/codicil/codicil/render/report"
)

// previewEmails writes the email of each notice, by the id of its policy.
func previewEmails(w *workspace.Workspace, result *review.Result, on policy.Date) map[string]report.Email {
	emails := make(map[string]report.Email)
	for _, r := range result.Policies {
		if r.Notice == nil || !r.Notice.Through(notice.Email) {
			continue
		}
		text, err := previewEmail(w, r, on)
		if err != nil {
			text = "It cannot be written yet: " + err.Error()
		}
		emails[r.Policy.ID] = report.Email{Audience: audience(w), Text: text}
	}
	return emails
}

// audience says how many people the configured list holds, as far as it is
// there: lists are not kept in git.
func audience(w *workspace.Workspace) string {
	if w.Config.Recipients == "" {
		return "to the list of recipients that is named when it is sent"
	}
	if w.Stranger {
		return "to the configured list of recipients"
	}
	list, _ := w.Config.RecipientsFile()
	n := 0
	for r, err := range (&mailing{workspace: w, list: list}).recipients() {
		if err == nil && r.Email != "" {
			n++
		}
	}
	if n == 0 {
		return "to the configured list of recipients, which is not here"
	}
	return "to " + plural(n, "recipient", "recipients")
}

// previewEmail writes subject and text of the email, as it would be sent to
// somebody without a name.
func previewEmail(w *workspace.Workspace, r *review.Reviewed, on policy.Date) (string, error) {
	body, err := sampleOf(w.Config, "https://policies.example.com").Compose(rendered.Original(r.Notice, r.Next), on)
	if err != nil {
		return "", err
	}
	body = body.For("", "")
	return fmt.Sprintf("Subject: %s\n\n%s", body.Subject, strings.TrimSpace(body.Text)), nil
}
