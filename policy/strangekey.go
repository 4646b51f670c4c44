package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ownKeys are the keys of front matter that are read here.
func ownKeys() []string {
	return []string{
		"title", "id", "version", "effective_date", "announced", "summary", "change", "change_reason", "approved_by",
		"notice", "lang", "translation_of", "prevails", "aliases", "draft", "status", "status_reason", "decline", "source", "brand", "variables",
	}
}

// othersKeys are keys of other tools that look like ours.
func othersKeys() []string {
	return []string{"date", "lastmod", "status", "slug", "tags", "type", "permalink", "language", "revision", "versions", "notices", "titles", "subtitle", "changed", "changes", "effective", "sources", "brands"}
}

// topKey is a key at the left margin of front matter.
var topKey = regexp.MustCompile(`^["']?([\pL][\pL\d _-]*?)["']?[ \t]*[:=](?:[ \t]|$)`)

// strangeKeys names the keys that are not read, but are nearly spelt like one
// that is: effective-date, Version, sumary.
func strangeKeys(name string, h front) []*Diagnostic {
	var found []*Diagnostic
	for i, line := range strings.Split(string(h.text), "\n") {
		m := topKey.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if m[1] == "status" {
			if d := strangeStatus(name, line, h.first+i); d != nil {
				found = append(found, d)
			}
		}
		if own := nearKey(m[1]); own != "" {
			found = append(found, &Diagnostic{
				File: name, Line: h.first + i, Column: 1, Level: Warning, Rule: "unknown-key",
				Message: fmt.Sprintf("%s is no key of front matter that is read here: %s is", m[1], own),
				Hint:    fmt.Sprintf("write %s, or give the key another name if it is meant for another tool", own),
			})
		}
	}
	return found
}

// strangeStatus names a status that is not read, but is meant like one that is:
// a version that its editor takes for called off would take effect.
func strangeStatus(name, line string, number int) *Diagnostic {
	_, word, _ := strings.Cut(line, strings.Trim(topKey.FindString(line), " \t"))
	word, _, _ = strings.Cut(word, " #")
	word = strings.ToLower(strings.Trim(strings.TrimSpace(word), "\"'"))
	meant := nearStatus(word)
	if meant == "" {
		return nil
	}
	return &Diagnostic{File: name, Line: number, Column: 1, Level: Warning, Rule: "unknown-status",
		Message: fmt.Sprintf("%q is no status that is read here, and changes nothing", word),
		Hint:    fmt.Sprintf("write `status: %s` if that is meant; other words are left to other tools", meant)}
}

// nearStatus returns the status that a word is meant for, or nothing.
func nearStatus(word string) Status {
	meant := map[Status][]string{
		Cancelled: {"cancel", "cancelling", "cancellation", "called off", "void", "voided", "revoked", "rejected"},
		Withdrawn: {"withdraw", "withdrawal", "gone", "retired", "repealed", "removed", "rescinded", "discontinued"},
		Draft:     {"drafting", "drafted", "wip", "in draft"},
	}
	if word == string(Cancelled) || word == "canceled" || word == string(Withdrawn) || word == string(Draft) {
		return ""
	}
	for _, status := range []Status{Cancelled, Withdrawn, Draft} {
		if slices.Contains(meant[status], word) || len(word) > 4 && (oneSlip(string(status), word) || status == Cancelled && oneSlip("canceled", word)) {
			return status
		}
	}
	return ""
}

// nearKey returns the key of ours that a key is meant for, or nothing.
func nearKey(key string) string {
	for _, known := range append(ownKeys(), othersKeys()...) {
		if key == known {
			return ""
		}
	}
	plain := plainKey(key)
	for _, own := range ownKeys() {
		if plainKey(own) == plain {
			return own
		}
	}
	for _, own := range ownKeys() {
		if len(own) > 4 && oneSlip(plainKey(own), plain) {
			return own
		}
	}
	return ""
}

// plainKey leaves out case and what is between words.
func plainKey(key string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ ", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, key)
}

// oneSlip tells whether two words differ in one letter: added, left out,
// another one, or two that changed places.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(b)-len(a) > 1:
		return false
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]:
		return true
	}
	return i < len(a) && a[i+1:] == b[i+1:]
}
