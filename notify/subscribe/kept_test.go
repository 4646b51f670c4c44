package subscribe

import (
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

// kept returns the letters that wait, at a moment some time on.
func (s *stage) kept(later time.Duration) []notify.KeptLetter {
	s.t.Helper()
	list, err := s.ledger.DueLetters(s.t.Context(), noon.Add(later))
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func TestALetterSurvivesAServerThatPutsItOff(t *testing.T) {
	s := newStage(t, nil)
	ada := notify.Recipient{Email: "ada@example.org", Lang: "en"}
	s.post.keep(ada, notify.Letter{ID: "confirm", Lang: "en", Subject: "Please confirm", Text: "t"}, "450 greylisted")
	if got := s.kept(0); len(got) != 0 {
		t.Errorf("a letter is tried again at once: %+v", got)
	}
	waiting := s.kept(2 * time.Minute)
	if len(waiting) != 1 || waiting[0].To != ada || waiting[0].Letter.Subject != "Please confirm" {
		t.Fatalf("kept are %+v", waiting)
	}
	s.box.faults = []error{&notify.SendError{Stage: notify.StageRcpt, Code: 450}}
	s.post.tryKept(waiting[0])
	if got := s.kept(2 * time.Minute); len(s.box.all()) != 0 || len(got) != 1 || got[0].Attempts != 1 {
		t.Errorf("after another refusal for now: %+v, %d sent", got, len(s.box.all()))
	}
	s.post.tryKept(waiting[0])
	if got := s.kept(100 * time.Hour); len(got) != 0 || len(s.box.all()) != 1 {
		t.Errorf("after it was taken: %+v, %d sent", got, len(s.box.all()))
	}
}

func TestALetterToWhomWasErasedIsDropped(t *testing.T) {
	s := newStage(t, nil)
	s.post.keep(notify.Recipient{Email: "ada@example.org", Lang: "en"}, notify.Letter{ID: "confirm", Lang: "en"}, "away")
	if _, err := s.ledger.Erase(t.Context(), testKey.Recipient("ada@example.org"), nil, noon); err != nil {
		t.Fatal(err)
	}
	if got := s.kept(time.Hour); len(got) != 0 {
		t.Errorf("the address is kept: %+v", got)
	}
}
