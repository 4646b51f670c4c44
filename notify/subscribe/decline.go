package subscribe

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
)

// offers lists what can, or could, be declined.
func (s *Server) offers() []Offer {
	if s.Offers == nil {
		return nil
	}
	return s.Options.Offers()
}

// declining returns whom the link in a notice names, and the version that they may
// decline by it.
func (s *Server) declining(r *http.Request) (recipient []byte, offer Offer, ours bool) {
	token := r.FormValue("t")
	for _, o := range s.offers() {
		// All are tried, so that the time does not tell which it was.
		if who, is := s.Key.ReadToken(notify.Decline, o.Version, token); is {
			recipient, offer, ours = who, o, true
		}
	}
	return recipient, offer, ours
}

// open lists the offers that are not over.
func (s *Server) openOffers() (list []Offer) {
	for _, o := range s.offers() {
		if s.Now().Before(o.End) {
			list = append(list, o)
		}
	}
	return list
}

// showDecline shows what the link does, and does nothing: programs that look at
// links in messages decline for nobody. Without a token it offers to send one.
func (s *Server) showDecline(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("t") == "" {
		s.offerLink(w, r, s.page(r, ""), http.StatusOK)
		return
	}
	recipient, offer, ours := s.declining(r)
	if !ours {
		s.say(w, r, http.StatusBadRequest, "forged")
		return
	}
	at, err := s.Ledger.Declined(r.Context(), offer.Version, recipient)
	switch {
	case err != nil:
		s.broken(w, r, err)
	case !at.IsZero():
		s.sayOffer(w, r, http.StatusOK, "declined", offer, policy.DateOf(at))
	case !s.Now().Before(offer.End):
		s.sayOffer(w, r, http.StatusGone, "declinelate", offer, offer.Until)
	default:
		p := s.page(r, "")
		p.Token, p.Offer = r.FormValue("t"), &offer
		p.show(w, http.StatusOK, "decline.tmpl")
	}
}

// decline records that somebody declined, at the press of the button. Doing it
// twice changes nothing more, and the first time counts.
func (s *Server) decline(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	recipient, offer, ours := s.declining(r)
	if !ours {
		s.say(w, r, http.StatusBadRequest, "forged")
		return
	}
	at, err := s.Ledger.Declined(r.Context(), offer.Version, recipient)
	if err == nil && at.IsZero() {
		if !s.Now().Before(offer.End) {
			s.sayOffer(w, r, http.StatusGone, "declinelate", offer, offer.Until)
			return
		}
		at, _, err = s.Ledger.Decline(r.Context(), notify.Refusal{Recipient: recipient, Version: offer.Version, Time: s.Now()})
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.sayOffer(w, r, http.StatusOK, "declined", offer, policy.DateOf(at))
}

// sayOffer answers with a page that says something of an offer and a day.
func (s *Server) sayOffer(w http.ResponseWriter, r *http.Request, code int, kind string, o Offer, day policy.Date) {
	p := s.page(r, "")
	p.Kind, p.Offer, p.Day = kind, &o, day
	p.show(w, code, "declinesaid.tmpl")
}

// offerLink shows the form by which people ask for their link.
func (s *Server) offerLink(w http.ResponseWriter, r *http.Request, p *page, code int) {
	p.Offers = s.openOffers()
	for i, o := range p.Offers {
		if o.Version == r.FormValue("v") {
			p.Offers = p.Offers[i : i+1]
			break
		}
	}
	if len(p.Offers) == 0 {
		s.say(w, r, http.StatusNotFound, "nooffer")
		return
	}
	p.show(w, code, "declinelink.tmpl")
}

// sendDeclineLink lets a letter with their link go to an address. The answer is the
// same whoever the address belongs to.
func (s *Server) sendDeclineLink(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	p := s.page(r, r.PostForm.Get("lang"))
	address, ok := addressIn(r, p)
	if !ok {
		s.offerLink(w, r, p, http.StatusUnprocessableEntity)
		return
	}
	for _, o := range s.openOffers() {
		if o.Version == r.PostForm.Get("v") {
			s.write(w, r, p, letter{to: notify.Recipient{Email: address, Lang: p.Lang}, kind: "declinesent", compose: func() (notify.Letter, error) {
				return s.declineLetter(p, o, address)
			}})
			return
		}
	}
	s.say(w, r, http.StatusNotFound, "nooffer")
}

// declineLetter writes the letter with the link by which one person declines.
func (s *Server) declineLetter(p *page, o Offer, address string) (notify.Letter, error) {
	token := s.Key.Token(notify.Decline, o.Version, s.Key.Recipient(address))
	link := s.URL + "/decline?t=" + url.QueryEscape(token)
	data := struct {
		*page
		Kind, Link string
		Titles     []string
	}{p, "letter.decline", link, []string{o.Title + ", " + o.Label}}
	var html bytes.Buffer
	if err := s.pages.templates.ExecuteTemplate(&html, "letter.tmpl", data); err != nil {
		return notify.Letter{}, err
	}
	lines := []string{p.Say("letter.decline.lead"), "", "- " + data.Titles[0], "", p.Say("letter.decline.link"), link, "", p.Say("letter.decline.not"), "", s.Title}
	return notify.Letter{
		ID: token[:24], Lang: p.Lang, Subject: p.Sayf("letter.decline.subject", s.Title), Text: strings.Join(lines, "\n") + "\n", HTML: html.String(),
	}, nil
}
