package render

func italian() *language {
	return &language{
		tag:     "it",
		changes: counted{"modifica", "modifiche"}, clauses: counted{"clausola", "clausole"},
		insertions: counted{"inserimento", "inserimenti"}, deletions: counted{"eliminazione", "eliminazioni"},
		moves: counted{"spostamento", "spostamenti"}, unchanged: counted{"blocco invariato", "blocchi invariati"},
		in: " in ", none: "nessuna modifica",
		limited:  "I testi sono troppo diversi per essere confrontati interamente parola per parola.",
		omitted:  "Altre %d modifiche non sono mostrate qui.",
		inserted: "inserito: ", insertedEnd: " fine dell’inserimento", deleted: "eliminato: ", deletedEnd: " fine dell’eliminazione",
		movedHere: "spostato qui: ", movedAway: "spostato altrove: ", movedEnd: " fine del testo spostato",
		restyled: "enfasi cambiata: ", reshaped: "forma cambiata: ", renumbered: "rinumerato: ", back: "torna al rimando",
		previous: "modifica precedente", next: "modifica successiva", first: "prima modifica",
		toOld: "vai alla posizione precedente", toNew: "vai alla nuova posizione", movedTo: "spostato in %s", movedFrom: "spostato da %s", before: "Prima", after: "Dopo",
	}
}

func portuguese() *language {
	return &language{
		tag:     "pt",
		changes: counted{"alteração", "alterações"}, clauses: counted{"cláusula", "cláusulas"},
		insertions: counted{"inserção", "inserções"}, deletions: counted{"eliminação", "eliminações"},
		moves: counted{"deslocação", "deslocações"}, unchanged: counted{"bloco sem alterações", "blocos sem alterações"},
		in: " em ", none: "nenhuma alteração",
		limited:  "Os textos diferem demasiado para serem inteiramente comparados palavra a palavra.",
		omitted:  "Outras %d alterações não são mostradas aqui.",
		inserted: "inserido: ", insertedEnd: " fim da inserção", deleted: "eliminado: ", deletedEnd: " fim da eliminação",
		movedHere: "deslocado para aqui: ", movedAway: "deslocado para outro lugar: ", movedEnd: " fim do texto deslocado",
		restyled: "ênfase alterada: ", reshaped: "forma alterada: ", renumbered: "renumerado: ", back: "voltar à referência",
		previous: "alteração anterior", next: "alteração seguinte", first: "primeira alteração",
		toOld: "ir para o lugar anterior", toNew: "ir para o lugar novo", movedTo: "deslocado para %s", movedFrom: "deslocado de %s", before: "Antes", after: "Depois",
	}
}

func dutch() *language {
	return &language{
		tag:     "nl",
		changes: counted{"wijziging", "wijzigingen"}, clauses: counted{"artikel", "artikelen"},
		insertions: counted{"invoeging", "invoegingen"}, deletions: counted{"verwijdering", "verwijderingen"},
		moves: counted{"verplaatsing", "verplaatsingen"}, unchanged: counted{"ongewijzigd blok", "ongewijzigde blokken"},
		in: " in ", none: "geen wijzigingen",
		limited:  "De teksten verschillen te veel om ze geheel woord voor woord te vergelijken.",
		omitted:  "Nog %d wijzigingen worden hier niet getoond.",
		inserted: "ingevoegd: ", insertedEnd: " einde van de invoeging", deleted: "verwijderd: ", deletedEnd: " einde van de verwijdering",
		movedHere: "hierheen verplaatst: ", movedAway: "elders heen verplaatst: ", movedEnd: " einde van de verplaatste tekst",
		restyled: "nadruk gewijzigd: ", reshaped: "vorm gewijzigd: ", renumbered: "opnieuw genummerd: ", back: "terug naar de verwijzing",
		previous: "vorige wijziging", next: "volgende wijziging", first: "eerste wijziging",
		toOld: "naar de oude plaats", toNew: "naar de nieuwe plaats", movedTo: "verplaatst naar %s", movedFrom: "verplaatst van %s", before: "Voor", after: "Na",
	}
}

// Polish and Arabic have more forms of a noun than two: the number stands behind it.

func polish() *language {
	return &language{
		tag:     "pl",
		changes: counted{"", "zmiany:"}, clauses: counted{"", "punkty:"},
		insertions: counted{"", "wstawienia:"}, deletions: counted{"", "usunięcia:"},
		moves: counted{"", "przeniesienia:"}, unchanged: counted{"", "niezmienione bloki:"},
		in: ", ", none: "bez zmian",
		limited:  "Teksty różnią się zbyt mocno, by w całości porównać je słowo po słowie.",
		omitted:  "Liczba dalszych zmian, których tu nie pokazano: %d.",
		inserted: "wstawiono: ", insertedEnd: " koniec wstawienia", deleted: "usunięto: ", deletedEnd: " koniec usunięcia",
		movedHere: "przeniesiono tutaj: ", movedAway: "przeniesiono gdzie indziej: ", movedEnd: " koniec przeniesionego tekstu",
		restyled: "zmienione wyróżnienie: ", reshaped: "zmieniona postać: ", renumbered: "zmieniona numeracja: ", back: "powrót do odwołania",
		previous: "poprzednia zmiana", next: "następna zmiana", first: "pierwsza zmiana",
		toOld: "do poprzedniego miejsca", toNew: "do nowego miejsca", movedTo: "przeniesiono do: %s", movedFrom: "przeniesiono z: %s", before: "Przed", after: "Po",
	}
}

func arabic() *language {
	return &language{
		tag:     "ar",
		changes: counted{"", "التغييرات:"}, clauses: counted{"", "البنود:"},
		insertions: counted{"", "الإضافات:"}, deletions: counted{"", "المحذوفات:"},
		moves: counted{"", "المنقولات:"}, unchanged: counted{"", "فقرات دون تغيير:"},
		in: "، ", none: "لا تغييرات",
		limited:  "يختلف النصان اختلافًا أكبر من أن يُقارنا كلمة بكلمة في كل موضع.",
		omitted:  "تغييرات أخرى لا تُعرض هنا: %d.",
		inserted: "مضاف: ", insertedEnd: " نهاية الإضافة", deleted: "محذوف: ", deletedEnd: " نهاية الحذف",
		movedHere: "نُقل إلى هنا: ", movedAway: "نُقل من هنا: ", movedEnd: " نهاية النص المنقول",
		restyled: "تغيّر الإبراز: ", reshaped: "تغيّر الشكل: ", renumbered: "تغيّر الترقيم: ", back: "العودة إلى الإحالة",
		previous: "التغيير السابق", next: "التغيير التالي", first: "أول تغيير",
		toOld: "إلى الموضع القديم", toNew: "إلى الموضع الجديد", movedTo: "نُقل إلى %s", movedFrom: "نُقل من %s", before: "قبل", after: "بعد",
	}
}

func hebrew() *language {
	return &language{
		tag:     "he",
		changes: counted{"שינוי", "שינויים"}, clauses: counted{"סעיף", "סעיפים"},
		insertions: counted{"הוספה", "הוספות"}, deletions: counted{"מחיקה", "מחיקות"},
		moves: counted{"העברה", "העברות"}, unchanged: counted{"קטע ללא שינוי", "קטעים ללא שינוי"},
		in: " ב־", none: "אין שינויים",
		limited:  "הטקסטים שונים מכדי להשוות אותם מילה במילה לכל אורכם.",
		omitted:  "עוד %d שינויים אינם מוצגים כאן.",
		inserted: "נוסף: ", insertedEnd: " סוף ההוספה", deleted: "נמחק: ", deletedEnd: " סוף המחיקה",
		movedHere: "הועבר לכאן: ", movedAway: "הועבר מכאן: ", movedEnd: " סוף הטקסט שהועבר",
		restyled: "ההדגשה השתנתה: ", reshaped: "הצורה השתנתה: ", renumbered: "המספור השתנה: ", back: "חזרה להפניה",
		previous: "השינוי הקודם", next: "השינוי הבא", first: "השינוי הראשון",
		toOld: "אל המקום הישן", toNew: "אל המקום החדש", movedTo: "הועבר אל %s", movedFrom: "הועבר מ־%s", before: "לפני", after: "אחרי",
	}
}
