package history

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// dated is a date written in a line.
type dated struct {
	date       policy.Date
	start, end int // bytes
}

// notation is a way to write a date, and which of its parts is which.
type notation struct {
	needs            string // characters of which every such date has one
	pattern          *regexp.Regexp
	year, month, day int
}

var (
	isoDate    = regexp.MustCompile(`\b(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})\b`)
	eastAsian  = regexp.MustCompile(`(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]`)
	vietnamese = regexp.MustCompile(`(?i)ngày (\d{1,2}) tháng (\d{1,2}),? năm (\d{4})\b`)
	dotted     = regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b`)
	slashed    = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`)
	monthFirst = regexp.MustCompile(`([\pL\pM]{2,})\.? (\d{1,2})(?:st|nd|rd|th)?[,،]? (\d{4})\b`)
	dayFirst   = regexp.MustCompile(`\b(\d{1,2})(?:[\pL\pM]{1,4}|\.|°)?,?(?: day)?(?: of | de | da | ng | d’| d'|[ -])([\pL\pM]{2,}\.?)[,،]?(?: de | del |[ -])(\d{4})\b`)
	yearFirst  = regexp.MustCompile(`\b(\d{4})\.? ?([\pL\pM]{2,}) (\d{1,2})\b`)
)

func notations() []notation {
	return []notation{
		{"-/.", isoDate, 1, 2, 3}, {"年년", eastAsian, 1, 2, 3}, {"ăĂ", vietnamese, 3, 2, 1}, {".", dotted, 3, 2, 1},
		{"/", slashed, 3, 2, 1}, {" ", monthFirst, 3, 1, 2}, {" -", dayFirst, 3, 2, 1}, {" ", yearFirst, 1, 2, 3},
	}
}

// datesIn finds the dates in a line of plain text. Of two numbers that could
// both be the month, between slashes, neither is.
func datesIn(line string) []dated { return datesWith(line, false) }

// DatesIn lists the dates that a text gives, as they stand there; one that could be
// read in two ways is none.
func DatesIn(text string) []policy.Date {
	found := datesIn(text)
	slices.SortStableFunc(found, func(a, b dated) int { return a.start - b.start })
	var list []policy.Date
	for i, d := range found {
		if i == 0 || d.start >= found[i-1].end {
			list = append(list, d.date)
		}
	}
	return list
}

// datesWith finds dates, where slashes are between the day, the month and the
// year if asked for.
func datesWith(line string, dayFirst bool) []dated {
	found := erasIn(line)
	for _, n := range notations() {
		if !strings.ContainsAny(line, n.needs) { // an expression takes longer
			continue
		}
		for _, m := range n.pattern.FindAllStringSubmatchIndex(line, -1) {
			part := func(i int) string { return line[m[2*i]:m[2*i+1]] }
			year, month, day := part(n.year), part(n.month), part(n.day)
			if n.pattern == slashed && !(dayFirst && number(month) <= 12) {
				month, day = unmistakable(month, day)
			}
			if date := civil(year, month, day); !date.IsZero() {
				found = append(found, dated{date, m[0], m[1]})
			}
		}
	}
	return found
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// unmistakable orders the month and the day of 31/12/2020, which some write as
// 12/31/2020. What could be either is no date.
func unmistakable(month, day string) (string, string) {
	m, d := number(month), number(day)
	switch {
	case m > 12:
		return day, month
	case d > 12 || m == d:
		return month, day
	}
	return "0", day
}

// civil makes a date of its parts; a day that does not exist is no date.
func civil(year, month, day string) policy.Date {
	y, _ := strconv.Atoi(year)
	if y > buddhist {
		y -= 543
	}
	d, _ := strconv.Atoi(day)
	m := monthNumber(month)
	date := policy.DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	if y < firstYear || m == 0 || date.Month != m || date.Day != d {
		return policy.Date{}
	}
	return date
}

// firstYear is the first one that a policy is dated by.
const firstYear = 1990

// buddhist is a year that only the calendar of Thailand has reached, which is
// 543 years ahead.
const buddhist = 2500

// monthNumber reads a month: its number, its name in any case and with any
// ending, or three letters and more of its name. It is 0 for other words.
func monthNumber(name string) time.Month {
	if n, err := strconv.Atoi(name); err == nil {
		if n > 12 {
			return 0
		}
		return time.Month(n)
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	table := monthTable()
	for end := len(name); end > 0; end-- { // the longest stem that the name begins with
		if m, found := table.stems[name[:end]]; found {
			return m
		}
	}
	if utf8.RuneCountInString(name) < 3 {
		return 0
	}
	return table.short[name]
}

// months knows the names of months.
type months struct {
	stems map[string]time.Month // what a name begins with, whatever its ending
	short map[string]time.Month // the beginnings of stems, from three letters on
}

var monthTable = sync.OnceValue(func() months {
	t := months{make(map[string]time.Month), make(map[string]time.Month)}
	for line := range strings.Lines(strings.TrimSpace(monthNames)) {
		for i, names := range strings.Fields(line)[1:] {
			for stem := range strings.SplitSeq(names, "/") {
				t.add(stem, time.Month(i+1))
			}
		}
	}
	return t
})

// add keeps the month of the language that came first.
func (t *months) add(stem string, month time.Month) {
	if t.stems[stem] == 0 {
		t.stems[stem] = month
	}
	letters := 0
	for end := range stem {
		if letters++; letters > 3 && t.short[stem[:end]] == 0 {
			t.short[stem[:end]] = month
		}
	}
}

// monthNames lists, for each language, how the names of the twelve months
// begin. Croatian has no October: it bears the name of the Polish November.
const monthNames = `
en january february march april may june july august september october november december
de januar februar märz/maerz april mai juni juli august september oktober november dezember
es ene/enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre
fr janvier février/fevrier mars avril mai juin juillet août/aout septembre octobre novembre décembre/decembre
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
pt janeiro fevereiro março/marco abril maio junho julho agosto setembro outubro novembro dezembro
ca gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
nl januari februari maart april mei juni juli augustus september oktober november december
da januar februar marts april maj juni juli august september oktober november december
sv januari februari mars april maj juni juli augusti september oktober november december
nb januar februar mars april mai juni juli august september oktober november desember
fi tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
cs led únor břez dub květ červn/červen červenc/července srp září říj listopad prosin
sk január február marec/marca apríl máj jún júl august september október november december
pl stycz luty/lutego marzec/marca kwie maj czerw lipc/lipiec sierp wrze paźdz listopad grud
hu január február március április május június július augusztus szeptember október november december
sl januar februar marec/marca april maj junij julij avgust september oktober november december
hr siječ velja ožuj travn/travanj svib lipnj/lipanj srpnj/srpanj kolovoz ruj - studen prosin
sr јануар фебруар март април мај јун јул август септембар/септембра октобар/октобра новембар/новембра децембар/децембра
sr januar februar mart april maj jun jul avgust septembar/septembra oktobar/oktobra novembar/novembra decembar/decembra
ru январ феврал март апрел мая/май июн июл август сентябр октябр ноябр декабр
uk січ лют берез квіт трав черв лип серп верес жовт листопад груд
bg януари февруари март април май юни юли август септември октомври ноември декември
mk јануари февруари март април мај јуни јули август септември октомври ноември декември
el ιανουαρ φεβρουαρ μαρτ/μάρτ απρ μαΐ/μάι/μαι/μαϊ ιουν/ιούν ιουλ/ιούλ αυγ/αύγ σεπτ/σεπ οκτ νοε δεκ
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
id januari februari maret april mei juni juli agustus september oktober november desember
ms januari februari mac april mei jun julai ogos september oktober november disember
sw januari februari machi aprili mei juni julai agosti/agasti septemba oktoba novemba desemba
tl enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre
ar يناير فبراير مارس أبريل/إبريل/ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
he ינואר/בינואר פברואר/בפברואר מרץ/במרץ אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר
hi जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर/सितंबर अक्टूबर/अक्तूबर नवम्बर/नवंबर दिसम्बर/दिसंबर
bn জানুয়ারি/জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
ta ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட்/ஆகஸ்டு செப்டம்பர்/செப்டெம்பர் அக்டோபர் நவம்பர் டிசம்பர்
th มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
`
