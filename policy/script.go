package policy

import "unicode"

// ScriptLanguage tells the language of a text whose script leaves no doubt. A
// fifth of its letters is enough, for policies are full of Latin names, and of
// kana also among many ideographs. Empty where the script leaves a doubt.
func ScriptLanguage(doc *Document) string {
	scripts := []struct {
		lang  string
		table *unicode.RangeTable
	}{
		{"ja", unicode.Hiragana}, {"ja", unicode.Katakana}, {"ko", unicode.Hangul}, {"zh", unicode.Han},
		{"ar", unicode.Arabic}, {"he", unicode.Hebrew}, {"el", unicode.Greek}, {"th", unicode.Thai},
	}
	letters, of := 0, make(map[string]int)
	for i := range doc.Blocks {
		for _, r := range doc.Blocks[i].Text() {
			if !unicode.IsLetter(r) {
				continue
			}
			letters++
			for _, s := range scripts {
				if r > unicode.MaxLatin1 && unicode.Is(s.table, r) {
					of[s.lang]++
					break
				}
			}
		}
	}
	for _, s := range scripts {
		if of[s.lang] > letters/5 {
			return s.lang
		}
	}
	return ""
}
