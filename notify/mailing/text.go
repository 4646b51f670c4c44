package mailing

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/worktree"
	rendered "github.com/codicil/codicil/render/email"
)

// Publisher says who gives notice, as the configuration has it.
func (r *Room) Publisher() *rendered.Publisher {
	c := r.Config
	return &rendered.Publisher{
		Name: c.Title, ReplyTo: c.Email.From, Site: c.BaseURL, Unsubscribe: c.Email.Unsubscribe,
		Decline: declineAt(c.Serve.URL), Actions: c.Email.Actions, Source: c.File, Templates: r.templates,
	}
}

// declineAt is where people decline; empty where no pages are served.
func declineAt(pages string) string {
	if pages == "" {
		return ""
	}
	return strings.TrimRight(pages, "/") + "/decline"
}

// Sample is Publisher with what the configuration lacks filled in, for those who
// read a message before it can be sent. The site is where its pages are.
func (r *Room) Sample(site string) *rendered.Publisher {
	p := r.Publisher()
	p.Site, p.ReplyTo = cmp.Or(p.Site, site), cmp.Or(p.ReplyTo, "policies@example.com")
	return p
}

// templates reads the templates of a language; nil when there are none of
// the publisher's own.
func (r *Room) templates(lang string) (*rendered.Templates, error) {
	c := r.Config
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
		return nil, policy.Hinted(err, "go doc ./render/email NewTemplates lists the fields")
	}
	return templates, nil
}

// wordings returns the notice in each language.
func (m *Mailing) wordings() ([]rendered.Wording, error) {
	return rendered.Wordings(m.Notice, m.Policy, m.source.Policies, m.room.Config.Email.Languages, m.source.Compare)
}

// languages are those of the wordings.
func (m *Mailing) languages() []string {
	tags := make([]string, len(m.texts))
	for i, t := range m.texts {
		tags[i] = t.Lang
	}
	return tags
}

// textsToSend writes what a ledger keeps of the message, in each language.
func (m *Mailing) textsToSend(key notify.Key) (texts []ledger.Text, err error) {
	if m.Channel != "" {
		return m.shortTexts()
	}
	messages, err := m.compose(key)
	for _, message := range messages {
		texts = append(texts, ledger.Text{Lang: message.Lang, Message: message.Bytes()})
	}
	return texts, err
}

// compose writes the message once for all its recipients, in each language.
func (m *Mailing) compose(key notify.Key) ([]*email.Message, error) { return m.composeFor(key, false) }

// composeFor is compose; messages for seeds are marked.
func (m *Mailing) composeFor(key notify.Key, seeds bool) ([]*email.Message, error) {
	publisher := m.room.Publisher()
	envelope := email.Envelope{
		From: publisher.ReplyTo, Key: key, Unsubscribe: publisher.Unsubscribe, Seed: seeds,
	}
	messages := make([]*email.Message, 0, len(m.texts))
	for _, t := range m.texts {
		body, err := publisher.Compose(t, m.on)
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

// Preview writes subject and text of the email about a text, as it would be sent
// to somebody without a name.
func (r *Room) Preview(n *notice.Notice, p *policy.Policy, on policy.Date) (string, error) {
	body, err := r.Sample("https://policies.example.com").Compose(rendered.Original(n, p), on)
	if err != nil {
		return "", err
	}
	body = body.For("", "")
	return fmt.Sprintf("Subject: %s\n\n%s", body.Subject, strings.TrimSpace(body.Text)), nil
}
