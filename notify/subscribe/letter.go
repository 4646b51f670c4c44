package subscribe

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/codicil/codicil/notify"
)

// letter writes the message with the link that a grant gives.
func (s *Server) letter(p *page, purpose string, g grant) (notify.Letter, error) {
	token, err := s.seal.token(purpose, g)
	if err != nil {
		return notify.Letter{}, err
	}
	name, good := "/confirm?t=", "letter.confirm"
	if purpose == toChoose {
		name, good = "/preferences?t=", "letter.choose"
	}
	link := s.URL + name + url.QueryEscape(token)
	data := struct {
		*page
		Kind, Link string
		Titles     []string
	}{p, good, link, nil}
	for _, id := range g.Policies {
		if id != notify.AllPolicies {
			data.Titles = append(data.Titles, s.title(id))
		}
	}
	var html bytes.Buffer
	if err := s.pages.templates.ExecuteTemplate(&html, "letter.tmpl", data); err != nil {
		return notify.Letter{}, err
	}
	lines := []string{p.Say(good + ".lead"), ""}
	for _, title := range data.Titles {
		lines = append(lines, "- "+title)
	}
	if len(data.Titles) > 0 {
		lines = append(lines, "")
	} else if purpose == toConfirm {
		lines = append(lines, "- "+p.Say("all"), "")
	}
	lines = append(lines, p.Say(good+".link"), link, "", p.Say(good+".not"), "", s.Title)
	if s.Site != "" {
		lines = append(lines, s.Site)
	}
	return notify.Letter{
		ID: token[:24], Lang: p.Lang, Subject: p.Sayf(good+".subject", s.Title), Text: strings.Join(lines, "\n") + "\n", HTML: html.String(),
	}, nil
}
