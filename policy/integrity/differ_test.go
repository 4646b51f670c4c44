package integrity

import (
	"slices"
	"testing"

	"github.com/codicil/codicil/policy/transparency"
)

func TestTheLogIsHeldAgainstWhatWasKeptOfIt(t *testing.T) {
	t.Parallel()
	const first, second, third = "a@1.0 aa 2027-01-01 c1 2027-01-01", "a@2.0 bb 2027-02-01 c2 2027-02-01", "a@3.0 cc 2027-03-01 c3 2027-03-01"
	for name, c := range map[string]struct {
		kept, now []string
		want      []string
	}{
		"the same":             {[]string{first, second}, []string{first, second}, []string{}},
		"it grew":              {[]string{first}, []string{first, second}, []string{}},
		"an entry is gone":     {[]string{first, second}, []string{first}, []string{"log-entry-missing"}},
		"an entry was altered": {[]string{first, second}, []string{first, "a@2.0 xx 2027-02-01 c2 2027-02-01"}, []string{"log-entry-changed"}},
		"one was put in":       {[]string{first, third}, []string{first, second, third}, []string{"log-entry-added"}},
		"the order changed":    {[]string{first, second}, []string{second, first}, []string{"log-order", "log-order"}},
	} {
		l, err := transparency.New(c.now)
		if err != nil {
			t.Fatal(err)
		}
		check := &Checker{File: SumName}
		if got := rules(check.differ("kept", c.kept, l)); !slices.Equal(got, c.want) {
			t.Errorf("%s: found %v, want %v", name, got, c.want)
		}
	}
}
