package policy

import "strings"

// NearestLanguage returns which of the languages that something is written in
// serves a reader of another one: the same tag, else the one that shares most of
// its leading parts (RFC 4647, section 3.4), else one of the same language; always in
// the same script. It returns false where none does. Tags are those of
// BCP 47, in any case, with - or _ between their parts.
//
// Chinese is written in two scripts, and a tag without one names it by the
// region: zh, zh-CN and zh-SG are zh-Hans; zh-TW, zh-HK and zh-MO are zh-Hant.
func NearestLanguage(have []string, want string) (string, bool) {
	language, script := written(want)
	if language == "" {
		return "", false
	}
	near := ""
	for tag := want; tag != ""; tag = tag[:max(strings.LastIndexAny(tag, "-_"), 0)] {
		for _, h := range have {
			l, s := written(h)
			if l != language || s != script && s != "" && script != "" {
				continue
			}
			if sameTag(h, tag) {
				return h, true
			}
			if near == "" {
				near = h
			}
		}
	}
	return near, near != ""
}

func sameTag(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, "_", "-"), strings.ReplaceAll(b, "_", "-"))
}

// LanguageTag writes a BCP 47 tag as it is written by convention (RFC 5646, section
// 2.1.1), with hyphens: pt_br as pt-BR, ZH-HANS as zh-Hans. What is no such tag
// comes back in some form that is none either.
func LanguageTag(tag string) string {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	for i, part := range parts[1:] {
		if len(parts[i]) == 1 {
			break // what follows a single character is an extension
		}
		switch len(part) {
		case 2:
			parts[i+1] = strings.ToUpper(part)
		case 4:
			parts[i+1] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "-")
}

// written parts a tag into its language and its script, both in lower case; the
// script is empty where the tag does not tell it.
func written(tag string) (language, script string) {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	language = parts[0]
	if language == "zh" {
		script = "hans"
	}
	for _, part := range parts[1:] {
		switch {
		case len(part) == 4 && part[0] > '9':
			return language, part
		case language == "zh" && (part == "tw" || part == "hk" || part == "mo"):
			script = "hant"
		}
	}
	return language, script
}

// RightToLeft reports whether a language is written from right to left, by its
// BCP 47 tag.
func RightToLeft(tag string) bool {
	language, script := written(tag)
	switch script {
	case "arab", "hebr", "thaa", "syrc", "nkoo", "adlm":
		return true
	case "":
	default:
		return false
	}
	switch language {
	case "ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "skr", "syr", "ug", "ur", "yi":
		return true
	}
	return false
}
