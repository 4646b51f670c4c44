package policy

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a civil date: a day of the calendar without a time zone. A policy
// takes effect on a day, not at an instant. The zero Date means "no date".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date written as in ISO 8601, 2006-01-02. A day that the
// calendar does not have, such as 2026-02-30, is an error; so is every other
// way to write a date. The error says what to write instead.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date of the form year-month-day: %s", s, whyNoDate(s))
	}
	return DateOf(t), nil
}

var (
	yearFirst = regexp.MustCompile(`^\W*(\d{4})[-./\x{2010}-\x{2015}](\d{1,2})[-./\x{2010}-\x{2015}](\d{1,2})(.*)$`)
	yearLast  = regexp.MustCompile(`^\W*(\d{1,2})([-./])(\d{1,2})[-./](\d{4})\W*$`)
)

// whyNoDate says in plain words what is wrong with a date.
func whyNoDate(s string) string {
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		year, month, day := number(m[1]), number(m[2]), number(m[3])
		if why := noSuchDay(year, month, day); why != "" {
			return why
		}
		return fmt.Sprintf("write %04d-%02d-%02d and no more", year, month, day)
	}
	m := yearLast.FindStringSubmatch(s)
	if m == nil {
		return "write the year, the month and the day in digits"
	}
	first, second, year := number(m[1]), number(m[3]), number(m[4])
	dayFirst, monthFirst := noSuchDay(year, second, first), noSuchDay(year, first, second)
	switch {
	case dayFirst == "" && monthFirst == "" && first != second && m[2] != ".":
		return fmt.Sprintf("it is %d %s to some and %d %s to others; write %04d-%02d-%02d or %04d-%02d-%02d",
			first, time.Month(second), second, time.Month(first), year, second, first, year, first, second)
	case dayFirst == "":
		return fmt.Sprintf("write %04d-%02d-%02d", year, second, first)
	case monthFirst == "" && m[2] != ".":
		return fmt.Sprintf("write %04d-%02d-%02d", year, first, second)
	}
	return dayFirst
}

// noSuchDay says why the calendar does not have a day; it is empty for one that
// it has.
func noSuchDay(year, month, day int) string {
	if month < 1 || month > 12 {
		return fmt.Sprintf("a year has no month %d", month)
	}
	if days := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); day < 1 || day > days {
		return fmt.Sprintf("%s %d has %d days, and no day %d", time.Month(month), year, days, day)
	}
	return ""
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// DateOf returns the day of t in t's own time zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// IsZero reports whether d is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// String writes d as 2006-01-02, and no date as the empty string.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Time returns the midnight in UTC with which d begins.
func (d Date) Time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// AddDays returns the date n days after d, or before it when n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// DaysUntil returns the number of days from d to e, negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.Time().Sub(d.Time()).Hours() / 24) }

// Compare returns -1, 0 or +1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// MarshalText writes d as 2006-01-02.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads d from 2006-01-02; an empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	s := strings.Trim(strings.TrimSpace(string(text)), `"'`)
	if s == "" {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(s)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
