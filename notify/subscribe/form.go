package subscribe

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/codicil/codicil/notify"
)

// readForm reads what was sent. It answers itself when that cannot be read.
func (s *Server) readForm(w http.ResponseWriter, r *http.Request) bool {
	err := r.ParseForm()
	if err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(maxForm)
	}
	if err == nil {
		return true
	}
	// Whoever reads the words of the page must not trip over the same body.
	r.Form, r.PostForm = r.URL.Query(), url.Values{}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		s.say(w, r, http.StatusRequestEntityTooLarge, "large")
	} else {
		s.say(w, r, http.StatusBadRequest, "unreadable")
	}
	return false
}

func (s *Server) showForm(w http.ResponseWriter, r *http.Request) {
	p := s.page(r, "")
	on := []string{}
	if id := r.FormValue("policy"); slices.Contains(s.ids(), id) {
		on = append(on, id)
	} else {
		on = append(on, notify.AllPolicies)
	}
	p.offer(on)
	p.show(w, http.StatusOK, "form.tmpl")
}

// chosen returns what a form asks to follow, in the one form in which the
// ledger knows it, and whether all of it exists.
func (s *Server) chosen(r *http.Request) ([]string, bool) {
	var list []string
	for _, id := range r.PostForm["policy"] {
		if id != notify.AllPolicies && !slices.Contains(s.ids(), id) {
			return nil, false
		}
		list = append(list, id)
	}
	if slices.Contains(list, notify.AllPolicies) {
		return []string{notify.AllPolicies}, true
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return list, len(list) > 0
}

// subscribe takes what somebody asks for, and lets a letter go to the address.
// The answer is the same whoever the address belongs to.
func (s *Server) subscribe(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	p := s.page(r, r.PostForm.Get("lang"))
	address, bad := notify.Normalise(r.PostForm.Get("email"))
	policies, ok := s.chosen(r)
	if bad != nil {
		p.Faults = append(p.Faults, "email")
	}
	if !ok {
		p.Faults = append(p.Faults, "policy")
	}
	if len(p.Faults) > 0 {
		p.Email = shortened(r.PostForm.Get("email"))
		p.offer(r.PostForm["policy"])
		p.show(w, http.StatusUnprocessableEntity, "form.tmpl")
		return
	}
	g := grant{Email: address, Lang: p.Lang, Policies: policies}
	s.write(w, r, p, letter{to: notify.Recipient{Email: address, Lang: p.Lang}, compose: func() (notify.Letter, error) {
		return s.letter(p, toConfirm, g)
	}})
}

// write hands a letter over and says that it will come.
func (s *Server) write(w http.ResponseWriter, r *http.Request, p *page, l letter) {
	if !s.networks.take(s.network(r)) || !s.post.hand(l) {
		w.Header().Set("Retry-After", "3600")
		s.say(w, r, http.StatusTooManyRequests, "busy")
		return
	}
	p.Kind = "sent"
	switch {
	case l.kind != "":
		p.Kind = l.kind
	case l.known:
		p.Kind = "linked"
	}
	p.show(w, http.StatusOK, "said.tmpl")
}

// shortened is what of a wrong address the form shows again.
func shortened(email string) string {
	if len(email) > 320 {
		email = strings.ToValidUTF8(email[:320], "")
	}
	return email
}

func (s *Server) showLink(w http.ResponseWriter, r *http.Request) {
	s.page(r, "").show(w, http.StatusOK, "link.tmpl")
}

// addressIn reads the address of a form that asks for nothing else. Where it is none,
// the page says so.
func addressIn(r *http.Request, p *page) (string, bool) {
	address, err := notify.Normalise(r.PostForm.Get("email"))
	if err != nil {
		p.Faults, p.Email = []string{"email"}, shortened(r.PostForm.Get("email"))
	}
	return address, err == nil
}

// sendLink lets a letter with the link to their record go to a follower. Who
// follows nothing gets none; the answer is the same.
func (s *Server) sendLink(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	p := s.page(r, r.PostForm.Get("lang"))
	address, ok := addressIn(r, p)
	if !ok {
		p.show(w, http.StatusUnprocessableEntity, "link.tmpl")
		return
	}
	s.write(w, r, p, letter{to: notify.Recipient{Email: address, Lang: p.Lang}, known: true, compose: func() (notify.Letter, error) {
		return s.letter(p, toChoose, grant{Email: address, Lang: p.Lang})
	}})
}
