package site

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// language is the words of a notice. %s stands for the title or the date.
type language struct {
	tag             string
	change          string
	before, since   string
	changes, policy string
	dismiss         string
	date            string   // of day, month and year
	months          []string // nil where the date has the number of the month
}

// languageOf returns the words of a language by its BCP 47 tag; English where
// there are none.
func languageOf(tag string) *language {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch base {
	case "de":
		return german()
	case "fr":
		return french()
	case "es":
		return spanish()
	case "zh":
		return chinese()
	}
	return english()
}

// title names the change, in few enough characters for a small screen.
func (l *language) title(of string) string { return clip(fmt.Sprintf(l.change, of), maxNoticeTitle) }

// when says from or since when a version binds.
func (l *language) when(n *notice.Notice, on policy.Date) string {
	if n.InForce(on) {
		return fmt.Sprintf(l.since, l.dateOf(n.Effective))
	}
	return fmt.Sprintf(l.before, l.dateOf(n.Effective))
}

// dateOf writes a date for people.
func (l *language) dateOf(d policy.Date) string {
	month := fmt.Sprint(int(d.Month))
	if l.months != nil && !d.IsZero() {
		month = l.months[d.Month-1]
	}
	return strings.NewReplacer("D", fmt.Sprint(d.Day), "M", month, "Y", fmt.Sprint(d.Year)).Replace(l.date)
}

func english() *language {
	return &language{
		tag: "en", change: "Change to our %s", before: "Will apply from %s.", since: "Applies since %s.",
		changes: "See what changed", policy: "Read the policy", dismiss: "Close", date: "D M Y",
		months: strings.Fields("January February March April May June July August September October November December"),
	}
}

func german() *language {
	return &language{
		tag: "de", change: "Änderung: %s", before: "Gilt ab dem %s.", since: "Gilt seit dem %s.",
		changes: "Änderungen ansehen", policy: "Text lesen", dismiss: "Schließen", date: "D. M Y",
		months: strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
	}
}

func french() *language {
	return &language{
		tag: "fr", change: "Modification : %s", before: "S’applique à partir du %s.", since: "S’applique depuis le %s.",
		changes: "Voir ce qui change", policy: "Lire le texte", dismiss: "Fermer", date: "D M Y",
		months: strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
	}
}

func spanish() *language {
	return &language{
		tag: "es", change: "Cambio: %s", before: "Se aplicará a partir del %s.", since: "Se aplica desde el %s.",
		changes: "Ver qué cambia", policy: "Leer el texto", dismiss: "Cerrar", date: "D de M de Y",
		months: strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
	}
}

func chinese() *language {
	return &language{
		tag: "zh", change: "%s有更改", before: "自%s起生效。", since: "已于%s生效。",
		changes: "查看更改内容", policy: "阅读全文", dismiss: "关闭", date: "Y年M月D日",
	}
}
