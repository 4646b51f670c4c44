package render

import (
	"reflect"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/redline"
)

func TestEveryLanguageHasEveryWord(t *testing.T) {
	for i, tag := range languages() {
		words := reflect.ValueOf(*spoken()[i]())
		if got := words.FieldByName("tag").String(); got != tag {
			t.Errorf("the words of %s stand for %s", got, tag)
		}
		for j := range words.NumField() {
			name, value := words.Type().Field(j).Name, words.Field(j)
			if value.Kind() == reflect.Struct {
				value = value.FieldByName("many")
			}
			if value.String() == "" {
				t.Errorf("%s has no word for %s", tag, name)
			}
			if want := strings.Count(reflect.ValueOf(*english()).Field(j).String(), "%"); value.Kind() == reflect.String && words.Field(j).Kind() == reflect.String && strings.Count(value.String(), "%") != want {
				t.Errorf("%s: %s takes another number of values: %q", tag, name, value.String())
			}
		}
	}
}

func TestChangesAreCountedInTheirLanguage(t *testing.T) {
	s := redline.Stat{Changes: 3, Clauses: 1, Insertions: 2, Deletions: 1}
	for lang, want := range map[string]string{
		"nl-BE": "3 wijzigingen in 1 artikel: 2 invoegingen, 1 verwijdering",
		"pl":    "zmiany: 3, punkty: 1: wstawienia: 2, usunięcia: 1",
		"sv":    "3 changes in 1 clause: 2 insertions, 1 deletion",
	} {
		if got := StatText(s, lang); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
