package proof

import (
	"regexp"
	"strings"
	"testing"

	"github.com/codicil/codicil/notify"
)

func TestTheNumbersOfANoticeAreOnesThatPrometheusReads(t *testing.T) {
	t.Parallel()
	s := Summary{Notice: `privacy@2.0 "final"`, Attempts: 9, Last: "2027-03-01T10:00:00Z", Counts: notify.Counts{Due: 1, InDoubt: 2, Accepted: 3, Refused: 4, Suppressed: 5},
		Timely: &Timely{InTime: 6, Late: 7}, Declined: &Declined{People: 8}}
	const of = `{notice="privacy@2.0 \"final\""`
	every := []string{
		"codicil_deliveries" + of + `,state="due"} 1`, "codicil_deliveries" + of + `,state="in_doubt"} 2`, "codicil_deliveries" + of + `,state="accepted"} 3`,
		"codicil_deliveries" + of + `,state="refused"} 4`, "codicil_deliveries" + of + `,state="suppressed"} 5`, "codicil_attempts" + of + "} 9",
		"codicil_told_in_time" + of + "} 6", "codicil_told_late" + of + "} 7", "codicil_declined" + of + "} 8", "codicil_last_attempt_seconds" + of + "} 1803895200",
	}
	for name, tt := range map[string]struct {
		change func(*Summary)
		want   []string
	}{
		"all":             {func(*Summary) {}, every},
		"before it began": {func(s *Summary) { s.Last, s.Timely, s.Declined = "", nil, nil }, every[:6]},
	} {
		s := s
		tt.change(&s)
		var b strings.Builder
		WriteMetrics(&b, s)
		var samples []string
		described := make(map[string]bool)
		for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
			if help, isHelp := strings.CutPrefix(line, "# HELP "); isHelp {
				described[strings.Fields(help)[0]] = true
			}
			if !strings.HasPrefix(line, "#") {
				samples = append(samples, line)
				if name := regexp.MustCompile(`^[a-z_]+`).FindString(line); !described[name] {
					t.Errorf("%s is not described before it is given", name)
				}
			}
		}
		if got := strings.Join(samples, "\n"); got != strings.Join(tt.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, strings.Join(tt.want, "\n"))
		}
	}
}
