package counsel

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// edit is what a reviewer proposes for one line of a text.
type edit struct{ was, now string }

// invented is a policy of real size with edits proposed by a reviewer: of those in
// a line with the word heron counsel accepts all, of those with egret none.
type invented struct {
	name, text string
	edits      []edit
}

// proposed is the text with all edits, agreed the one with those that are accepted.
func (v *invented) proposed() string { return v.with(func(string) bool { return true }) }
func (v *invented) agreed() string {
	return v.with(func(line string) bool { return strings.Contains(line, "heron") })
}

func (v *invented) with(taken func(line string) bool) string {
	text := v.text
	for _, e := range v.edits {
		if taken(e.was + e.now) {
			text = strings.Replace(text, e.was, e.now, 1)
		}
	}
	return text
}

// tongue is what the invented texts of a language are made of.
type tongue struct {
	lang, words, glue, stop string
	section                 string // heading of a clause, with its number
}

var tongues = map[string]tongue{
	"en": {"en", "member may hire boat when rules allow it and pays fees before each trip unless staff agree otherwise in writing with care for water birds on lake", " ", ".", "%d. Part about hire"},
	"de": {"de", "Mitglied darf Boot mieten wenn die Regeln es erlauben und zahlt Gebühren vor jeder Fahrt außer Personal stimmt schriftlich zu über Größe", " ", ".", "%d. Teil über Miete"},
	"fr": {"fr", "membre peut louer bateau quand règles le permettent et paie frais avant chaque sortie sauf accord écrit du personnel d’été à l’eau", " ", ".", "%d. Partie sur la location"},
	"zh": {"zh", "会员 可以 租用 船只 如果 规则 允许 并且 支付 费用 每次 出行 之前 除非 员工 书面 同意", "", "。", "%d. 关于租用"},
	"ja": {"ja", "会員は ボートを 借りる ことが できます ただし 規則が 認める 場合に 限り 料金を 事前に 支払う ものとします", "", "。", "%d. 利用について"},
	"ar": {"ar", "يجوز للعضو استئجار القارب عندما تسمح القواعد بذلك ويدفع الرسوم قبل كل رحلة ما لم يوافق الموظفون كتابة", " ", ".", "%d. جزء عن الاستئجار"},
	"he": {"he", "חבר רשאי לשכור סירה כאשר הכללים מתירים זאת ומשלם אגרות לפני כל טיול אלא אם הצוות מסכים בכתב", " ", ".", "%d. חלק על השכרה"},
}

// writer invents a text.
type writer struct {
	*rand.Rand
	tongue
	b     strings.Builder
	edits []edit
	birds int
}

func (w *writer) sentence(n int) string {
	pool := strings.Fields(w.words)
	list := make([]string, n)
	for i := range list {
		list[i] = pool[w.IntN(len(pool))]
	}
	return strings.Join(list, w.glue) + w.stop
}

// bird names the bird that decides what becomes of the next edit.
func (w *writer) bird() string {
	w.birds++
	return []string{"heron", "egret"}[w.birds%2]
}

// put writes a line, and proposes an edit of it.
func (w *writer) put(line, now string) {
	w.b.WriteString(line)
	w.edits = append(w.edits, edit{line, now})
}

// clause writes a numbered clause of some paragraphs, with an edit in most.
func (w *writer) clause(i int, number func(i, j int) string) {
	for j := 1; j <= 5; j++ {
		lead, bird := number(i, j), w.bird()
		a, c := w.sentence(12), w.sentence(20)
		line := fmt.Sprintf("%s%s %s %s %d %s\n", lead, bird, a, c, 10*i+j, w.sentence(5))
		days := fmt.Sprintf(" %d ", 10*i+j)
		switch j {
		case 1: // a number
			w.put(line, strings.Replace(line, days, fmt.Sprintf(" %d ", 1000+i), 1))
		case 2: // a sentence goes
			w.put(line, strings.Replace(line, c+" ", "", 1))
		case 3: // a sentence comes
			w.put(line, strings.Replace(line, c, c+" "+w.sentence(7), 1))
		case 4: // nothing
			w.b.WriteString(line)
		case 5: // words in the middle
			w.put(line, strings.Replace(line, a, w.sentence(9), 1))
		}
		w.b.WriteString("\n")
	}
}

// list writes items of which one is edited.
func (w *writer) list(i int, mark func(k int) string, between string) {
	for k := 1; k <= 4; k++ {
		line := fmt.Sprintf("%s%s %s (%d.%d)\n", mark(k), w.bird(), w.sentence(6), i, k)
		if k == 2 || k == 3 {
			w.put(line, strings.Replace(line, fmt.Sprintf("(%d.%d)", i, k), fmt.Sprintf("(%d.%d) %s", i, k, w.sentence(4)), 1))
		} else {
			w.b.WriteString(line)
		}
		w.b.WriteString(between)
	}
	w.b.WriteString("\n")
}

// table writes a table of which two cells are edited.
func (w *writer) table(i int) {
	fmt.Fprintf(&w.b, "| Item %d | Days | Why |\n|---|---:|---|\n", i)
	for k := 1; k <= 4; k++ {
		line := fmt.Sprintf("| %s | %s %d | %s |\n", w.sentence(2), w.bird(), 100*i+k, w.sentence(5))
		if k == 2 || k == 3 {
			w.put(line, strings.Replace(line, fmt.Sprintf(" %d |", 100*i+k), fmt.Sprintf(" %d |", 7000+k), 1))
			continue
		}
		w.b.WriteString(line)
	}
	w.b.WriteString("\n")
}

// shape is one kind of policy.
type shape struct {
	name, lang      string
	clauses         int
	ids, nest       bool
	lists, tables   bool
	notes, emphasis bool
	number          func(i, j int) string
	mark            func(k int) string
	between         string // items of a list
	heading         string // instead of the language's own
}

func (s shape) invent(seed uint64) *invented {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 7)), tongue: tongues[s.lang]}
	fmt.Fprintf(&w.b, "---\ntitle: Rules %s\nlang: %s\n---\n\n# Rules %s\n\nFirst words of the rules. %s\n\n", s.name, s.lang, s.name, w.sentence(15))
	for i := 1; i <= s.clauses; i++ {
		id := ""
		if s.ids {
			id = fmt.Sprintf(" {#part-%d}", i)
		}
		heading := w.section
		if s.heading != "" {
			heading = s.heading
		}
		w.b.WriteString("## " + fmt.Sprintf(heading, i) + id + "\n\n")
		w.clause(i, s.number)
		if s.lists {
			w.list(i, s.mark, s.between)
		}
		if s.tables && i%3 == 1 {
			w.table(i)
		}
		if s.emphasis {
			line := fmt.Sprintf("This %s **binds** *you*, see [the map %d](https://example.com/map/%d) and `code %d`.\n", w.bird(), i, i, i)
			w.put(line, strings.Replace(line, "binds** *you*", "binds** *you and us*", 1))
			w.b.WriteString("\n")
		}
		if s.nest {
			fmt.Fprintf(&w.b, "### Below %d\n\n%s\n\n", i, w.sentence(30))
		}
		if s.notes {
			fmt.Fprintf(&w.b, "%s[^%d]\n\n", w.sentence(9), i)
		}
	}
	if s.notes {
		for i := 1; i <= s.clauses; i++ {
			line := fmt.Sprintf("[^%d]: %s %s %d\n", i, w.bird(), w.sentence(8), 500+i)
			w.put(line, strings.Replace(line, fmt.Sprint(500+i), fmt.Sprint(900+i), 1))
			w.b.WriteString("\n")
		}
	}
	return &invented{s.name, strings.TrimRight(w.b.String(), "\n") + "\n", w.edits}
}

func plainNumber(i, j int) string { return fmt.Sprintf("%d.%d ", i, j) }
func noNumber(int, int) string    { return "" }
func lettered(_, j int) string    { return fmt.Sprintf("(%c) ", 'a'+j-1) }
func bullet(int) string           { return "- " }
func counted(k int) string        { return fmt.Sprintf("%d. ", k) }
func roman(k int) string          { return "(" + []string{"i", "ii", "iii", "iv"}[k-1] + ") " }

// shapes are twelve kinds of policies of real size.
func shapes() []shape {
	return []shape{
		{name: "decimal", lang: "en", clauses: 14, ids: true, number: plainNumber},
		{name: "bullets", lang: "en", clauses: 12, lists: true, number: noNumber, mark: bullet, heading: "Part %d of the rules"},
		{name: "counted", lang: "en", clauses: 12, ids: true, lists: true, number: plainNumber, mark: counted},
		{name: "tables", lang: "en", clauses: 12, tables: true, number: plainNumber},
		{name: "notes", lang: "en", clauses: 12, notes: true, number: plainNumber},
		{name: "emphasis", lang: "en", clauses: 14, emphasis: true, nest: true, number: noNumber},
		{name: "articles", lang: "en", clauses: 10, ids: true, lists: true, number: lettered, mark: roman, between: "\n", heading: "Article %d. Hire"},
		{name: "german", lang: "de", clauses: 14, lists: true, number: lettered, mark: bullet, heading: "§ %d Miete"},
		{name: "french", lang: "fr", clauses: 14, tables: true, notes: true, number: plainNumber, heading: "Article %d – Location"},
		{name: "chinese", lang: "zh", clauses: 12, lists: true, number: plainNumber, mark: counted},
		{name: "arabic", lang: "ar", clauses: 12, tables: true, lists: true, number: plainNumber, mark: bullet},
		{name: "long", lang: "en", clauses: 60, ids: true, tables: true, lists: true, number: plainNumber, mark: bullet},
	}
}
