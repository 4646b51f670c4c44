package email

import (
	"fmt"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// words are the words of an email around the words of a text. Those with
// a place for something (%s, %d) are sentences, as languages order them
// differently.
type words struct {
	Lang string // they are in: a BCP 47 tag

	Hello string // name, with a space before it
	Colon string // with the spaces beside it

	fullStop string // that ends a sentence

	subjectNext, subjectPast, subjectFirst, subjectFirstPast string // title, day
	leadNext, leadPast, leadFirst, leadFirstPast             string // title, day

	leadBetween      string // title, day: another version takes effect before
	before           string // its day, or theirs
	cohorts          string // day from which accounts are new ones
	And              string // between days
	late             string // last day of notice
	correction       string // before a subject
	corrects         string // day on which people were told, title
	subjectCancelled string // title
	cancelled        string // day from which the text was to bind
	otherDay         string // day, and the one that people were told
	altered          string

	WhatChanged                                             string
	Legend                                                  string // of the text part
	LegendDel, StruckThrough, LegendIns, Underlined, Stands string // of the HTML part
	Removed, New                                            string // what a screen reader is told before changed words
	kinds                                                   map[redline.Kind]string
	numberBefore                                            string // number
	formOnly, placeOnly, beforeFirst                        string

	seeAll             string // number of changes
	otherNumber        string // one clause
	otherNumbers       string // number of clauses
	WhatYouCanDo       string
	AllChanges, Whole  string
	SinceThen          string // what changed since the text before, whenever that is read
	Ask                string // before the address to answer to
	service, following string // sender; title
	Stop               string
	askOnly            string // the same, where objecting has a page of its own
	decline            string // last day on which the change can be declined
	Declines           string // of the link to it
	us                 string // a sender without a name

	day func(policy.Date) string
}

// wordsOf returns the words of a language by its tag; English where there
// are none.
func wordsOf(tag string) *words {
	near, _ := policy.NearestLanguage([]string{"en", "de", "fr", "es", "zh-Hans"}, tag)
	switch near {
	case "de":
		return german()
	case "fr":
		return french()
	case "es":
		return spanish()
	case "zh-Hans":
		return chinese()
	}
	return english()
}

// spelled writes a date with the name of its month, by a format that takes day,
// month and year.
func spelled(format string, months ...string) func(policy.Date) string {
	return func(d policy.Date) string { return fmt.Sprintf(format, d.Day, months[d.Month-time.January], d.Year) }
}

func english() *words {
	return &words{
		Lang: "en", Colon: ": ", fullStop: ".", Hello: "Hello%s,", us: "us",
		subjectNext: "Changes to %s from %s", subjectPast: "Changes to %s since %s",
		subjectFirst: "%s: in force from %s", subjectFirstPast: "%s: in force since %s",
		leadNext:  "%s is changing. The new text takes effect on %s; until then the present text stays in force.",
		leadPast:  "%s has changed. The new text has been in force since %s.",
		leadFirst: "%s takes effect on %s.", leadFirstPast: "%s has been in force since %s.",
		leadBetween: "%s is changing. The new text takes effect on %s.",
		before:      " Before that, another change takes effect on %s.",
		cohorts:     " Accounts made from %s on are bound from their first day.", And: " and ",
		late:             "You are told later than you should have been: this notice was due by %s.",
		correction:       "Correction",
		corrects:         "On %s we told you of a change to %s. This message takes the place of that one.",
		subjectCancelled: "the change to %s does not take place",
		cancelled:        "The change that was to take effect on %s does not take place. The text in force stays as it is.",
		otherDay:         "The new text takes effect on %s, not on %s.",
		altered:          "The new text is not the one that we sent you then: what follows is compared with the text in force.",
		WhatChanged:      "What changed",
		Legend:           "Removed words are in [-square brackets-], new words in {+curly ones+}; … stands for words that stay.",
		LegendDel:        "Removed words are", StruckThrough: "struck through", LegendIns: ", new words are", Underlined: "underlined",
		Stands: "; … stands for words that stay.", Removed: "[removed: ", New: "[new: ",
		kinds: map[redline.Kind]string{
			redline.Added: "added", redline.Removed: "removed", redline.Edited: "edited", redline.Moved: "moved", redline.Reshaped: "reshaped",
		},
		numberBefore: ", number %s before", formOnly: "only its form changed, no word of it",
		placeOnly: "it is in another place now; no word of it changed", beforeFirst: "Before the first clause",
		seeAll: "See all %d changes", otherNumber: "Besides, 1 clause has another number.", otherNumbers: "Besides, %d clauses have other numbers.",
		WhatYouCanDo: "What you can do", AllChanges: "Read all changes, marked in the text", Whole: "Read the whole text",
		SinceThen: "If you read this later, see what has changed since the text you knew",
		Ask:       "Ask or object: answer this message, or write to",
		service:   "You get this message because you have an account with %s, to which this document applies. It is a required notice and holds no advertising.",
		following: "You get this message because you asked to be told about changes to %s.", askOnly: "Ask a question: answer this message, or write to",
		decline: "If you do not agree, you can decline this change until %s.", Declines: "Decline this change",
		Stop: "Stop these messages",
		day:  spelled("%d %s %d", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
	}
}

func german() *words {
	return &words{
		Lang: "de", Colon: ": ", fullStop: ".", Hello: "Guten Tag%s,", us: "uns",
		subjectNext: "Änderungen ab %[2]s: %[1]s", subjectPast: "Änderungen seit %[2]s: %[1]s",
		subjectFirst: "%s: gilt ab %s", subjectFirstPast: "%s: gilt seit %s",
		leadNext:  "„%s“ wird geändert. Der neue Text gilt ab %s; bis dahin gilt der jetzige Text.",
		leadPast:  "„%s“ wurde geändert. Der neue Text gilt seit %s.",
		leadFirst: "„%s“ gilt ab %s.", leadFirstPast: "„%s“ gilt seit %s.",
		leadBetween: "„%s“ wird geändert. Der neue Text gilt ab %s.",
		before:      " Vorher wird am %s eine andere Änderung wirksam.",
		cohorts:     " Für Konten, die ab dem %s angelegt werden, gilt er vom ersten Tag an.", And: " und ",
		late:             "Sie erfahren dies später, als es sein sollte: Diese Mitteilung war bis zum %s fällig.",
		correction:       "Berichtigung",
		corrects:         "Am %s haben wir Ihnen eine Änderung von „%s“ mitgeteilt. Diese Nachricht ersetzt jene.",
		subjectCancelled: "„%s“ wird nicht geändert",
		cancelled:        "Die Änderung, die ab %s gelten sollte, entfällt. Es bleibt beim geltenden Text.",
		otherDay:         "Der neue Text gilt ab %s, nicht ab %s.",
		altered:          "Der neue Text ist nicht der, den wir Ihnen damals geschickt haben: Das Folgende ist mit dem geltenden Text verglichen.",
		WhatChanged:      "Was sich ändert",
		Legend:           "Gestrichene Wörter stehen in [-eckigen Klammern-], neue in {+geschweiften+}; … steht für Wörter, die bleiben.",
		LegendDel:        "Gestrichene Wörter sind", StruckThrough: "durchgestrichen", LegendIns: ", neue Wörter sind", Underlined: "unterstrichen",
		Stands: "; … steht für Wörter, die bleiben.", Removed: "[gestrichen: ", New: "[neu: ",
		kinds: map[redline.Kind]string{
			redline.Added: "neu", redline.Removed: "gestrichen", redline.Edited: "geändert", redline.Moved: "verschoben", redline.Reshaped: "umgestaltet",
		},
		numberBefore: ", bisher Nummer %s", formOnly: "nur die Form hat sich geändert, kein Wort",
		placeOnly: "steht jetzt an anderer Stelle; kein Wort hat sich geändert", beforeFirst: "Vor der ersten Klausel",
		seeAll: "Alle %d Änderungen ansehen", otherNumber: "Außerdem hat 1 Klausel eine andere Nummer.", otherNumbers: "Außerdem haben %d Klauseln andere Nummern.",
		WhatYouCanDo: "Was Sie tun können", AllChanges: "Alle Änderungen im Text markiert lesen", Whole: "Den ganzen Text lesen",
		SinceThen: "Falls Sie dies später lesen, sehen Sie hier, was sich seit dem Ihnen bekannten Text geändert hat",
		Ask:       "Fragen oder widersprechen: Antworten Sie auf diese Nachricht oder schreiben Sie an",
		service:   "Sie erhalten diese Nachricht, weil Sie ein Konto bei %s haben, für das dieses Dokument gilt. Sie ist eine vorgeschriebene Mitteilung und enthält keine Werbung.",
		following: "Sie erhalten diese Nachricht, weil Sie über Änderungen von „%s“ benachrichtigt werden wollten.", askOnly: "Fragen: Antworten Sie auf diese Nachricht oder schreiben Sie an",
		decline: "Wenn Sie nicht einverstanden sind, können Sie dieser Änderung bis zum %s widersprechen.", Declines: "Dieser Änderung widersprechen",
		Stop: "Keine weiteren Nachrichten",
		day:  spelled("%d. %s %d", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
	}
}

func french() *words {
	return &words{
		Lang: "fr", Colon: " : ", fullStop: ".", Hello: "Bonjour%s,", us: "nous",
		subjectNext: "Modifications à compter du %[2]s : %[1]s", subjectPast: "Modifications depuis le %[2]s : %[1]s",
		subjectFirst: "%s : en vigueur à compter du %s", subjectFirstPast: "%s : en vigueur depuis le %s",
		leadNext:  "Le document « %s » est modifié. Le nouveau texte prend effet le %s ; d’ici là, le texte actuel reste en vigueur.",
		leadPast:  "Le document « %s » a été modifié. Le nouveau texte est en vigueur depuis le %s.",
		leadFirst: "Le document « %s » prend effet le %s.", leadFirstPast: "Le document « %s » est en vigueur depuis le %s.",
		leadBetween: "Le document « %s » est modifié. Le nouveau texte prend effet le %s.",
		before:      " Auparavant, une autre modification prend effet le %s.",
		cohorts:     " Les comptes créés à partir du %s sont liés dès leur création.", And: " et le ",
		late:             "Vous êtes informé plus tard que prévu : cet avis devait vous parvenir au plus tard le %s.",
		correction:       "Rectification",
		corrects:         "Le %s, nous vous avons annoncé une modification du document « %s ». Ce message remplace le précédent.",
		subjectCancelled: "le document « %s » n’est pas modifié",
		cancelled:        "La modification qui devait prendre effet le %s n’a pas lieu. Le texte en vigueur reste inchangé.",
		otherDay:         "Le nouveau texte prend effet le %s, et non le %s.",
		altered:          "Le nouveau texte n’est pas celui que nous vous avions envoyé : ce qui suit est comparé au texte en vigueur.",
		WhatChanged:      "Ce qui change",
		Legend:           "Les mots supprimés figurent entre [-crochets-], les mots ajoutés entre {+accolades+} ; … remplace des mots inchangés.",
		LegendDel:        "Les mots supprimés sont", StruckThrough: "barrés", LegendIns: ", les mots ajoutés sont", Underlined: "soulignés",
		Stands: " ; … remplace des mots inchangés.", Removed: "[supprimé : ", New: "[ajouté : ",
		kinds: map[redline.Kind]string{
			redline.Added: "ajout", redline.Removed: "suppression", redline.Edited: "modification", redline.Moved: "déplacement", redline.Reshaped: "mise en forme",
		},
		numberBefore: ", numéro %s auparavant", formOnly: "seule la forme a changé, aucun mot",
		placeOnly: "se trouve désormais à un autre endroit ; aucun mot n’a changé", beforeFirst: "Avant la première clause",
		seeAll: "Voir les %d modifications", otherNumber: "En outre, 1 clause change de numéro.", otherNumbers: "En outre, %d clauses changent de numéro.",
		WhatYouCanDo: "Ce que vous pouvez faire", AllChanges: "Lire toutes les modifications, marquées dans le texte", Whole: "Lire le texte entier",
		SinceThen: "Si vous lisez ceci plus tard, voyez ce qui a changé depuis le texte que vous connaissiez",
		Ask:       "Poser une question ou vous opposer : répondez à ce message ou écrivez à",
		service:   "Vous recevez ce message parce que vous avez un compte chez %s, auquel ce document s’applique. C’est une information obligatoire, sans publicité.",
		following: "Vous recevez ce message parce que vous avez demandé à être informé des modifications du document « %s ».", askOnly: "Poser une question : répondez à ce message ou écrivez à",
		decline: "Si vous n’êtes pas d’accord, vous pouvez refuser cette modification jusqu’au %s.", Declines: "Refuser cette modification",
		Stop: "Ne plus recevoir ces messages",
		day:  frenchDay,
	}
}

// frenchDay writes the first of a month as an ordinal.
func frenchDay(d policy.Date) string {
	day := spelled("%d %s %d", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")(d)
	if d.Day == 1 {
		return "1er" + strings.TrimPrefix(day, "1")
	}
	return day
}

func spanish() *words {
	return &words{
		Lang: "es", Colon: ": ", fullStop: ".", Hello: "Hola%s:", us: "nosotros",
		subjectNext: "Cambios a partir del %[2]s: %[1]s", subjectPast: "Cambios desde el %[2]s: %[1]s",
		subjectFirst: "%s: en vigor a partir del %s", subjectFirstPast: "%s: en vigor desde el %s",
		leadNext:  "El documento «%s» va a cambiar. El nuevo texto entra en vigor el %s; hasta entonces sigue en vigor el texto actual.",
		leadPast:  "El documento «%s» ha cambiado. El nuevo texto está en vigor desde el %s.",
		leadFirst: "El documento «%s» entra en vigor el %s.", leadFirstPast: "El documento «%s» está en vigor desde el %s.",
		leadBetween: "El documento «%s» va a cambiar. El nuevo texto entra en vigor el %s.",
		before:      " Antes, el %s, entra en vigor otro cambio.",
		cohorts:     " Las cuentas creadas desde el %s quedan vinculadas desde su creación.", And: " y el ",
		late:             "Recibe este aviso más tarde de lo debido: debía llegarle a más tardar el %s.",
		correction:       "Corrección",
		corrects:         "El %s le informamos de un cambio en el documento «%s». Este mensaje sustituye al anterior.",
		subjectCancelled: "el documento «%s» no cambia",
		cancelled:        "El cambio que iba a entrar en vigor el %s no se produce. Sigue en vigor el texto actual.",
		otherDay:         "El nuevo texto entra en vigor el %s, no el %s.",
		altered:          "El nuevo texto no es el que le enviamos entonces: lo que sigue se compara con el texto en vigor.",
		WhatChanged:      "Qué cambia",
		Legend:           "Las palabras suprimidas van entre [-corchetes-] y las nuevas entre {+llaves+}; … sustituye a palabras que no cambian.",
		LegendDel:        "Las palabras suprimidas van", StruckThrough: "tachadas", LegendIns: ", las nuevas van", Underlined: "subrayadas",
		Stands: "; … sustituye a palabras que no cambian.", Removed: "[suprimido: ", New: "[nuevo: ",
		kinds: map[redline.Kind]string{
			redline.Added: "nuevo", redline.Removed: "suprimido", redline.Edited: "modificado", redline.Moved: "trasladado", redline.Reshaped: "cambio de forma",
		},
		numberBefore: ", antes número %s", formOnly: "solo cambia la forma, ninguna palabra",
		placeOnly: "ahora está en otro lugar; no cambia ninguna palabra", beforeFirst: "Antes de la primera cláusula",
		seeAll: "Ver los %d cambios", otherNumber: "Además, 1 cláusula cambia de número.", otherNumbers: "Además, %d cláusulas cambian de número.",
		WhatYouCanDo: "Qué puede hacer", AllChanges: "Leer todos los cambios, marcados en el texto", Whole: "Leer el texto completo",
		SinceThen: "Si lee esto más tarde, vea qué ha cambiado desde el texto que conocía",
		Ask:       "Preguntar u oponerse: responda a este mensaje o escriba a",
		service:   "Recibe este mensaje porque tiene una cuenta con %s a la que se aplica este documento. Es un aviso obligatorio y no contiene publicidad.",
		following: "Recibe este mensaje porque pidió que se le avisara de los cambios en el documento «%s».", askOnly: "Preguntar: responda a este mensaje o escriba a",
		decline: "Si no está de acuerdo, puede rechazar este cambio hasta el %s.", Declines: "Rechazar este cambio",
		Stop: "No recibir más estos mensajes",
		day:  spelled("%d de %s de %d", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
	}
}

func chinese() *words {
	return &words{
		Lang: "zh-Hans", Colon: "：", fullStop: "。", Hello: "您好%s：", us: "我们",
		subjectNext: "《%s》将自%s起更改", subjectPast: "《%s》已自%s起更改",
		subjectFirst: "《%s》自%s起生效", subjectFirstPast: "《%s》已自%s起生效",
		leadNext:  "《%s》将有更改。新文本自%s起生效；在此之前，现行文本继续有效。",
		leadPast:  "《%s》已更改。新文本已自%s起生效。",
		leadFirst: "《%s》自%s起生效。", leadFirstPast: "《%s》已自%s起生效。",
		leadBetween: "《%s》将有更改。新文本自%s起生效。",
		before:      "在此之前，另一项更改自%s起生效。",
		cohorts:     "自%s起创建的账户自创建之日起受其约束。", And: "和",
		late:             "本通知晚于应有的时间：原应在%s之前送达。",
		correction:       "更正",
		corrects:         "我们曾于%s通知您《%s》的更改。本邮件取代该通知。",
		subjectCancelled: "《%s》不作更改",
		cancelled:        "原定自%s起生效的更改已取消，现行文本不变。",
		otherDay:         "新文本自%s起生效，而非%s。",
		altered:          "新文本与当时发送给您的不同：下文与现行文本对照。",
		WhatChanged:      "更改内容",
		Legend:           "删除的文字标在 [-方括号-] 中，新增的文字标在 {+花括号+} 中；“…”代表未更改的文字。",
		LegendDel:        "删除的文字带", StruckThrough: "删除线", LegendIns: "，新增的文字带", Underlined: "下划线",
		Stands: "；“…”代表未更改的文字。", Removed: "[删除：", New: "[新增：",
		kinds: map[redline.Kind]string{
			redline.Added: "新增", redline.Removed: "删除", redline.Edited: "修改", redline.Moved: "移动", redline.Reshaped: "形式更改",
		},
		numberBefore: "，原编号 %s", formOnly: "仅形式更改，文字未变",
		placeOnly: "位置已更改，文字未变", beforeFirst: "第一条之前",
		seeAll: "查看全部 %d 处更改", otherNumber: "此外，有 1 个条款的编号更改。", otherNumbers: "此外，有 %d 个条款的编号更改。",
		WhatYouCanDo: "您可以", AllChanges: "阅读文中标出的全部更改", Whole: "阅读全文",
		SinceThen: "如果您以后才读到本邮件，请查看自您已知文本以来的变更",
		Ask:       "提问或提出异议：回复本邮件，或写信至",
		service:   "您收到本邮件，是因为您在%s拥有账户，本文件适用于该账户。这是必须发送的通知，不含广告。",
		following: "您收到本邮件，是因为您要求在《%s》更改时获得通知。", askOnly: "提问：回复本邮件，或写信至",
		decline: "如果您不同意，可以在%s之前（含当日）拒绝此更改。", Declines: "拒绝此更改",
		Stop: "不再接收此类邮件",
		day:  func(d policy.Date) string { return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day) },
	}
}
