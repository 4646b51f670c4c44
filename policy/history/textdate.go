package history

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
)

// Where a text says since when it holds: near its head, else at its foot.
const (
	headLines = 40
	footLines = 20
	bareLines = 8   // of the head, not counting empty ones: a date by itself below the title
	dateLine  = 240 // bytes; a longer line is a paragraph that happens to name a day
)

// dateReader reads the dates of many texts. The same lines come back in version
// after version, so it remembers what it found in them.
type dateReader struct{ known map[string]claimed }

func newDateReader() *dateReader { return &dateReader{known: make(map[string]claimed)} }

// remembered bounds how many lines a dateReader keeps.
const remembered = 4096

// text returns the day that a text itself gives for its coming into effect or
// for its last change, or no date.
func (r *dateReader) text(text []byte) policy.Date {
	front, body, _ := policy.SplitFrontMatter(text)
	lines := bytes.Split(bytes.ReplaceAll(body, []byte("\r"), nil), []byte("\n"))
	head := lines[:min(headLines, len(lines))]
	foot := lines[max(len(head), len(lines)-footLines):]
	for _, part := range [][][]byte{head, foot} {
		if date := r.lines(part); !date.IsZero() {
			return date
		}
	}
	if date := bareDate(head); !date.IsZero() {
		return date
	}
	return keyDate(front)
}

// otherKeys are the keys under which other tools keep the day of the last change.
var otherKeys = regexp.MustCompile(`(?m)^(?:revdate|last_modified_at|last_modified|last_updated|lastmod|modified|updated)[ \t]*[:=][ \t]*["']?(\d{4}-\d{2}-\d{2})`)

func keyDate(front []byte) policy.Date {
	m := otherKeys.FindSubmatch(front)
	if m == nil {
		return policy.Date{}
	}
	date, _ := policy.ParseDate(string(m[1]))
	return date
}

// DateLine returns the line, numbered from 1, on which a text first gives a
// date, or 1 when it gives it on none.
func DateLine(text []byte, date policy.Date) int {
	for i, line := range strings.Split(string(text), "\n") {
		given := func(f dated) bool { return f.date == date }
		if hasYear.MatchString(line) && (attributeDate(line) == date || slices.ContainsFunc(datesIn(plain(line)), given)) {
			return i + 1
		}
	}
	return 1
}

// lines prefers an attribute made for machines to words, and words about the
// effect to words about the last change.
func (r *dateReader) lines(lines [][]byte) policy.Date {
	var likely []string
	for _, line := range lines {
		if len(line) <= dateLine && hasYear.Match(line) {
			likely = append(likely, string(line))
		}
	}
	for _, line := range likely {
		if date := attributeDate(line); !date.IsZero() {
			return date
		}
	}
	claims := make([]claimed, len(likely))
	for i, line := range likely {
		claims[i] = r.claims(plain(line))
	}
	if date := tableDate(lines); !date.IsZero() {
		claims = append(claims, claimed{effect: date})
	}
	for _, c := range claims {
		if !c.effect.IsZero() {
			return c.effect
		}
	}
	for _, c := range claims {
		if !c.change.IsZero() {
			return c.change
		}
	}
	return policy.Date{}
}

// claims is claimsOf with a memory.
func (r *dateReader) claims(line string) claimed {
	c, ok := r.known[line]
	if ok {
		return c
	}
	if len(r.known) >= remembered {
		clear(r.known)
	}
	c = claimsOf(line)
	r.known[line] = c
	return c
}

// hasYear spares most lines the rest: four digits of one script, or the year of
// an era.
var hasYear = regexp.MustCompile(`\p{Nd}{4}|[〇零○一二三四五六七八九]{4}年|令和|平成|民[國国]`)

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

// plain takes the marks of Markdown out of a line, and writes its digits as
// ASCII and its white space as single spaces.
func plain(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("*_`|\\\u200e\u200f", r):
			return -1
		case r > unicode.MaxASCII && unicode.IsDigit(r):
			return '0' + digit(r)
		}
		return r
	}, line)
	return hanDigits(strings.Join(strings.Fields(line), " "))
}

// digit returns the value of a decimal digit of any script: Unicode keeps the
// ten of each script together, in order (The Unicode Standard, section 4.6).
func digit(r rune) rune {
	first := r
	for unicode.IsDigit(first-1) && r-first < 9 {
		first--
	}
	return r - first
}

// bareDate returns the date that makes a line by itself, below the title.
func bareDate(lines [][]byte) policy.Date {
	seen := 0
	for _, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if seen++; seen > bareLines {
			break
		}
		if len(line) > dateLine || !hasYear.Match(line) || bytes.HasPrefix(line, []byte("#")) {
			continue
		}
		text := plain(string(line))
		for _, found := range datesIn(text) {
			if aside(text[:found.start]) && aside(text[found.end:]) {
				return found.date
			}
		}
	}
	return policy.Date{}
}

// aside tells whether what stands beside a date is no more than the day of the
// week, or what some languages end a date with: "r.", "г.", "Salı".
func aside(text string) bool {
	return len(strings.Fields(text)) <= 2 && !strings.ContainsAny(text, "0123456789")
}

// The words that announce a date. Chinese, Japanese and Korean name the day
// first.
var (
	effectWords = regexp.MustCompile(`(?i)` + alternatives(`
en \beffective\b|\bin effect\b|\bin force\b|\bwith effect\b
de gültig (?:ab|seit)|\bin kraft\b|wirksam (?:ab|seit)
es \bvigentes?\b|\bvigor\b
fr date d.(?:effet|entrée)|en vigueur
it \bvigore\b|efficac
pt \bvigência\b|válid[ao] desde|efetivad
ca \bvigència\b|\bvigents?\b
ro în vigoare|intră în vigoare|valabil
nl ingangsdatum|van kracht|inwerkingtreding|met ingang van
da gældende|ikrafttr|gælder fra
sv gäller från|träder i kraft
nb gjelder fra|ikrafttred
fi voimassa|voimaantulo
cs účinn|platn[áéýí] od|v platnosti
sk účinn|platné od
pl obowiązuje|data wejścia|w życie
hu hatály|érvényes
hr na snagu|vrijedi od
sr на снагу|na snazi
ru вступ|действует|действительн
uk чинн|набуває|набирає|діє з
bg в сила
mk на сила|во сила
el ισχύ|έναρξη
tr yürürlük|yürürlüğe|geçerli
id berlaku
ms berkuat ?kuasa
sw kuanzia|inatumika
tl epektibo|may bisa
vi có hiệu lực
ar يسري|تسري|ساري|سارية|نفاذ|سريان
he בתוקף|תקף
hi प्रभावी|लागू
bn কার্যকর
ta நடைமுறை|செயலில்|அமலுக்கு
th มีผล
zh 生效|施行
ja 発効|施行|有効
ko 발효|시행|유효|적용`))
	changeWords = regexp.MustCompile(`(?i)` + alternatives(`
en \b(?:last|latest) (?:updated?|modified|revised|revision|changed?)\b|^\W*(?:updated|revised|modified|date|version)\b
de \bstand\b|zuletzt|aktualisier
es actualiza|modificación|^\W*versión\b
fr mise? à jour|modifiée? le
it ultimo aggiornamento|ultima modifica|^\W*versione\b
pt atualiza|^\W*versão\b
ca actualitza
ro actualizare|^\W*versiunea\b
nl laatst|bijgewerkt|^\W*versie\b
da opdatere|senest
sv uppdatera|senast
nb oppdatert|sist endret
fi päivitet|muokattu
cs aktualizac|aktualizov|naposledy|^\W*verze\b
sk aktualizác
pl aktualizac|^\W*wersja\b
hu frissít|módosít|verzió\b
hr ažurir|^\W*verzija\b
sr ажурир
ru обновлен|изменен|^\W*версия
uk оновлен|змінен
bg актуализ|обновен
mk ажурира
el ενημέρωση|τελευταία|^\W*έκδοση
tr son güncelle|güncellen|sürüm
id terakhir|diperbarui|pembaruan|^\W*versi\b
ms kemas ?kini|^\W*versi\b
sw ilisasishwa|mwisho
tl huling|na-update|^\W*bersyon
vi cập nhật|^\W*phiên bản
ar تحديث|الإصدار
he עודכן|עדכון
hi अद्यतन|अपडेट|संस्करण
bn হালনাগাদ|আপডেট|সংস্করণ
ta புதுப்பிக்க|பதிப்பு
th ปรับปรุง|อัปเดต|อัพเดต
zh 更新|修订|修訂
ja 更新|改定|改訂|バージョン
ko 최종|업데이트|개정|수정|버전`))
)

// alternatives makes one pattern of a list: a language and its pattern a line.
func alternatives(list string) string {
	var all []string
	for line := range strings.Lines(strings.TrimSpace(list)) {
		_, pattern, _ := strings.Cut(strings.TrimSpace(line), " ")
		all = append(all, pattern)
	}
	return strings.Join(all, "|")
}
