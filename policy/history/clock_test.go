package history

import (
	"math"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"pgregory.net/rapid"
)

// TestACommitOfTheFutureDoesNotMoveThoseAfterIt: each commit counts as published
// between the ones before and after it.
func TestACommitOfTheFutureDoesNotMoveThoseAfterIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		days   []string
		want   string // the days of publication, newest first
		now    string
		warned bool
	}{
		"among others":           {[]string{"2024-01-01", "2099-01-01", "2024-03-01", "2024-04-01"}, "2024-04-01 2024-03-01 2024-01-01.2 2024-01-01", "", true},
		"the last but one":       {[]string{"2024-01-01", "2099-01-01", "2024-03-01"}, "2024-03-01 2024-01-01.2 2024-01-01", "2026-11-28", true},
		"the last":               {[]string{"2024-01-01", "2099-01-01"}, "2024-01-01.2 2024-01-01", "2026-11-28", true},
		"the first":              {[]string{"2099-01-01", "2024-02-01", "2024-03-01"}, "2024-03-01 2024-02-01.2 2024-02-01", "2026-11-28", true},
		"two of them":            {[]string{"2024-01-01", "2099-01-01", "2099-02-01", "2024-03-01", "2024-03-02", "2024-03-03"}, "2024-03-03 2024-03-02 2024-03-01 2024-01-01.3 2024-01-01.2 2024-01-01", "", true},
		"a clock that is behind": {[]string{"2024-01-01", "1999-01-01", "2024-03-01"}, "2024-03-01 2024-01-01.2 2024-01-01", "", false},
		"clocks that agree":      {[]string{"2024-01-01", "2024-02-01"}, "2024-02-01 2024-01-01", "2024-02-01", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var all []string
			for i, day := range test.days {
				all = append(all, day, strings.Repeat("Word. ", i+1)+"\n")
			}
			o := Options{}
			if test.now != "" {
				o.Now = date(t, test.now)
			}
			h := revisions(t, all...).history(o)
			wantOutline(t, h, "a: "+test.want)
			if warned := len(h.Warnings) > 0 && h.Warnings[0].Rule == "clock"; warned != test.warned {
				t.Errorf("got %v", h.Warnings)
			}
		})
	}
}

func date(t *testing.T, s string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestALaterCommitShowsThatAClockWasAhead: it need not touch a policy.
func TestALaterCommitShowsThatAClockWasAhead(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "One.\n")
	r.commit("2024-02-01", "b.md", "Two.\n")
	r.commit("2099-01-01", "a.md", "Three.\n")
	r.commit("2024-03-01", "code.go", "package x\n")
	r.commit("2024-03-02", "code.go", "package y\n")
	for _, o := range []Options{{}, {Now: date(t, "2026-11-28")}} {
		h := r.history(o)
		if o.Now.IsZero() {
			continue // two against two: the order in which they were made decides
		}
		wantOutline(t, h, "a: 2024-02-01 2024-01-01", "b: 2024-02-01")
	}
}

// TestBelievedTimesAreInOrderAndAsManyAsCanBe against all ways to choose.
func TestBelievedTimesAreInOrderAndAsManyAsCanBe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.Int64Range(0, 9), 1, 9).Draw(t, "times")
		believed := believable(times, math.MaxInt64)
		count, last := 0, int64(-1)
		for i, b := range believed {
			if !b {
				continue
			}
			if count++; times[i] < last {
				t.Fatalf("%v of %v is not in order", believed, times)
			}
			last = times[i]
		}
		for choice := range 1 << len(times) {
			n, last, inOrder := 0, int64(-1), true
			for i, time := range times {
				if choice>>i&1 == 1 {
					inOrder = inOrder && time >= last
					n, last = n+1, time
				}
			}
			if inOrder && n > count {
				t.Fatalf("%v of %v are fewer than %d", believed, times, n)
			}
		}
	})
}

// TestTheHistoryAsItWasKnownOnADay is that of a clone made on that day.
func TestTheHistoryAsItWasKnownOnADay(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", labelled("1", "2024-01-01", "One."), "b.md", "B.\n")
	r.commit("2024-02-01", "a.md", labelled("2", "2024-04-01", "Two."))
	r.commit("2024-03-01", "a.md", labelled("2", "2024-05-01", "Two, put off."))
	r.git("mv", "a.md", "c.md")
	r.git("rm", "-q", "b.md")
	r.commit("2024-06-01")
	index := t.TempDir()
	for day, want := range map[string]string{
		"2023-12-31": "",
		"2024-01-31": "a: 1|b: 2024-01-01",
		"2024-02-15": "a: 2 1|b: 2024-01-01",
		"2024-03-01": "a: 2 1|b: 2024-01-01",
		"2024-07-01": "b: 2024-01-01 withdrawn 2024-06-01|c: 2 1",
	} {
		for range 2 { // without an index, and with one
			h := r.history(Options{Known: date(t, day), Index: index})
			if got := strings.ReplaceAll(outline(h), "\n", "|"); got != want {
				t.Errorf("on %s: got %s, want %s", day, got, want)
			}
			if day == "2024-02-15" && find(t, h, "a").Versions[0].Effective.String() != "2024-04-01" {
				t.Errorf("on %s the date that was put off later is not known", day)
			}
		}
	}
}
