package reading_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/redline"
)

const before = `# Club rules

## 1. Lockers

1.1 We keep what is left in a locker for 60 days.

1.2 A locker costs EUR 4 a month.

## 2. Guests

| Guest | Pool | Sauna |
|---|---|---|
| Child | yes | no |
| Adult | yes | yes |
`

var after = strings.NewReplacer("60 days", "10 days", "costs EUR 4", "is EUR 4", "| Child | yes | no |", "| Child | yes | yes |").Replace(before)

func compared(t testing.TB, before, after string) *redline.Redline {
	t.Helper()
	var docs []*policy.Document
	for _, text := range []string{before, after} {
		doc, err := policy.Parse("club.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return redline.Compare(docs[0], docs[1])
}

func TestAQuestionShowsEachChangeWithItsPlace(t *testing.T) {
	q := reading.New(compared(t, before, after), reading.DefaultRoom)
	want := []reading.Passage{
		{Number: 1, Kind: redline.Edited, Clause: "1.1", Under: "1 Lockers",
			Before: "1.1 We keep what is left in a locker for 60 days.", After: "1.1 We keep what is left in a locker for 10 days."},
		{Number: 2, Kind: redline.Edited, Clause: "1.2", Under: "1 Lockers", Before: "1.2 A locker costs EUR 4 a month.", After: "1.2 A locker is EUR 4 a month."},
		{Number: 3, Kind: redline.Edited, Clause: "2 Guests", Under: "2 Guests", Table: "Child / Sauna", Before: "no", After: "yes"},
	}
	for i := range q.Passages {
		q.Passages[i].Under = strings.ReplaceAll(q.Passages[i].Under, "Club rules › ", "")
	}
	if d := cmp.Diff(want, q.Passages); d != "" {
		t.Error(d)
	}
}

func TestAQuestionWithoutRoomCountsWhatItLeavesOut(t *testing.T) {
	q := reading.New(compared(t, before, after), 100)
	if len(q.Passages) != 1 || q.Unread != 2 {
		t.Errorf("%d changes asked about and %d unread, want 1 and 2", len(q.Passages), q.Unread)
	}
}

func TestWhatIsAskedDependsOnNothingButTheTexts(t *testing.T) {
	a, b := reading.New(compared(t, before, after), 1000), reading.New(compared(t, before, after), 1000)
	if a.Digest() != b.Digest() {
		t.Error("the same texts make two questions")
	}
	if other := reading.New(compared(t, before, after+"\nMore.\n"), 1000); other.Digest() == a.Digest() {
		t.Error("other texts make the same question")
	}
}

// point is a reason as a reader gives it.
type point struct {
	Change   int    `json:"change"`
	Severity string `json:"severity"`
	Category string `json:"category"`
	Before   string `json:"before"`
	After    string `json:"after"`
	Why      string `json:"why"`
}

var true1 = point{1, "major", "transfer-retention", "for 60 days", "for 10 days", "Things are kept for less time."}

func answered(t testing.TB, summary string, points ...point) []byte {
	t.Helper()
	text, err := json.Marshal(map[string]any{"severity": "none", "categories": []string{"fees"}, "reasons": points, "summary": summary})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestOnlyWhatQuotationsBearOutIsBelieved(t *testing.T) {
	other := func(change func(*point)) point { p := true1; change(&p); return p }
	for name, tt := range map[string]struct {
		point point
		why   string // it is dropped; empty when it is believed
	}{
		"as it stands":                    {true1, ""},
		"white space folded":              {other(func(p *point) { p.Before = "for  60\ndays" }), ""},
		"only what came":                  {other(func(p *point) { p.Before = "" }), ""},
		"a cell of a table":               {point{3, "minor", "service", "no", "yes", "Children may use the sauna."}, ""},
		"invented words":                  {other(func(p *point) { p.After = "for 5 days" }), `"for 5 days" is not in the new text of change 1`},
		"the sides exchanged":             {other(func(p *point) { p.Before, p.After = p.After, p.Before }), `"for 10 days" is not in the old text of change 1`},
		"words that stayed":               {other(func(p *point) { p.Before, p.After = "in a locker", "in a locker" }), "the words that it quotes are on both sides of change 1"},
		"one word that stayed":            {other(func(p *point) { p.Before, p.After = "", "locker" }), "the words that it quotes are on both sides of change 1"},
		"nothing quoted":                  {other(func(p *point) { p.Before, p.After = "", " " }), "it quotes nothing"},
		"a change that is not there":      {other(func(p *point) { p.Change = 9 }), "there is no change 9"},
		"a category that is not there":    {other(func(p *point) { p.Category = "weather" }), `"weather" is not a category`},
		"a severity that is not there":    {other(func(p *point) { p.Severity = "catastrophic" }), `"catastrophic" is not a severity`},
		"a major change without category": {other(func(p *point) { p.Category = "" }), `"" is not a category`},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := reading.Verify(reading.New(compared(t, before, after), reading.DefaultRoom), answered(t, "", tt.point))
			if tt.why == "" {
				if err != nil || len(r.Reasons) != 1 || len(r.Dropped) != 0 {
					t.Errorf("err %v, %+v", err, r)
				}
				return
			}
			if !errors.Is(err, reading.ErrNoAnswer) || len(r.Dropped) != 1 || r.Dropped[0].Why != tt.why {
				t.Errorf("err %v, dropped %+v, want %q", err, r.Dropped, tt.why)
			}
		})
	}
}

func TestTheReasonsDecideNotWhatTheAnswerClaims(t *testing.T) {
	q := reading.New(compared(t, before, after), reading.DefaultRoom)
	r, err := reading.Verify(q, answered(t, "You have 10 days.", point{2, "editorial", "", "costs", "is", "Other words."}, true1))
	if err != nil {
		t.Fatal(err)
	}
	if r.Severity != policy.Major || r.Reasons[0].Change != 1 || r.Reasons[0].Clause != "1.1" {
		t.Errorf("severity %s, first %+v", r.Severity, r.Reasons[0])
	}
	if d := cmp.Diff([]materiality.Category{materiality.TransferRetention}, r.Categories); d != "" {
		t.Error(d)
	}
}

func TestAMovedClauseMayBeQuotedAsItStands(t *testing.T) {
	was := "# A\n\n## We never sell\n\nYour health records from the clinic near the river.\n\nYour name and the address you gave us.\n\n## We sell\n\nNothing else than the list of the towns we work in.\n"
	now := "# A\n\n## We never sell\n\nYour name and the address you gave us.\n\n## We sell\n\nNothing else than the list of the towns we work in.\n\nYour health records from the clinic near the river.\n"
	q := reading.New(compared(t, was, now), reading.DefaultRoom)
	if len(q.Passages) != 1 || !strings.HasSuffix(q.Passages[0].Under, "We sell") || !strings.HasSuffix(q.Passages[0].WasUnder, "We never sell") {
		t.Fatalf("%+v", q.Passages)
	}
	if _, err := reading.Verify(q, answered(t, "", point{q.Passages[0].Number, "major", "sharing", "Your health records", "Your health records", "Now sold."})); err != nil {
		t.Error(err)
	}
}

func TestAnAnswerComesWithoutMarkUpAndLinks(t *testing.T) {
	q := reading.New(compared(t, before, after), reading.DefaultRoom)
	p := true1
	p.Why = "See [this](https://example.com) <b>now</b>\u202e\x1b[31m```"
	r, err := reading.Verify(q, append([]byte("```json\n"), append(answered(t, "Read https://example.com/offer now.", p), "\n```"...)...))
	if err != nil {
		t.Fatal(err)
	}
	if r.Summary != "" {
		t.Errorf("a summary that leads elsewhere was kept: %q", r.Summary)
	}
	if want := "See this(https://example.com) bnow/b31m"; r.Reasons[0].Why != want {
		t.Errorf("why is %q, want %q", r.Reasons[0].Why, want)
	}
}

// TestNoAnswerIsBelievedWithoutItsWords holds any answer to the law: each
// reason kept quotes words of the change it names, on the side it names.
func TestNoAnswerIsBelievedWithoutItsWords(t *testing.T) {
	q := reading.New(compared(t, before, after), reading.DefaultRoom)
	words := strings.Fields(before + after + " not never any EUR 9 major")
	phrase := rapid.Custom(func(rt *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 3).Draw(rt, "words"), " ")
	})
	rapid.Check(t, func(rt *rapid.T) {
		p := point{rapid.IntRange(-1, 5).Draw(rt, "change"), rapid.SampledFrom([]string{"none", "minor", "major", "x"}).Draw(rt, "severity"),
			rapid.SampledFrom([]string{"", "fees", "x"}).Draw(rt, "category"), phrase.Draw(rt, "before"), phrase.Draw(rt, "after"), ""}
		r, err := reading.Verify(q, answered(t, "", p))
		if err != nil {
			return
		}
		passage := q.Passages[r.Reasons[0].Change-1]
		if !strings.Contains(passage.Before, r.Reasons[0].Before) || !strings.Contains(passage.After, r.Reasons[0].After) {
			rt.Fatalf("%+v is not borne out by %+v", r.Reasons[0], passage)
		}
	})
}

func TestARecordIsReadAgainAndCheckedAgain(t *testing.T) {
	line := compared(t, before, after)
	r, err := reading.Verify(reading.New(line, reading.DefaultRoom), answered(t, "You have 10 days.", true1))
	if err != nil {
		t.Fatal(err)
	}
	record := &reading.Record{Policy: "club", Version: "2", Before: "aa", After: "bb", Reader: "a model", Read: policy.Date{Year: 2026, Month: 5, Day: 4}, Reading: *r}
	text, err := record.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := reading.Decode("club@2.json", text)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(record, back); d != "" {
		t.Error(d)
	}
	if !back.Applies("aa", "bb") || back.Applies("aa", "cc") {
		t.Error("a reading applies to the bytes that were read, and to no others")
	}
	back.Reasons[0].After = "for 3 days"
	if again, err := back.Recheck(line); !errors.Is(err, reading.ErrNoAnswer) || len(again.Dropped) != 1 {
		t.Errorf("a reason written by hand was believed: %+v, %v", again, err)
	}
}

func TestAFileThatIsNoReadingIsNamed(t *testing.T) {
	var fault *policy.Diagnostic
	if _, err := reading.Decode("club@2.json", []byte(`{"extra": 1}`)); !errors.As(err, &fault) || fault.File != "club@2.json" || fault.Rule != "reading-unreadable" {
		t.Errorf("%v", err)
	}
}

type fixed string

func (f fixed) Name() string { return "a fixed answer" }
func (f fixed) Ask(context.Context, *reading.Question) (reading.Reply, error) {
	return reading.Reply{Text: []byte(f)}, nil
}

func TestReadNamesTheReaderInItsErrors(t *testing.T) {
	_, _, err := reading.Read(context.Background(), fixed("I cannot help with that."), reading.New(compared(t, before, after), 1000))
	if err == nil || !strings.Contains(err.Error(), "a fixed answer: the answer is not the JSON that was asked for") {
		t.Errorf("%v", err)
	}
	if _, _, err = reading.Read(context.Background(), fixed("{}"), reading.New(compared(t, before, before), 1000)); err == nil {
		t.Error("a reader was asked about two equal texts")
	}
}

func TestTheSchemaOfTheAnswerIsJSON(t *testing.T) {
	if !json.Valid(reading.Schema()) || strings.Contains(string(reading.Schema())+reading.Instructions(), "{{") {
		t.Errorf("%s", reading.Schema())
	}
}
