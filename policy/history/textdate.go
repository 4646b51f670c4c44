package history

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
)

// Where a text says since when it holds: near its head, else at its foot.
const (
	headLines = 40
	footLines = 20
	dateLine  = 240 // bytes; a longer line is a paragraph that happens to name a day
)

// dateInText returns the day that a text itself gives for its coming into
// effect or for its last change, or no date.
func dateInText(text []byte) policy.Date {
	_, body, _ := policy.SplitFrontMatter(text)
	lines := bytes.Split(bytes.ReplaceAll(body, []byte("\r"), nil), []byte("\n"))
	head := lines[:min(headLines, len(lines))]
	foot := lines[max(len(head), len(lines)-footLines):]
	for _, part := range [][][]byte{head, foot} {
		if date := dateInLines(part); !date.IsZero() {
			return date
		}
	}
	return policy.Date{}
}

// dateInLines prefers an attribute made for machines to words, and words about
// the effect to words about the last change.
func dateInLines(lines [][]byte) policy.Date {
	for _, find := range []func(string) policy.Date{attributeDate, effectDate, changeDate} {
		for _, line := range lines {
			if len(line) > dateLine || !hasYear.Match(line) {
				continue
			}
			if date := find(string(line)); !date.IsZero() {
				return date
			}
		}
	}
	return policy.Date{}
}

// hasYear spares most lines the rest.
var hasYear = regexp.MustCompile(`(?:19|20)\d\d`)

// datetime is the attribute list of a date line: {: datetime="2026-05-04" }.
var datetime = regexp.MustCompile(`\{:[^}]*\bdatetime=["'](\d{4}-\d{2}-\d{2})`)

func attributeDate(line string) policy.Date {
	m := datetime.FindStringSubmatch(line)
	if m == nil {
		return policy.Date{}
	}
	date, _ := policy.ParseDate(m[1])
	return date
}

// The words that announce a date, in the languages that policies are most
// often written in. Chinese and Japanese name the day first.
var (
	effectWords = regexp.MustCompile(`(?i)\beffective\b|\bin effect\b|\bin force\b|gültig (ab|seit)|\bin kraft\b|wirksam (ab|seit)|` +
		`date d.(effet|entrée)|en vigueur|\bvigente\b|\bvigor\b|\bvigência\b|\bvigore\b|efficac|ingangsdatum|van kracht|obowiązuje|data wejścia|вступает|生效|発効|施行|시행`)
	changeWords = regexp.MustCompile(`(?i)\b(last|latest) (updated?|modified|revised|revision|changed?)\b|^\W*(updated|revised|modified|date|version)\b|` +
		`\bstand\b|zuletzt|aktualisier|mise à jour|mis à jour|actualiza|atualiza|modificación|ultimo aggiornamento|ultima modifica|laatst|bijgewerkt|aktualizac|обновлен|更新|修订|修訂|改定|최종`)
)

func effectDate(line string) policy.Date { return dateNear(effectWords, line) }

func changeDate(line string) policy.Date { return dateNear(changeWords, line) }

// nearby is how many bytes may stand between the words and the date.
const nearby = 48

func dateNear(words *regexp.Regexp, line string) policy.Date {
	line = strings.NewReplacer("*", "", "_", "", "`", "", "|", " ", "\u00a0", " ").Replace(line)
	at := words.FindStringIndex(line)
	if at == nil {
		return policy.Date{}
	}
	for _, notation := range notations() {
		m := notation.pattern.FindStringSubmatchIndex(line)
		if m == nil || m[0] > at[1]+nearby || m[1]+nearby < at[0] {
			continue
		}
		part := func(i int) string { return line[m[2*i]:m[2*i+1]] }
		if date := civil(part(notation.year), part(notation.month), part(notation.day)); !date.IsZero() {
			return date
		}
	}
	return policy.Date{}
}

// notation is a way to write a date, and which of its parts is which.
type notation struct {
	pattern          *regexp.Regexp
	year, month, day int
}

var (
	isoDate      = regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`)
	monthFirst   = regexp.MustCompile(`(\pL{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`)
	dayFirst     = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th|er|\.|º|°)?(?: of| de| d’| d')? (\pL{3,})\.?,?(?: de| del)? (\d{4})\b`)
	eastAsian    = regexp.MustCompile(`(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]`)
	numericMonth = regexp.MustCompile(`^\d{1,2}$`)
)

func notations() []notation {
	return []notation{{isoDate, 1, 2, 3}, {eastAsian, 1, 2, 3}, {monthFirst, 3, 1, 2}, {dayFirst, 3, 2, 1}}
}

// civil makes a date of its parts; a day that does not exist is no date.
func civil(year, month, day string) policy.Date {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	m := monthNumber(month)
	date := policy.DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	if y < 1990 || m == 0 || date.Month != m || date.Day != d {
		return policy.Date{}
	}
	return date
}

// monthNames begin every name of a month in the languages we read; the first
// that fits counts.
func monthNames() [12]string {
	return [12]string{
		"jan|gen|ene|янв|sty|led", "feb|fév|fev|fév|фев|lut|úno", "mar|mär|mrt|maa|мар|bře", "apr|avr|abr|апр|kwi|dub",
		"may|mai|mei|mag|maj|мая|май|kvě", "jun|juin|giu|июн|cze|čvn|červn", "jul|juil|lug|июл|lip|čvc|červe", "aug|aoû|aou|ago|авг|sie|srp",
		"sep|set|сен|wrz|zář", "oct|okt|ott|out|окт|paź|říj", "nov|ноя|lis", "dec|dez|dic|déc|дек|gru|pro",
	}
}

func monthNumber(name string) time.Month {
	if numericMonth.MatchString(name) {
		n, _ := strconv.Atoi(name)
		if n > 12 {
			return 0
		}
		return time.Month(n)
	}
	name = strings.ToLower(name)
	for i, starts := range monthNames() {
		for start := range strings.SplitSeq(starts, "|") {
			if strings.HasPrefix(name, start) {
				return time.Month(i + 1)
			}
		}
	}
	return 0
}
