package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// language is the words of a page around the words of a text.
type language struct {
	tag string // BCP 47

	changes, clauses, insertions, deletions, moves, unchanged counted

	in, none, limited, omitted     string
	inserted, insertedEnd          string
	deleted, deletedEnd            string
	movedHere, movedAway, movedEnd string
	restyled, reshaped, renumbered string
	back                           string // from a footnote to where the text refers to it
	previous, next, first          string
	toOld, toNew                   string
	movedTo, movedFrom             string // with the name of a clause
	before, after                  string
}

// counted is a noun in the singular and the plural; one without a singular takes its
// number behind it, in a form that fits each.
type counted struct{ one, many string }

func (c counted) of(n int) string {
	switch {
	case c.one == "":
		return c.many + " " + strconv.Itoa(n)
	case n == 1:
		return "1 " + c.one
	}
	return strconv.Itoa(n) + " " + c.many
}

// spoken are the languages that there are words of.
func spoken() []func() *language {
	return []func() *language{english, german, french, spanish, italian, portuguese, dutch, polish, japanese, chinese, traditionalChinese, arabic, hebrew}
}

// languages are the tags of those that languageOf has words of.
func languages() []string {
	return []string{"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "zh-Hans", "zh-Hant", "ar", "he"}
}

// languageOf returns the words of a language by its BCP 47 tag; English where
// there are none.
func languageOf(tag string) *language {
	if near, ok := policy.NearestLanguage(languages(), tag); ok {
		return spoken()[slices.Index(languages(), near)]()
	}
	return english()
}

// StatText says how much a redline changes, in the language of a BCP 47 tag;
// in English where Codicil does not speak it.
func StatText(s redline.Stat, lang string) string { return languageOf(lang).stat(s) }

// rest says how many changes of a redline are not shown.
func (l *language) rest(r *redline.Redline) string {
	return strings.Replace(l.omitted, "%d", strconv.Itoa(r.Omitted), 1)
}

// stat says in words how much changed.
func (l *language) stat(s redline.Stat) string {
	if s.Changes == 0 {
		return l.none
	}
	var parts []string
	for _, p := range []struct {
		n    int
		word counted
	}{{s.Insertions, l.insertions}, {s.Deletions, l.deletions}, {s.Moves, l.moves}} {
		if p.n > 0 {
			parts = append(parts, p.word.of(p.n))
		}
	}
	out := l.changes.of(s.Changes) + l.in + l.clauses.of(s.Clauses)
	if len(parts) > 0 {
		out += ": " + strings.Join(parts, ", ")
	}
	return out
}

func english() *language {
	return &language{
		tag:     "en",
		changes: counted{"change", "changes"}, clauses: counted{"clause", "clauses"},
		insertions: counted{"insertion", "insertions"}, deletions: counted{"deletion", "deletions"},
		moves: counted{"move", "moves"}, unchanged: counted{"unchanged block", "unchanged blocks"},
		in: " in ", none: "no changes",
		limited:  "The texts differ too much to be compared word by word throughout.",
		omitted:  "%d more changes are not shown here.",
		inserted: "inserted: ", insertedEnd: " end of insertion", deleted: "deleted: ", deletedEnd: " end of deletion",
		movedHere: "moved here: ", movedAway: "moved away: ", movedEnd: " end of moved text",
		restyled: "emphasis changed: ", reshaped: "form changed: ", renumbered: "renumbered: ", back: "back to reference",
		previous: "previous change", next: "next change", first: "first change",
		toOld: "go to its old place", toNew: "go to its new place", movedTo: "moved to %s", movedFrom: "moved from %s", before: "Before", after: "After",
	}
}

func german() *language {
	return &language{
		tag:     "de",
		changes: counted{"Änderung", "Änderungen"}, clauses: counted{"Klausel", "Klauseln"},
		insertions: counted{"Einfügung", "Einfügungen"}, deletions: counted{"Streichung", "Streichungen"},
		moves: counted{"Verschiebung", "Verschiebungen"}, unchanged: counted{"unveränderter Absatz", "unveränderte Absätze"},
		in: " in ", none: "keine Änderungen",
		limited:  "Die Texte sind zu verschieden, um durchgehend Wort für Wort verglichen zu werden.",
		omitted:  "%d weitere Änderungen werden hier nicht gezeigt.",
		inserted: "eingefügt: ", insertedEnd: " Ende der Einfügung", deleted: "gestrichen: ", deletedEnd: " Ende der Streichung",
		movedHere: "hierher verschoben: ", movedAway: "von hier verschoben: ", movedEnd: " Ende der Verschiebung",
		restyled: "Hervorhebung geändert: ", reshaped: "Form geändert: ", renumbered: "neu nummeriert: ", back: "zurück zur Stelle",
		previous: "vorige Änderung", next: "nächste Änderung", first: "erste Änderung",
		toOld: "zur alten Stelle", toNew: "zur neuen Stelle", movedTo: "verschoben nach %s", movedFrom: "verschoben von %s", before: "Vorher", after: "Nachher",
	}
}

func french() *language {
	return &language{
		tag:     "fr",
		changes: counted{"modification", "modifications"}, clauses: counted{"clause", "clauses"},
		insertions: counted{"ajout", "ajouts"}, deletions: counted{"suppression", "suppressions"},
		moves: counted{"déplacement", "déplacements"}, unchanged: counted{"bloc inchangé", "blocs inchangés"},
		in: " dans ", none: "aucune modification",
		limited:  "Les textes diffèrent trop pour être comparés entièrement mot à mot.",
		omitted:  "%d autres modifications ne sont pas montrées ici.",
		inserted: "ajouté : ", insertedEnd: " fin de l’ajout", deleted: "supprimé : ", deletedEnd: " fin de la suppression",
		movedHere: "déplacé ici : ", movedAway: "déplacé ailleurs : ", movedEnd: " fin du texte déplacé",
		restyled: "mise en valeur modifiée : ", reshaped: "forme modifiée : ", renumbered: "renuméroté : ", back: "retour au renvoi",
		previous: "modification précédente", next: "modification suivante", first: "première modification",
		toOld: "voir l’ancien emplacement", toNew: "voir le nouvel emplacement", movedTo: "déplacé vers %s", movedFrom: "déplacé depuis %s", before: "Avant", after: "Après",
	}
}

func spanish() *language {
	return &language{
		tag:     "es",
		changes: counted{"cambio", "cambios"}, clauses: counted{"cláusula", "cláusulas"},
		insertions: counted{"inserción", "inserciones"}, deletions: counted{"supresión", "supresiones"},
		moves: counted{"traslado", "traslados"}, unchanged: counted{"bloque sin cambios", "bloques sin cambios"},
		in: " en ", none: "sin cambios",
		limited:  "Los textos difieren demasiado para compararlos por completo palabra por palabra.",
		omitted:  "Aquí no se muestran otros %d cambios.",
		inserted: "insertado: ", insertedEnd: " fin de la inserción", deleted: "suprimido: ", deletedEnd: " fin de la supresión",
		movedHere: "trasladado aquí: ", movedAway: "trasladado a otro lugar: ", movedEnd: " fin del texto trasladado",
		restyled: "énfasis cambiado: ", reshaped: "forma cambiada: ", renumbered: "renumerado: ", back: "volver a la referencia",
		previous: "cambio anterior", next: "cambio siguiente", first: "primer cambio",
		toOld: "ir al lugar anterior", toNew: "ir al lugar nuevo", movedTo: "trasladado a %s", movedFrom: "trasladado desde %s", before: "Antes", after: "Después",
	}
}
