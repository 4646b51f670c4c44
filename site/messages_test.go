package site

import (
	"html/template"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// spoken lists the languages of the pages.
func spoken() []string {
	return []string{"ar", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "zh-Hans"}
}

// wordsFor returns the words of one language.
func wordsFor(t *testing.T, lang string) *words {
	t.Helper()
	all, err := readLanguages()
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{languages: all, Options: Options{Lang: "en"}}
	return b.words(lang)
}

// messagesOf reads the messages of one language.
func messagesOf(t *testing.T, lang string) map[string]saying {
	t.Helper()
	messages, err := readMessages(lang)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

// values lists the values that a message asks for, by number and verb.
func values(text string) []string {
	numbered := regexp.MustCompile(`%\[\d\][ds]|%[ds]`).FindAllString(text, -1)
	for i, v := range numbered {
		if len(v) == 2 {
			numbered[i] = "%[1]" + v[1:]
		}
	}
	slices.Sort(numbered)
	return numbered
}

func TestEveryLanguageHasEveryMessage(t *testing.T) {
	english := messagesOf(t, defaultLang)
	all, err := readLanguages()
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, spoken()) {
		t.Fatalf("languages = %q", got)
	}
	for _, lang := range spoken() {
		messages := messagesOf(t, lang)
		for key := range messages {
			if _, ok := english[key]; !ok {
				t.Errorf("%s: nothing asks for %q", lang, key)
			}
		}
		for key, want := range english {
			got, ok := messages[key]
			if !ok {
				t.Errorf("%s: %q is missing", lang, key)
			}
			checkMessage(t, lang, key, got, want)
		}
		if n := len(wordsFor(t, lang).months); n != 12 {
			t.Errorf("%s: %d months", lang, n)
		}
	}
}

// checkMessage compares a message with the English one: the same values, as
// many links and strong words, and a form for each plural of its language.
func checkMessage(t *testing.T, lang, key string, got, want saying) {
	t.Helper()
	if (got.forms == nil) != (want.forms == nil) {
		t.Errorf("%s: %q counts in one language only", lang, key)
		return
	}
	texts, english := []string{got.text}, want.text
	if got.forms != nil {
		english = want.forms["other"]
		texts = slices.Collect(maps.Values(got.forms))
		for _, form := range formsOf(lang) {
			if got.forms[form] == "" {
				t.Errorf("%s: %q has no form for %q", lang, key, form)
			}
		}
	}
	for _, text := range texts {
		if strings.TrimSpace(text) == "" || !slices.Equal(values(text), values(english)) {
			t.Errorf("%s: %q takes %q, in English %q: %s", lang, key, values(text), values(english), text)
		}
		for _, mark := range []string{"[", "]", "*"} {
			plain := regexp.MustCompile(`%\[\d\]`).ReplaceAllString(text, "")
			if a, b := strings.Count(plain, mark), strings.Count(regexp.MustCompile(`%\[\d\]`).ReplaceAllString(english, ""), mark); a != b {
				t.Errorf("%s: %q has %d of %q, in English %d: %s", lang, key, a, mark, b, text)
			}
		}
	}
}

// formsOf lists the plural forms that whole numbers below 1000 take in a
// language, by CLDR.
func formsOf(lang string) []string {
	names := map[plural.Form]string{plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Zero: "zero", plural.Other: "other"}
	forms := make(map[string]bool)
	for n := range 1000 {
		forms[names[plural.Cardinal.MatchPlural(language.Make(lang), n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(forms))
}

func TestEveryMessageOfATemplateExists(t *testing.T) {
	english := messagesOf(t, defaultLang)
	asked := regexp.MustCompile(`(?:Say|Rich) "([^"]+)"|or \(and \.First "([^"]+)"\) "([^"]+)"`)
	used := make(map[string]bool)
	err := fs.WalkDir(templateFiles, "templates", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := templateFiles.ReadFile(path)
		for _, m := range asked.FindAllStringSubmatch(string(data), -1) {
			for _, key := range m[1:] {
				if _, ok := english[key]; key != "" && !ok {
					t.Errorf("%s: there is no message %q", path, key)
				}
				used[key] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(used) < 60 {
		t.Errorf("only %d messages were found in the templates", len(used))
	}
}

func TestWordsCountAndDateByTheirLanguage(t *testing.T) {
	on := day(t, "2027-01-15")
	for lang, want := range map[string][4]string{
		"en":    {"1 version", "3 versions", "15 January 2027", "English"},
		"de-AT": {"1 Fassung", "3 Fassungen", "15. Januar 2027", "Englisch"},
		"fr-CH": {"1 version", "3 versions", "15 janvier 2027", "anglais"},
		"es":    {"1 versión", "3 versiones", "15 de enero de 2027", "inglés"},
		"zh-CN": {"1 个版本", "3 个版本", "2027年1月15日", "英语"},
		"pl":    {"1 wersja", "3 wersje", "15 stycznia 2027", "angielski"},
		"it-CH": {"1 versione", "3 versioni", "15 gennaio 2027", "inglese"},
		"pt-BR": {"1 versão", "3 versões", "15 de janeiro de 2027", "inglês"},
		"nl":    {"1 versie", "3 versies", "15 januari 2027", "Engels"},
		"ja":    {"1 版", "3 版", "2027年1月15日", "英語"},
		"ar":    {"عدد الإصدارات: 1", "عدد الإصدارات: 3", "15 يناير 2027", "الإنجليزية"},
		"he":    {"גרסה אחת (1)", "3 גרסאות", "15 בינואר 2027", "אנגלית"},
		"sv":    {"1 version", "3 versions", "15 January 2027", "English"},
	} {
		w := wordsFor(t, lang)
		got := [4]string{w.say("versions", 1), w.say("versions", 3), w.date(on), w.language("en")}
		if got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	if got := wordsFor(t, "de").say("versions", 1234); got != "1.234 Fassungen" {
		t.Errorf("a large number = %q", got)
	}
	if got := wordsFor(t, "fr").say("versions.more", 0); got != "et 0 autre clause" {
		t.Errorf("none in French = %q", got)
	}
}

func TestValuesOfAMessageAreNeverMarks(t *testing.T) {
	got := wordsFor(t, "en").rich("version.announced", "2*[x]<b>", template.HTML("<i>major</i>"), "1 & 2", target(`/a"b/`))
	want := template.HTML(`<strong>A new version is announced.</strong> <a href="/a&#34;b/">Version 2*[x]&lt;b&gt;</a> (<i>major</i>) will apply from 1 &amp; 2.`)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
