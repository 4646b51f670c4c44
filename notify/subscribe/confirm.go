package subscribe

import (
	"errors"
	"net/http"

	"github.com/codicil/codicil/notify"
)

// granted opens the token of a request. It answers itself when the token is
// not good.
func (s *Server) granted(w http.ResponseWriter, r *http.Request, purpose string) (grant, bool) {
	g, err := s.seal.open(purpose, r.FormValue("t"))
	switch {
	case errors.Is(err, errExpired):
		s.say(w, r, http.StatusGone, "expired")
	case err != nil:
		s.say(w, r, http.StatusBadRequest, "forged")
	}
	return g, err == nil
}

// showConfirm asks to confirm: programs that look at links in messages press no
// buttons.
func (s *Server) showConfirm(w http.ResponseWriter, r *http.Request) {
	g, ok := s.granted(w, r, toConfirm)
	if !ok {
		return
	}
	p := s.page(r, g.Lang)
	p.Token, p.Email = r.FormValue("t"), g.Email
	p.offer(g.Policies)
	p.show(w, http.StatusOK, "confirm.tmpl")
}

// confirm puts a follower on record. Doing it twice changes nothing more.
func (s *Server) confirm(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	g, ok := s.granted(w, r, toConfirm)
	if !ok {
		return
	}
	f := notify.Follower{Recipient: s.Key.Recipient(g.Email), Email: g.Email, Lang: g.Lang, Policies: g.Policies, Confirmed: s.Now()}
	err := s.Ledger.Follow(r.Context(), f, g.asked())
	if errors.Is(err, notify.ErrLeft) {
		s.say(w, r, http.StatusGone, "left")
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.showRecord(w, r, g, "confirmed")
}

// showRecord shows what a follower follows, and lets them change it.
func (s *Server) showRecord(w http.ResponseWriter, r *http.Request, g grant, kind string) {
	f, err := s.Ledger.Follower(r.Context(), s.Key.Recipient(g.Email))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if f == nil || !f.Left.IsZero() {
		s.say(w, r, http.StatusGone, "left")
		return
	}
	p := s.page(r, f.Lang)
	if p.Token, err = s.seal.token(toChoose, grant{Email: g.Email, Lang: f.Lang}); err != nil {
		s.broken(w, r, err)
		return
	}
	p.Kind, p.Email = kind, g.Email
	p.offer(f.Policies)
	p.show(w, http.StatusOK, "record.tmpl")
}
