package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/worktree"
	rendered "github.com/codicil/codicil/render/email"
)

// publisherOf says who gives notice, as the configuration has it.
func publisherOf(c *config.Config) *rendered.Publisher {
	return &rendered.Publisher{
		Name: c.Title, ReplyTo: c.Email.From, Site: c.BaseURL, Unsubscribe: c.Email.Unsubscribe,
		Actions: c.Email.Actions, Source: c.File, Templates: func(lang string) (*rendered.Templates, error) { return emailTemplates(c, lang) },
	}
}

// sampleOf is publisherOf with what the configuration lacks filled in, for those who
// read a message before it can be sent. The site is where its pages are.
func sampleOf(c *config.Config, site string) *rendered.Publisher {
	p := publisherOf(c)
	p.Site, p.ReplyTo = cmp.Or(p.Site, site), cmp.Or(p.ReplyTo, "policies@example.com")
	return p
}

// wordings returns the notice in each language.
func (m *mailing) wordings(p *policy.Policy) ([]rendered.Wording, error) {
	w := m.workspace
	return rendered.Wordings(m.notice, p, w.History.Policies, w.Config.Email.Languages, func(q *policy.Policy, v *policy.Version) (*redline.Redline, error) {
		c, err := w.Compare(q, v)
		if err != nil {
			return nil, err
		}
		return c.Redline, nil
	})
}

// languages are those of the wordings.
func (m *mailing) languages() []string {
	tags := make([]string, len(m.texts))
	for i, t := range m.texts {
		tags[i] = t.Lang
	}
	return tags
}

// compose writes the message once for all its recipients, in each language.
func (a *app) compose(m *mailing, key notify.Key) ([]*email.Message, error) {
	publisher := publisherOf(m.workspace.Config)
	envelope := email.Envelope{
		From: publisher.ReplyTo, Key: key, Unsubscribe: publisher.Unsubscribe,
	}
	messages := make([]*email.Message, 0, len(m.texts))
	for _, t := range m.texts {
		body, err := publisher.Compose(t, a.today())
		if err != nil {
			return nil, err
		}
		message, err := email.Compose(t.Notice, body, envelope)
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
	}
	return messages, nil
}

// emailTemplates reads the templates of a language; nil when there are none of
// the publisher's own.
func emailTemplates(c *config.Config, lang string) (*rendered.Templates, error) {
	if c.Email.Templates == "" {
		return nil, nil
	}
	folder := c.Path(c.Email.Templates)
	if _, err := worktree.List(worktree.Root(c.Dir), folder); err != nil {
		return nil, fmt.Errorf("email.templates: %w", err)
	}
	var parts [2]rendered.Template
	for i, end := range []string{".txt.tmpl", ".html.tmpl"} {
		for _, name := range []string{"email." + lang + end, "email" + end} {
			text, err := worktree.Read(worktree.Root(c.Dir), filepath.Join(folder, name), worktree.MaxAsset)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("email.templates: %w", err)
			}
			parts[i] = rendered.Template{File: filepath.Join(c.Email.Templates, name), Text: string(text)}
			break
		}
	}
	templates, err := rendered.NewTemplates(parts[0], parts[1])
	if err != nil {
		return nil, hinted(err, "go doc ./render/email NewTemplates lists the fields")
	}
	return templates, nil
}
