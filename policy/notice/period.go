package notice

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
)

// Period is how long before it takes effect a change is told.
type Period struct {
	Days     int
	Business bool // Days counts business days only
}

// ParsePeriod reads 30d, or 10bd for business days.
func ParsePeriod(s string) (Period, error) {
	number, business := strings.CutSuffix(s, "bd")
	if !business {
		number, _ = strings.CutSuffix(s, "d")
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || number == s {
		return Period{}, fmt.Errorf("%q is not a period: write a number of days, such as 30d, or of business days, such as 10bd", s)
	}
	return Period{n, business}, nil
}

// String writes the period as people do: "30 days", "10 business days".
func (p Period) String() string {
	if p.Business {
		return policy.Plural(p.Days, "business day", "business days")
	}
	return policy.Plural(p.Days, "day", "days")
}

// Holidays are the days besides Saturdays and Sundays on which no business is done.
type Holidays map[policy.Date]bool

// ReadHolidays reads the text of the named file: a date a line, with a remark
// after it if need be. A line that holds no date is a *policy.Diagnostic.
func ReadHolidays(name, text string) (Holidays, error) {
	holidays := make(Holidays)
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		day, err := policy.ParseDate(fields[0])
		if err != nil {
			return nil, &policy.Diagnostic{
				File: name, Line: i + 1, Column: 1, Level: policy.Error, Rule: "holidays", Message: err.Error(),
				Hint: "write a date a line, such as 2026-12-25, and remarks after #",
			}
		}
		holidays[day] = true
	}
	return holidays, nil
}

// business reports whether business is done on a day.
func (h Holidays) business(d policy.Date) bool {
	weekday := d.Time().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday && !h[d]
}

// After returns the first day that lies the whole period after d.
func (p Period) After(d policy.Date, h Holidays) policy.Date { return p.move(d, 1, h) }

// Before returns the last day that lies the whole period before d.
func (p Period) Before(d policy.Date, h Holidays) policy.Date { return p.move(d, -1, h) }

func (p Period) move(d policy.Date, step int, h Holidays) policy.Date {
	if !p.Business {
		return d.AddDays(step * p.Days)
	}
	for left := p.Days; left > 0; {
		d = d.AddDays(step)
		if h.business(d) {
			left--
		}
	}
	return d
}

// periods returns all periods that a change of this severity must keep.
func (r Rules) periods(s policy.Severity) []Period {
	list := []Period{r.Period[s]}
	for _, a := range r.Audiences {
		if period, ok := a.Period[s]; ok {
			list = append(list, period)
		}
	}
	return list
}

// Earliest returns the first day on which a change may take effect when it is
// told on the given day.
func (r Rules) Earliest(s policy.Severity, told policy.Date) policy.Date {
	earliest := told
	for _, p := range r.periods(s) {
		if day := p.After(told, r.Holidays); day.After(earliest) {
			earliest = day
		}
	}
	return earliest
}

// Deadline returns the last day on which a change that takes effect on the
// given day may be told.
func (r Rules) Deadline(s policy.Severity, effective policy.Date) policy.Date {
	deadline := effective
	for _, p := range r.periods(s) {
		if day := p.Before(effective, r.Holidays); day.Before(deadline) {
			deadline = day
		}
	}
	return deadline
}

// longest returns the period that decides, for words about it.
func (r Rules) longest(s policy.Severity, told policy.Date) Period {
	longest := Period{}
	for _, p := range r.periods(s) {
		if p.After(told, r.Holidays).After(longest.After(told, r.Holidays)) {
			longest = p
		}
	}
	return longest
}
