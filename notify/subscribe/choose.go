package subscribe

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/codicil/codicil/notify"
)

func (s *Server) showChoice(w http.ResponseWriter, r *http.Request) {
	if g, ok := s.granted(w, r, toChoose); ok {
		s.showRecord(w, r, g, "record")
	}
}

// choose does what a follower asks for on the page of their record.
func (s *Server) choose(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	g, ok := s.granted(w, r, toChoose)
	if !ok {
		return
	}
	recipient := s.Key.Recipient(g.Email)
	switch r.PostForm.Get("do") {
	case "export":
		s.export(w, r, g)
	case "leave":
		s.end(w, r, "goneall", s.Ledger.Leave(r.Context(), recipient, "", s.ids(), s.Now()))
	case "erase":
		_, err := s.Ledger.Erase(r.Context(), recipient, s.ids(), s.Now())
		s.end(w, r, "erased", err)
	default:
		s.save(w, r, g)
	}
}

// end says that somebody left.
func (s *Server) end(w http.ResponseWriter, r *http.Request, kind string, err error) {
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.say(w, r, http.StatusOK, kind)
}

func (s *Server) save(w http.ResponseWriter, r *http.Request, g grant) {
	lang := s.page(r, r.PostForm.Get("lang")).Lang
	policies, ok := s.chosen(r)
	if !ok {
		p := s.page(r, lang)
		p.Token, p.Email, p.Kind, p.Faults = r.PostForm.Get("t"), g.Email, "record", []string{"policy"}
		p.offer(nil)
		p.show(w, http.StatusUnprocessableEntity, "record.tmpl")
		return
	}
	if _, err := s.Ledger.Choose(r.Context(), s.Key.Recipient(g.Email), lang, policies, s.Now()); err != nil {
		s.broken(w, r, err)
		return
	}
	s.showRecord(w, r, g, "saved")
}

// record is all that is kept of a follower, as they get it.
type record struct {
	Email        string     `json:"email"`
	Lang         string     `json:"lang"`
	Policies     []string   `json:"policies"`
	Confirmed    string     `json:"confirmed,omitempty"`
	Left         string     `json:"left,omitempty"`
	Suppressions []withheld `json:"suppressions"`
}

type withheld struct {
	Policy string `json:"policy,omitempty"` // none for all mail
	Reason string `json:"reason"`
	Time   string `json:"time"`
}

// export gives a follower all that is kept of them (GDPR, articles 15 and 20).
func (s *Server) export(w http.ResponseWriter, r *http.Request, g grant) {
	recipient := s.Key.Recipient(g.Email)
	f, err := s.Ledger.Follower(r.Context(), recipient)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	list, err := s.Ledger.Suppressions(r.Context(), notify.SuppressionFilter{Recipient: recipient})
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if f == nil {
		f = &notify.Follower{}
	}
	out := record{Email: f.Email, Lang: f.Lang, Policies: append([]string{}, f.Policies...), Confirmed: moment(f.Confirmed), Left: moment(f.Left), Suppressions: []withheld{}}
	for _, x := range list {
		out.Suppressions = append(out.Suppressions, withheld{x.Policy, x.Reason, moment(x.Time)})
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="record.json"`)
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	_ = e.Encode(out) // nobody is left to tell
}

// moment writes a time as RFC 3339 has it; nothing for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
