package redline

import "strings"

// lesserWord reports whether a word says little by itself, so that it is not
// worth keeping between two changes: articles, prepositions, pronouns and
// auxiliaries of the languages that policies are most often written in.
func lesserWord(w string) bool {
	if len(w) > 7 {
		return false
	}
	switch strings.ToLower(w) {
	case "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "but", "with", "from", "as",
		"is", "are", "was", "were", "be", "been", "it", "its", "this", "that", "these", "those", "we", "us", "our",
		"you", "your", "they", "their", "them", "he", "she", "his", "her", "i", "my", "do", "does", "did", "has",
		"have", "had", "will", "would", "can", "could", "any", "all", "such", "other", "which", "who", "when",
		"where", "how", "so", "also", "into", "upon", "about", "through", "more", "s", "t",
		"der", "die", "das", "und", "oder", "ein", "eine", "einer", "zu", "den", "dem", "des", "von", "mit", "für", "im", "ist", "sie", "wir", "auf",
		"le", "la", "les", "un", "une", "de", "du", "et", "ou", "à", "au", "aux", "en", "est", "nous", "vous", "que", "qui", "dans", "pour", "par", "sur",
		"el", "los", "las", "una", "y", "o", "se", "del", "al", "con", "por", "para", "su":
		return true
	}
	return false
}
