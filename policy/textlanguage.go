package policy

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// languageSample is how many letters of a text tell its language.
const languageSample = 4000

// TextLanguage returns the language that a text is written in by its letters and
// its most frequent words, as a BCP 47 tag without a region; empty where they
// leave a doubt. It is for texts of which nobody stated the language.
func TextLanguage(d *Document) string { return languageOf(languageSampleOf(d)) }

// Language is TextLanguage. Most versions of a text begin like the one before, and
// are in its language.
func (p *Parser) Language(d *Document) string {
	if words := languageSampleOf(d); words != p.sample {
		p.sample, p.language = words, languageOf(words)
	}
	return p.language
}

// languageSampleOf returns the words of a text that tell its language.
func languageSampleOf(d *Document) string {
	sample := make([]byte, 0, 2*languageSample)
	letters := 0
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Kind != Code && letters < languageSample {
			for _, s := range b.Spans {
				sample = append(sample, s.Text...)
				letters += len(s.Text)
			}
			sample = append(sample, '\n')
		}
	}
	return string(sample)
}

func languageOf(sample string) string {
	words := strings.ToLower(sample)
	if lang := lettersTell(words); lang != "" {
		return lang
	}
	return wordsTell(words)
}

// scriptOf is a script with the language it is most written in.
type scriptOf struct {
	lang  string
	table *unicode.RangeTable
}

func scripts() []scriptOf {
	return []scriptOf{
		{"ja", unicode.Hiragana}, {"ja", unicode.Katakana}, {"ko", unicode.Hangul}, {"zh", unicode.Han}, {"ar", unicode.Arabic},
		{"he", unicode.Hebrew}, {"el", unicode.Greek}, {"th", unicode.Thai}, {"ru", unicode.Cyrillic}, {"hi", unicode.Devanagari},
		{"bn", unicode.Bengali}, {"ta", unicode.Tamil}, {"te", unicode.Telugu}, {"ml", unicode.Malayalam}, {"kn", unicode.Kannada},
		{"gu", unicode.Gujarati}, {"pa", unicode.Gurmukhi}, {"ka", unicode.Georgian}, {"hy", unicode.Armenian}, {"km", unicode.Khmer},
		{"lo", unicode.Lao}, {"my", unicode.Myanmar}, {"am", unicode.Ethiopic}, {"si", unicode.Sinhala},
	}
}

// lettersTell returns the language of a script that is not Latin. A fifth of the
// letters is enough, for policies are full of Latin names; of kana a tenth, as
// they are among ideographs.
func lettersTell(words string) string {
	if plainLetters(words) {
		return ""
	}
	known := scripts()
	letters, of := 0, make(map[string]int)
	for _, r := range words {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r <= unicode.MaxLatin1 {
			continue
		}
		for _, s := range known {
			if unicode.Is(s.table, r) {
				of[s.lang]++
				break
			}
		}
	}
	for _, s := range known {
		if of[s.lang] > letters/5 || s.lang == "ja" && of["ja"] > letters/10 {
			return withinScript(s.lang, words)
		}
	}
	return ""
}

// plainLetters reports whether a text is all ASCII: no script has these letters.
func plainLetters(words string) bool {
	for i := range len(words) {
		if words[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// withinScript tells apart the languages of one script by letters that only one
// of them has.
func withinScript(lang, words string) string {
	switch lang {
	case "ar":
		switch {
		case strings.ContainsAny(words, "ٹڈڑےں"):
			return "ur"
		case strings.ContainsAny(words, "پچژگ"):
			return "fa"
		}
	case "ru":
		switch {
		case strings.ContainsAny(words, "ії"):
			return "uk"
		case strings.ContainsAny(words, "ыэ"):
			return "ru"
		case strings.ContainsAny(words, "ђћјљњџ"):
			return "sr"
		}
		return "bg"
	case "zh":
		if count(words, "們這個為與來時對將條資務") > count(words, "们这个为与来时对将条资务") {
			return "zh-Hant"
		}
		return "zh-Hans"
	}
	return lang
}

func count(words, letters string) (n int) {
	for _, r := range words {
		if strings.ContainsRune(letters, r) {
			n++
		}
	}
	return n
}

// frequent are the frequent words of the languages written in Latin letters, each
// with the languages that have it; a word that two have counts for both.
type frequent struct {
	number map[string]int // of each word
	langs  [][]string     // by the number
}

var frequentWords = sync.OnceValue(func() frequent {
	f := frequent{number: make(map[string]int)}
	for lang, list := range functionWords() {
		for word := range strings.FieldsSeq(list) {
			i, known := f.number[word]
			if !known {
				i = len(f.langs)
				f.number[word] = i
				f.langs = append(f.langs, nil)
			}
			f.langs[i] = append(f.langs[i], lang)
		}
	}
	return f
})

// longestFrequent is of how many bytes a frequent word is at most.
const longestFrequent = 10

func functionWords() map[string]string {
	return map[string]string{
		"en": "the and of to you your we our or is that with for are this not",
		"de": "der die das und wir sie ihre nicht mit von zu den ist für werden oder auf",
		"fr": "le la les des et vous nous votre nos est pour dans que une ou vos du",
		"es": "el la los las de y que usted en su nuestro para con por una o no",
		"pt": "o os as da do e que você seu para com não uma em nós ou dos",
		"it": "il la di che e per gli non con una dei nostro sono della o le nel",
		"nl": "de het een en van wij u uw niet voor met zijn op wordt of te dat",
		"sv": "och att det som vi du dina inte för på med av är den ett eller",
		"da": "og at det som vi du dine ikke for på med af er den et eller",
		"nb": "og å det som vi du dine ikke for på med av er den et eller",
		"fi": "ja on ei että me tai sinun jos emme ovat kanssa niiden tämä voi",
		"pl": "i w nie na do że się jest oraz lub przez dla przy nasze z od",
		"cs": "a v se na je že nebo které pro jsou není vaše naše od při jako",
		"hu": "a az és hogy nem is egy vagy meg az ön ha mi által",
		"ro": "și în de la cu nu care pentru sau este dvs din pe ce sunt",
		"tr": "ve bir bu için ile veya olarak da de siz biz olan gibi kişisel",
		"id": "dan yang kami anda untuk atau dengan tidak dari ini pada dalam",
		"vi": "và của bạn chúng tôi không các cho là được với này hoặc",
		"ca": "el la els les de i que amb per una no les nostre dels és o",
	}
}

// wordsTell returns the language whose frequent words a text has most of, where
// they are many enough and clearly more than of any other.
func wordsTell(words string) string {
	f, total := frequentWords(), 0
	seen := make([]int, len(f.langs))
	for w := range strings.FieldsFuncSeq(words, func(r rune) bool { return !unicode.IsLetter(r) }) {
		total++
		if len(w) > longestFrequent {
			continue
		}
		if i, known := f.number[w]; known {
			seen[i]++
		}
	}
	counts := make(map[string]int)
	for i, n := range seen {
		if n == 0 {
			continue
		}
		for _, lang := range f.langs[i] {
			counts[lang] += min(n, 1+total/10) // one word of a language does not speak for it
		}
	}
	best, most, second := "", 0, 0
	for lang, n := range counts {
		switch {
		case n > most || n == most && lang < best:
			best, most, second = lang, n, most
		case n > second:
			second = n
		}
	}
	if most < 3 || most*8 < total || most*10 < second*11 {
		return ""
	}
	return best
}
