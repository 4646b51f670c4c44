package history

import (
	"strings"
	"testing"
)

// TestEveryWordAboutDatesIsLookedForByAStem: a pattern without stems would never
// be tried.
func TestEveryWordAboutDatesIsLookedForByAStem(t *testing.T) {
	for _, list := range [][]announcers{effectWords(), changeWords()} {
		for _, a := range list {
			if shortest(a.stems) < 3 {
				t.Errorf("%s has the stems %q, which are too short to spare any time", a.pattern, a.stems)
			}
		}
	}
	for line, want := range map[string]string{
		"These terms are EFFECTIVE from today": "EFFECTIVE",
		"Wirksam ab 1. Mai":                    "Wirksam ab",
		"entrata IN VIGORE il 2 marzo":         "VIGORE",
		"действует с 3 апреля":                 "действует",
		"nothing of the kind":                  "",
	} {
		found := []string{}
		for _, at := range placesOf(effectWords(), line) {
			found = append(found, line[at[0]:at[1]])
		}
		if got := strings.Join(found, " "); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%q: found %q, want %q", line, found, want)
		}
	}
}

// TestYearsTellWhichLinesMayHaveADate: years of any script count, longer numbers
// and small ones do not.
func TestYearsTellWhichLinesMayHaveADate(t *testing.T) {
	for line, want := range map[string]bool{
		"in force from 2024-05-01":   true,
		"(2024)":                     true,
		"٢٠٢٤":                       true,
		"令和6年4月1日":                   true,
		"２０２４年５月":                    true,
		"we keep it for 1095 days":   false,
		"call 20245 or 120240":       false,
		"within 30 days, 12 minutes": false,
		"":                           false,
	} {
		if got := mayHaveDate([]byte(line)); got != want {
			t.Errorf("mayHaveDate(%q) = %v", line, got)
		}
	}
}
