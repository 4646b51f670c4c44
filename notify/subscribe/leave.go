package subscribe

import (
	"net/http"
	"slices"

	"github.com/codicil/codicil/notify"
)

// leaving returns whom the link in a notice names, and the policy it is about.
func (s *Server) leaving(r *http.Request) (recipient []byte, policy string, ours bool) {
	token := r.FormValue("t")
	for _, p := range slices.Concat(s.Policies, s.Former) {
		// All are tried, so that the time does not tell which it was.
		if who, is := s.Key.ReadToken(notify.Unsubscribe, p.ID, token); is {
			recipient, policy, ours = who, p.ID, true
		}
	}
	return recipient, policy, ours
}

// showLeave shows what the link does, and does nothing: programs that look at
// links must not unsubscribe anybody (RFC 8058, section 3.2).
func (s *Server) showLeave(w http.ResponseWriter, r *http.Request) {
	_, policy, ours := s.leaving(r)
	if !ours {
		s.say(w, r, http.StatusBadRequest, "forged")
		return
	}
	p := s.page(r, "")
	p.Token, p.Policy = r.FormValue("t"), s.title(policy)
	p.show(w, http.StatusOK, "leave.tmpl")
}

// leave ends what a person follows: at the press of the button, or when their
// mail program posts List-Unsubscribe=One-Click. There is nothing to confirm,
// no cookie and no redirect. Doing it twice changes nothing more.
func (s *Server) leave(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	recipient, policy, ours := s.leaving(r)
	if !ours {
		s.say(w, r, http.StatusBadRequest, "forged")
		return
	}
	kind := "gone"
	if r.PostForm.Get("from") == "all" {
		policy, kind = "", "goneall"
	}
	if err := s.Ledger.Leave(r.Context(), recipient, policy, s.ids(), s.Now()); err != nil {
		s.broken(w, r, err)
		return
	}
	p := s.page(r, "")
	p.Kind, p.Policy = kind, s.title(policy)
	p.show(w, http.StatusOK, "said.tmpl")
}
