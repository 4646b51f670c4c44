package materiality

import (
	_ "embed" // the words of the categories
	"strings"
)

// vocabulary lists the words and phrases that tell that a sentence is about a
// category, separated by commas. Strong ones weigh twice as much.
type vocabulary struct {
	category     Category
	strong, weak string
	plain        string // what the same is called in plain words; tells the category alone
}

//go:embed vocabulary.txt
var vocabularyText string

// vocabularies returns the English word lists of all categories.
func vocabularies() []vocabulary {
	var list []vocabulary
	for line := range strings.Lines(vocabularyText) {
		field, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if field == "category" {
			list = append(list, vocabulary{category: Category(value)})
			continue
		}
		if len(list) == 0 {
			continue
		}
		switch v := &list[len(list)-1]; field {
		case "strong":
			v.strong += value + ","
		case "weak":
			v.weak += value + ","
		case "plain":
			v.plain += value + ","
		}
	}
	return list
}
