package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// What a person may write about a decision, in bytes.
const maxDecision = 16 << 10

// choice is one severity that a person can decide for.
type choice struct {
	Severity policy.Severity
	Key      string // that decides for it
	Meaning  string
}

// choices are the severities, the gravest first.
func choices() []choice {
	return []choice{
		{policy.Major, "1", "a right, duty, price or practice changes"},
		{policy.Minor, "2", "substance, but nobody would act differently"},
		{policy.Editorial, "3", "other words, the same rule"},
	}
}

// Choices returns what a person can decide for.
func (e *entry) Choices() []choice { return choices() }

// Undecided reports whether the change waits for a person's word.
func (e *entry) Undecided() bool {
	return e.Pending && e.Assessment != nil && e.Assessment.Undecided && e.Assessment.Declared == nil
}

// Decided is what the front matter says: empty where nobody has decided.
func (e *entry) Decided() string {
	if e.Assessment == nil || e.Assessment.Declared == nil {
		return ""
	}
	return e.Assessment.Declared.String()
}

// deciding is how many sentences a person reads before a decision.
const deciding = 3

// Deciding lists the reasons of the rules that decide.
func (e *entry) Deciding() []materiality.Reason {
	reasons := e.Assessment.Reasons
	if e.Opinion != nil {
		reasons, _ = e.Opinion.Deciding()
	}
	return reasons[:min(deciding, len(reasons))]
}

// SecondDeciding lists those of the second reader.
func (e *entry) SecondDeciding() []materiality.Reason {
	if e.Opinion == nil {
		return nil
	}
	var list []materiality.Reason
	_, reasons := e.Opinion.Deciding()
	for _, r := range reasons {
		list = append(list, r.AsReason())
	}
	return list
}

// WhoDecides is the name that a decision is recorded under unless another is
// given.
func (e *entry) WhoDecides() string {
	if by := e.Front().ApprovedBy; by != "" {
		return by
	}
	return e.Editor
}

// WhyDecided is the reason that is recorded unless another is given: that the
// sentences were read, and where they are.
func (e *entry) WhyDecided() string {
	if reason := e.Front().ChangeReason; reason != "" {
		return reason
	}
	var clauses []string
	for _, r := range append(e.Deciding(), e.SecondDeciding()...) {
		if name := strings.TrimSpace(r.Clause); name != "" && !strings.Contains(strings.Join(clauses, ", "), name) {
			clauses = append(clauses, name)
		}
	}
	if len(clauses) == 0 {
		return "Read side by side with the text before."
	}
	return "Read side by side with the text before: " + strings.Join(clauses, ", ") + "."
}

// Front is the front matter of the text that is decided on.
func (e *entry) Front() policy.FrontMatter {
	if e.Policy == nil || len(e.Policy.Versions) == 0 {
		return policy.FrontMatter{}
	}
	return e.Policy.Versions[0].Front
}

// decide records a person's word in the text of the work tree: the text that
// the page showed, and no other.
func (s *Server) decide(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxDecision)
	d, err := decision(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	id := r.PathValue("id")
	if s.o.Decide == nil || !s.pending(id) {
		http.Error(w, "nothing waits for a decision here", http.StatusConflict)
		return
	}
	if err := s.o.Decide(r.Context(), id, r.PostFormValue("seen"), d); err != nil {
		message := err.Error()
		if hint := policy.Hint(err); hint != "" {
			message += "\n\n" + hint
		}
		http.Error(w, message, http.StatusConflict)
		return
	}
	s.Refresh(r.Context())
	http.Redirect(w, r, Path+url.PathEscape(id)+"/#desk.decide", http.StatusSeeOther)
}

// decision reads what a person has decided.
func decision(r *http.Request) (policy.Decision, error) {
	if err := r.ParseForm(); err != nil {
		return policy.Decision{}, fmt.Errorf("the decision cannot be read: %w", err)
	}
	word := r.PostFormValue("change")
	if word == "back" {
		return policy.Decision{}, nil
	}
	severity, err := policy.ParseSeverity(word)
	if err != nil || severity < policy.Editorial {
		return policy.Decision{}, fmt.Errorf("%q is no decision: it is editorial, minor or major", word)
	}
	d := policy.Decision{Change: &severity, Reason: oneLine(r.PostFormValue("reason")), By: oneLine(r.PostFormValue("by"))}
	if d.Reason == "" || d.By == "" {
		return d, fmt.Errorf("say who decides, and why: both are put on record")
	}
	return d, nil
}

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// pending reports whether a policy has a change that is not published.
func (s *Server) pending(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.desk {
		if e.ID() == id {
			return e.Pending
		}
	}
	return false
}
