package main

import (
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/report"
)

// previewEmails writes the email of each notice, by the id of its policy.
func (a *app) previewEmails(w *workspace.Workspace, result *review.Result) map[string]report.Email {
	emails := make(map[string]report.Email)
	room := a.room(w)
	for _, r := range result.Policies {
		if r.Notice == nil || !r.Notice.Through(notice.Email) {
			continue
		}
		text, err := room.Preview(r.Notice, r.Next, a.today())
		if err != nil {
			text = "It cannot be written yet: " + err.Error()
		}
		audience := "to the configured list of recipients"
		if !w.Stranger || w.Config.Recipients == "" {
			audience = room.Audience()
		}
		emails[r.Policy.ID] = report.Email{Audience: audience, Text: text}
	}
	return emails
}
