package materiality

import "github.com/codicil/codicil/policy"

// languageRules returns the rules about texts in other languages than English.
func languageRules() []Rule {
	return []Rule{
		{
			ID: "channel-changed", Category: Service, Severity: policy.Minor,
			Looks: "a way to write or call that was put beside others, or taken from them, in another language than English",
			Why:   "A way to get in touch came or went, beside others: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Channel}},
			Examples: []Example{
				{"Vous pouvez nous écrire par courriel pour toute question.", "Vous pouvez nous écrire par courriel ou par téléphone pour toute question."},
				{"Sie erreichen uns per E-Mail oder telefonisch.", "Sie erreichen uns per E-Mail."},
			},
			Misses: []Example{
				{"Sie können schriftlich kündigen.", "Sie können mündlich kündigen."},
				{"Sie müssen schriftlich kündigen.", "Sie müssen kündigen."},
			},
		},
		{
			ID: "hours-changed", Category: Service, Severity: policy.Minor,
			Looks: "a day of the week or time of the day on which no payment, right or deadline hangs, in another language than English",
			Why:   "When something is open or can be reached changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Hours}},
			Examples: []Example{
				{"Der Kundendienst ist bis 18 Uhr erreichbar.", "Der Kundendienst ist bis 17 Uhr erreichbar."},
				{"El horario de atención es de lunes a viernes.", "El horario de atención es de lunes a sábado."},
			},
			Misses: []Example{
				{"Die Rechnung ist bis Montag zu bezahlen.", "Die Rechnung ist bis Freitag zu bezahlen."},
			},
		},
		{
			ID: "operator-unplaced", Severity: policy.Major,
			Looks: "a number, negation, modal or condition in another language than English, in a sentence of which it is not known what it is about",
			Why:   "A number, negation or condition changed, and what it bears on was not judged: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Unplaced}},
			Examples: []Example{
				{"Мы передаём ваши данные третьим лицам.", "Мы не передаём ваши данные третьим лицам."},
				{"เราเก็บข้อมูลไว้ 30 วัน", "เราเก็บข้อมูลไว้ 90 วัน"},
			},
			Misses: []Example{
				{"Мы собираем имя, чтобы предоставлять услуги.", "Мы собираем имя, чтобы улучшать услуги."},
			},
		},
		{
			ID: "words-not-read", Severity: policy.Minor,
			Looks: "words of a language that is read only in part",
			Why:   "Words changed that were not judged; whether a rule changed with them, a reader must say: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Unread}},
			Examples: []Example{
				{"Мы собираем имя, чтобы предоставлять услуги.", "Мы собираем имя, чтобы улучшать услуги."},
				{"Vi sparar uppgifter om dina besök.", "Vi sparar uppgifter om dina köp."},
			},
			Misses: []Example{
				{"Мы передаём ваши данные третьим лицам.", "Мы не передаём ваши данные третьим лицам."},
			},
		},
	}
}
