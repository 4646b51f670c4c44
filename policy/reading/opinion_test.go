package reading

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

func TestAnOpinionSaysWhetherRulesAndReaderAgree(t *testing.T) {
	t.Parallel()
	reasons := func(n int) (rules []materiality.Reason, reader []Reason) {
		for i := range n {
			rules = append(rules, materiality.Reason{Why: fmt.Sprint("rule ", i)})
			reader = append(reader, Reason{Why: fmt.Sprint("reader ", i)})
		}
		return rules, reader
	}
	for n, shown := range map[int]int{0: 0, 2: 2, Beside: Beside, Beside + 4: Beside} {
		for said, want := range map[policy.Severity]string{
			policy.Minor: "The rules and the second reader agree: minor.",
			policy.Major: "Read this first: the rules say minor, the second reader says major.",
		} {
			rules, reader := reasons(n)
			o := NewOpinion("a model", policy.Date{Year: 2027, Month: 3, Day: 1}, &materiality.Assessment{Severity: policy.Minor, Reasons: rules}, &Reading{Severity: said, Reasons: reader})
			if o.Verdict != want || o.Agrees != (said == policy.Minor) || o.Rules != policy.Minor || o.Severity != said {
				t.Errorf("%+v, want %q", o, want)
			}
			a, b := o.Deciding()
			if len(a) != shown || len(b) != shown || shown > 0 && (a[0].Why != "rule 0" || b[0].Why != "reader 0") {
				t.Errorf("of %d reasons each, %d and %d decide, want the first %d", n, len(a), len(b), shown)
			}
		}
	}
}

// oracle gives the answers that it has, one a question.
type oracle struct {
	answers []string
	asked   int
}

func (o *oracle) Name() string { return "oracle" }

func (o *oracle) Ask(context.Context, *Question) (Reply, error) {
	text := o.answers[o.asked]
	o.asked++
	if text == "" {
		return Reply{Cost: Cost{Seconds: 1}}, errors.New("no answer")
	}
	return Reply{Text: []byte(text), Cost: Cost{Seconds: 2, TokensIn: 30, TokensOut: 10}}, nil
}

func line(t *testing.T, before, after string) *redline.Redline {
	t.Helper()
	parse := func(text string) *policy.Document {
		doc, err := policy.Parse("pool.md", []byte("# Pool\n\n"+text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	return redline.Compare(parse(before), parse(after))
}

func TestATrialCountsAnswersAndWhatTheyCost(t *testing.T) {
	t.Parallel()
	const answer = `{"severity":"major","reasons":[{"change":1,"severity":"major","category":"fees","before":"4 euros","after":"9 euros","why":"The price more than doubles."}],"summary":"A day costs 9 euros."}`
	reader := &oracle{answers: []string{answer, "", "not JSON"}}
	var failed []string
	trial := Trial{Reader: reader, Failed: func(id string, _ error) { failed = append(failed, id) }, RulesTook: 8 * time.Second}
	proposed := &materiality.Assessment{Severity: policy.Minor}
	for i, pair := range []struct{ before, after string }{
		{"A day costs 4 euros.", "A day costs 9 euros."}, {"A day costs 4 euros.", "A day costs 9 euros."}, {"A day costs 4 euros.", "A day costs 9 euros."}, {"The same.", "The same."},
	} {
		l := Label{ID: fmt.Sprint("pair ", i), Severity: policy.Major}
		if i == 3 {
			l.Severity = policy.None
		}
		if err := trial.Add(t.Context(), l, line(t, pair.before, pair.after), proposed); err != nil {
			t.Fatal(err)
		}
	}
	if reader.asked != 3 {
		t.Errorf("asked %d times: of texts that are the same, nobody is asked", reader.asked)
	}
	if got := strings.Join(failed, ", "); got != "pair 1, pair 2" {
		t.Errorf("failed: %s", got)
	}
	f := trial.Figures()
	if f.Pairs != 4 || f.Failed != 2 || f.Exact != .5 || f.Recall != 1./3 || f.SecondsPerPair != 5./4 || f.TokensPerPair != 20 {
		t.Errorf("the reader: %+v", f)
	}
	if f := trial.RulesFigures(); f.Pairs != 4 || f.Exact != 0 || f.SecondsPerPair != 2 {
		t.Errorf("the rules: %+v", f)
	}
	if f := new(Trial).Figures(); f != (Figures{}) {
		t.Errorf("of no pairs: %+v", f)
	}
}

func TestATrialThatIsInterruptedEnds(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	trial := Trial{Reader: &oracle{answers: []string{""}}, Failed: func(string, error) { t.Error("an interruption was counted as a failure") }}
	if err := trial.Add(ctx, Label{}, line(t, "One.", "Two."), &materiality.Assessment{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestLabelsThatReadersDisputeAreLeftOut(t *testing.T) {
	t.Parallel()
	const lines = `{"id":"a","severity":"major","categories":["sharing"]}
{"id":"b","severity":"none","disputed":true}
{"id":"c","severity":"minor"}
{"id":"d","severity":"editorial"}
`
	for n, want := range map[int]string{0: "a major, c minor, d editorial", 1: "a major", 2: "a major, c minor", 9: "a major, c minor, d editorial"} {
		list, err := ReadLabels("labels.jsonl", strings.NewReader(lines), n)
		var got []string
		for _, l := range list {
			got = append(got, l.ID+" "+l.Severity.String())
		}
		if err != nil || strings.Join(got, ", ") != want {
			t.Errorf("the first %d: %v, %v, want %s", n, got, err, want)
		}
	}
	if _, err := ReadLabels("labels.jsonl", strings.NewReader(lines+"{\n"), 0); err == nil || !strings.HasPrefix(err.Error(), "labels.jsonl:5: ") {
		t.Errorf("a broken line: %v", err)
	}
}

func TestFiguresStandInATableOneRowAJudge(t *testing.T) {
	t.Parallel()
	rows := strings.Split(strings.TrimSpace(Table([]string{"rules", "a model"}, []Figures{{Pairs: 8, Failed: 1, F1: .75, Precision: 1, Recall: .6, FalseAlarms: .125, CalledHarmless: .25, Exact: .5, CategoryF1: .3333, SecondsPerPair: 1.2, TokensPerPair: 345.6}, {}})), "\n")
	if len(rows) != 4 || rows[2] != "| rules | 8 | 1 | 0.750 | 1.000 | 0.600 | 12.5 % | 25.0 % | 0.500 | 0.333 | 1.200 | 346 |" || !strings.HasPrefix(rows[3], "| a model | 0 |") {
		t.Errorf("%s", strings.Join(rows, "\n"))
	}
	if columns := strings.Count(rows[0], "|"); strings.Count(rows[1], "|") != columns || strings.Count(rows[2], "|") != columns {
		t.Errorf("the rows have other columns:\n%s", strings.Join(rows, "\n"))
	}
}

// What a reader says of the same text does not depend on how a page shows it.
func TestAQuestionIsOfTheTitleThatReadersSee(t *testing.T) {
	t.Parallel()
	parse := func(text string) *policy.Document {
		doc, err := policy.Parse("pool.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	for text, want := range map[string]string{
		"---\ntitle: Pool rules\nlang: en\n---\n\n# Pool\n\nWords.\n": "Pool rules",
		"# Pool\n\nWords.\n": "Pool",
		"Words.\n":           "",
	} {
		q := New(redline.Compare(parse("Other.\n"), parse(text)), DefaultRoom)
		if q.Title != want || q.Lang != parse(text).Front.Lang {
			t.Errorf("%q: title %q in %q, want %q", text, q.Title, q.Lang, want)
		}
		if !bytes.Contains(q.Material(), []byte(`"title": "`+want+`"`)) {
			t.Errorf("%q: the material is %s", text, q.Material())
		}
	}
	if q := New(redline.Compare(nil, parse("# Pool\n\nWords.\n")), DefaultRoom); q.Title != "Pool" || len(q.Passages) == 0 {
		t.Errorf("of a first text: %+v", q)
	}
}
