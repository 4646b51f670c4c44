package history

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
)

// announcers are the words of one language that announce a date.
type announcers struct {
	pattern *regexp.Regexp
	stems   []string // of which every match has one
}

// The words that announce a date. Chinese, Japanese and Korean name the day
// first.
var (
	effectWords = wordLists(`
en \beffective\b|\bin effect\b|\bin force\b|\bwith effect\b|\b(?:this|these|our|the) (?:[\w&’'-]+ ){0,4}?(?:policy|notice|agreement|statement|document|version|terms|conditions|rules) (?:(?:shall|will) )?(?:takes?|took|(?:comes?|came|enters?|entered) into) (?:effect|force) (?:on|from|as of)\b
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
ko 발효|시행|유효|적용`)
	changeWords = wordLists(`
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
ko 최종|업데이트|개정|수정|버전`)
)

// wordLists reads a list, once it is asked for: a language and its pattern a line.
func wordLists(list string) func() []announcers {
	return sync.OnceValue(func() (all []announcers) {
		for line := range strings.Lines(strings.TrimSpace(list)) {
			_, pattern, _ := strings.Cut(strings.TrimSpace(line), " ")
			w := announcers{pattern: regexp.MustCompile("(?i)" + pattern)}
			if parsed, err := syntax.Parse(pattern, syntax.Perl); err == nil {
				w.stems = stems(parsed)
			}
			all = append(all, w)
		}
		return all
	})
}

// placesOf returns where the words of any language are in a line. To look for
// stems first takes a hundredth of the time that the patterns take.
func placesOf(languages []announcers, line string) [][]int {
	var found [][]int
	small := strings.ToLower(line)
	for _, w := range languages {
		has := func(stem string) bool { return strings.Contains(small, stem) }
		if slices.ContainsFunc(w.stems, has) {
			found = append(found, w.pattern.FindAllStringIndex(line, -1)...)
		}
	}
	return found
}

// stems returns texts of which whatever matches a pattern has one; none where
// the pattern leaves that open.
func stems(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return stems(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, part := range re.Sub {
			if some := stems(part); shortest(some) > shortest(best) {
				best = some
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, way := range re.Sub {
			some := stems(way)
			if len(some) == 0 {
				return nil
			}
			all = append(all, some...)
		}
		return all
	}
	return nil
}

// shortest returns the bytes of the shortest of some texts, 0 where there are none.
func shortest(some []string) int {
	if len(some) == 0 {
		return 0
	}
	least := slices.MinFunc(some, func(a, b string) int { return len(a) - len(b) })
	return len(least)
}
