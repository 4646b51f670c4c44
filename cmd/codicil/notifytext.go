package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	rendered "github.com/codicil/codicil/render/email"
)

// wording is the notice in one language.
type wording struct {
	lang   string         // of the message
	notice *notice.Notice // with the redline and the summary of the text
	page   string         // id under which the site has the text
	file   string         // of the text, for errors
}

// wordings returns the notice in each language that there is a text in: the
// original first, then its translations that carry the same version, then the
// languages that the configuration asks for besides, which quote the original.
func (m *mailing) wordings(p *policy.Policy, w *workspace) ([]wording, error) {
	list := []wording{{m.notice.Lang, m.notice, p.ID, m.version.Path}}
	for _, q := range w.history.Policies {
		v := q.Lookup(m.version.Label)
		if q.TranslationOf != p.ID || v == nil || q.Lang == "" || q.Previous(v) == nil {
			continue
		}
		c, err := w.compare(q, v)
		if err != nil {
			return nil, err
		}
		translated := *m.notice
		translated.Title, translated.Lang, translated.Redline = q.Title, q.Lang, c.Redline
		translated.Previous, translated.Summary = q.Previous(v).Label, v.Front.Summary
		list = append(list, wording{q.Lang, &translated, q.ID, v.Path})
	}
	for _, lang := range w.config.Email.Languages {
		if !slices.ContainsFunc(list, func(t wording) bool { return strings.EqualFold(t.lang, lang) }) {
			list = append(list, wording{lang, m.notice, p.ID, m.version.Path})
		}
	}
	return list, nil
}

// languages are those of the wordings.
func (m *mailing) languages() []string {
	tags := make([]string, len(m.texts))
	for i, t := range m.texts {
		tags[i] = t.lang
	}
	return tags
}

// compose writes the message once for all its recipients, in each language.
func (a *app) compose(m *mailing, key notify.Key) ([]*email.Message, error) {
	messages := make([]*email.Message, 0, len(m.texts))
	for _, t := range m.texts {
		message, err := a.composeIn(m, t, key)
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
	}
	return messages, nil
}

func (a *app) composeIn(m *mailing, t wording, key notify.Key) (*email.Message, error) {
	if t.notice.Summary == "" && m.notice.Summary != "" {
		return nil, hinted(fmt.Errorf("%s: the translation has no summary to tell people", t.file), "write `summary:` in its front matter, in its language")
	}
	cfg := m.workspace.config
	templates, err := cfg.emailTemplates(t.lang)
	if err != nil {
		return nil, err
	}
	o := rendered.Options{
		Policy:  m.link(t.page, t.notice.Label+"/"), // the page of the policy shows the present text
		Compare: m.link(t.page, "compare/"+t.notice.Previous+"..."+t.notice.Label+"/"),
		Sender:  cfg.Title, ReplyTo: cfg.Email.From, On: a.today(), Unsubscribe: cfg.Email.Unsubscribe,
		Actions: cfg.Email.Actions[t.lang], Lang: t.lang, Templates: templates,
	}
	if faults := notice.Neutral(m.notice, cfg.file, o.Actions); len(faults) > 0 {
		return nil, faults[0]
	}
	body, err := rendered.Compose(t.notice, o)
	if err != nil {
		return nil, err
	}
	return email.Compose(t.notice, body, email.Envelope{
		From: cfg.Email.From, Date: m.notice.Announced.Time(), Key: key, Unsubscribe: cfg.Email.Unsubscribe,
	})
}

// emailTemplates reads the templates of a language; nil when there are none of
// the publisher's own.
func (c *config) emailTemplates(lang string) (*rendered.Templates, error) {
	if c.Email.Templates == "" {
		return nil, nil
	}
	folder := c.path(c.Email.Templates)
	if _, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("email.templates: %w", err)
	}
	var parts [2]rendered.Template
	for i, end := range []string{".txt.tmpl", ".html.tmpl"} {
		for _, name := range []string{"email." + lang + end, "email" + end} {
			text, err := os.ReadFile(filepath.Join(folder, name))
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

// link returns the address of a page of a policy.
func (m *mailing) link(id, page string) string {
	if m.workspace.config.BaseURL == "" {
		return ""
	}
	return strings.TrimRight(m.workspace.config.BaseURL, "/") + "/" + id + "/" + page
}
