package history

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
)

// era is a date in the years of an era: 令和6年4月1日, 民國113年4月1日.
var era = regexp.MustCompile(`(令和|平成|昭和|民[國国])\s?(元|\d{1,3})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日`)

// erasIn finds the dates of eras in a line whose digits are ASCII.
func erasIn(line string) []dated {
	var found []dated
	if !strings.Contains(line, "年") {
		return nil
	}
	for _, m := range era.FindAllStringSubmatchIndex(line, -1) {
		part := func(i int) string { return line[m[2*i]:m[2*i+1]] }
		year := 1
		if part(2) != "元" {
			year = number(part(2))
		}
		year += yearBefore(part(1))
		date := policy.Date{Year: year, Month: time.Month(number(part(3))), Day: number(part(4))}
		if date == policy.DateOf(date.Time()) {
			found = append(found, dated{date, m[0], m[1]})
		}
	}
	return found
}

// yearBefore returns the year before the first one of an era.
func yearBefore(name string) int {
	switch name {
	case "令和":
		return 2018
	case "平成":
		return 1988
	case "昭和":
		return 1925
	}
	return 1911
}

// hanNumber is a number in Chinese characters, as dates have them.
var hanNumber = regexp.MustCompile(`([〇零○一二三四五六七八九]{4}|[〇零○一二三四五六七八九十]{1,3})\s?(年|月|日)`)

// hanDigits writes the numbers of dates in Chinese characters as digits:
// 二〇二四年十二月三十一日.
func hanDigits(line string) string {
	if !strings.Contains(line, "年") {
		return line
	}
	return hanNumber.ReplaceAllStringFunc(line, func(match string) string {
		m := hanNumber.FindStringSubmatch(match)
		return hanValue(m[1]) + m[2]
	})
}

func hanValue(text string) string {
	const digits = "〇一二三四五六七八九"
	var written strings.Builder
	tens, ones := 0, 0
	counted := strings.ContainsRune(text, '十')
	for _, r := range strings.NewReplacer("零", "〇", "○", "〇").Replace(text) {
		if r == '十' {
			tens, ones = max(1, ones), 0
			continue
		}
		ones = len([]rune(digits[:strings.IndexRune(digits, r)]))
		written.WriteString(strconv.Itoa(ones))
	}
	if counted {
		return strconv.Itoa(10*tens + ones)
	}
	return written.String()
}
