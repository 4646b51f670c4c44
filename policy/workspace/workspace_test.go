package workspace

import (
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/review"
)

// with returns a workspace whose only policy was published at a moment.
func with(published, now time.Time) *Workspace {
	p := &policy.Policy{ID: "lease", Versions: []*policy.Version{{Label: "1.0", Published: published}}}
	return &Workspace{History: &history.History{Policies: []*policy.Policy{p}}, Clock: func() time.Time { return now }}
}

func TestAClockBeforeTheNewestTextIsWrong(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	for ahead, want := range map[time.Duration]review.State{-24 * time.Hour: review.Fine, 30 * time.Minute: review.Fine, 25 * time.Hour: review.Amiss} {
		if got := with(now.Add(ahead), now).clock(); got.State != want {
			t.Errorf("a text published %v from now: %s, want %s", ahead, got.State, want)
		}
	}
}

func TestTheLanguageOfAPairIsThatOfTheNewerText(t *testing.T) {
	t.Parallel()
	doc := func(lang string) *policy.Document { return &policy.Document{Front: policy.FrontMatter{Lang: lang}} }
	for name, c := range map[string]struct {
		pair Pair
		want string
	}{
		"what its front matter says":      {Pair{Lang: "en", Before: Side{Doc: doc("es")}, After: Side{Doc: doc("de")}}, "de"},
		"else that of the policy":         {Pair{Lang: "fr", Before: Side{Doc: doc("es")}, After: Side{Doc: doc("")}}, "fr"},
		"of a text that is gone, its own": {Pair{Lang: "fr", Before: Side{Doc: doc("es")}}, "es"},
		"of no text, that of the policy":  {Pair{Lang: "fr"}, "fr"},
		"nothing where nothing is known":  {Pair{Before: Side{Doc: doc("")}, After: Side{Doc: doc("")}}, ""},
	} {
		if got := c.pair.Language(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
