package subscribe

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"time"

	"github.com/codicil/codicil/notify"
)

// fault answers a machine.
func fault(w http.ResponseWriter, code int, message string) {
	answerJSON(w, code, map[string]string{"error": message})
}

func answerJSON(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body) // nobody is left to tell
}

// readBody reads what a machine sent, and answers itself when it must not be
// listened to.
func (s *Server) readBody(w http.ResponseWriter, r *http.Request, authentic func(body []byte) bool) ([]byte, bool) {
	body, err := io.ReadAll(r.Body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		fault(w, http.StatusRequestEntityTooLarge, "the body is larger than 512 kB")
	case err != nil:
		fault(w, http.StatusBadRequest, "the body cannot be read")
	case !authentic(body):
		w.Header().Set("WWW-Authenticate", `Basic realm="intake"`)
		fault(w, http.StatusUnauthorized, "sign the request, or send the key as bearer token or password")
	default:
		return body, true
	}
	return nil, false
}

// takeReturns takes what a relay reports.
func (s *Server) takeReturns(w http.ResponseWriter, r *http.Request) {
	mapping, ok := s.mapping(r.PathValue("relay"))
	if !ok {
		fault(w, http.StatusNotFound, "no relay of that name is known")
		return
	}
	body, ok := s.readBody(w, r, func(body []byte) bool {
		if name := r.PathValue("relay"); s.Keys.signs(name) && s.Keys.verify(r.Context(), name, r.Header, body, s.Now()) == nil {
			return true
		}
		return s.authentic(s.IntakeKey, r, body)
	})
	if !ok {
		return
	}
	reports, address, err := mapping.read(body)
	if err != nil {
		fault(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	if address != "" {
		// It is for people to open: this server calls nobody whom a request names.
		s.Log.Warn("the relay asks to be confirmed once", "open", address)
	}
	taken := 0
	for _, report := range reports {
		back, known := s.returned(report)
		if !known {
			continue
		}
		if _, err := s.Ledger.RecordBounce(r.Context(), back); err != nil {
			s.Log.Error("the ledger does not answer", "why", err.Error())
			fault(w, http.StatusServiceUnavailable, "the report is not recorded; send it again")
			return
		}
		taken++
	}
	answerJSON(w, http.StatusOK, map[string]int{"taken": taken, "ignored": len(reports) - taken})
}

// returned says whom a report is about: by our own signed return path where the
// relay repeats it, else by the address.
func (s *Server) returned(r report) (notify.Bounce, bool) {
	address, err := notify.Normalise(r.email)
	if err != nil {
		return notify.Bounce{}, false
	}
	return notify.Bounce{
		Recipient: s.Key.Recipient(address), Complaint: r.complaint, Status: r.status, Reason: r.reason, Time: s.Now(),
	}, true
}

// acknowledgement is what the operator's own server sends.
type acknowledgement struct {
	Subject string    `json:"subject"` // as the operator names the person; kept as keyed hash
	Policy  string    `json:"policy"`
	Version string    `json:"version"` // label
	SHA256  string    `json:"sha256"`  // of the text that was shown
	Shown   string    `json:"shown"`   // banner, popup, page
	Time    time.Time `json:"time"`    // now when it is missing
}

// acknowledged is the answer.
type acknowledged struct {
	First bool   `json:"first"`           // whether it is the first of the person for the version
	Since string `json:"since,omitempty"` // address of what changed since then, whenever it is opened
}

var hex64 = regexp.MustCompile(`^[0-9a-f]{64}$`)

// acknowledge records that a person was shown a version and closed the notice.
func (s *Server) acknowledge(w http.ResponseWriter, r *http.Request) {
	body, ok := s.readBody(w, r, func(body []byte) bool { return s.authentic(s.AcknowledgeKey, r, body) })
	if !ok {
		return
	}
	var a acknowledgement
	if err := json.Unmarshal(body, &a); err != nil {
		fault(w, http.StatusBadRequest, "the body is not a JSON object with subject, policy, version, sha256, shown and time")
		return
	}
	if why := s.wrong(&a); why != "" {
		fault(w, http.StatusUnprocessableEntity, why)
		return
	}
	first, err := s.Ledger.Acknowledge(r.Context(), notify.Acknowledgement{
		Subject: s.Key.Subject(a.Subject), Policy: a.Policy, Label: a.Version, Digest: a.SHA256, Shown: a.Shown, Time: s.Now(), // by our clock, not by theirs
	})
	if err != nil {
		s.Log.Error("the ledger does not answer", "why", err.Error())
		fault(w, http.StatusServiceUnavailable, "it is not recorded; send it again")
		return
	}
	code := http.StatusOK
	if first {
		code = http.StatusCreated
	}
	said := acknowledged{First: first}
	if s.Since != nil {
		said.Since = s.Since(a.Policy, a.Version)
	}
	answerJSON(w, code, said)
}

// wrong says what is wrong with an acknowledgement; nothing when it is good.
func (s *Server) wrong(a *acknowledgement) string {
	now := s.Now()
	if a.Time.IsZero() {
		a.Time = now
	}
	var digest string
	var published bool
	if s.Digest != nil {
		digest, published = s.Digest(a.Policy, a.Version)
	}
	switch {
	case a.Subject == "" || len(a.Subject) > 512:
		return "subject must name the person, in 512 octets or less"
	case !hex64.MatchString(a.SHA256):
		return "sha256 must be 64 hexadecimal digits"
	case !published:
		return "that version was never published"
	case digest != a.SHA256:
		return "sha256 is not that of the version: another text was shown"
	case a.Shown != "banner" && a.Shown != "popup" && a.Shown != "page":
		return "shown must be banner, popup or page"
	case a.Time.After(now.Add(ReplayWindow)):
		return "time lies in the future"
	case a.Time.Before(time.Unix(0, 0)):
		return "time is not one at which versions were published"
	}
	return ""
}
