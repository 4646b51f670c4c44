package email

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

var languages = []string{"en", "de", "fr", "es", "zh-Hans"}

func TestEmailSpeaksTheLanguageOfItsText(t *testing.T) {
	for lang, want := range map[string][]string{
		"en":    {"Changes to Privacy policy from 1 March 2027", "What changed", "within [-10-]{+15+} days", "3 Age (added)", "because you have an account with Example Inc."},
		"de":    {"Änderungen ab 1. März 2027: Privacy policy", "WAS SICH ÄNDERT", "Guten Tag", "3 Age (neu)", "weil Sie ein Konto bei Example Inc. haben"},
		"fr-CA": {"Modifications à compter du 1er mars 2027 : Privacy policy", "CE QUI CHANGE", "Bonjour", "3 Age (ajout)", "parce que vous avez un compte chez Example Inc."},
		"es":    {"Cambios a partir del 1 de marzo de 2027: Privacy policy", "QUÉ CAMBIA", "Hola", "3 Age (nuevo)", "porque tiene una cuenta con Example Inc."},
		"zh-CN": {"《Privacy policy》将自2027年3月1日起更改", "更改内容", "您好", "3 Age (新增)", "您在Example Inc.拥有账户"},
		"zh-TW": {"Changes to Privacy policy from 1 March 2027"},
		"":      {"Changes to Privacy policy from 1 March 2027"},
	} {
		n := noticeOf(t, textBefore, textAfter)
		n.Lang = lang
		body, page := mustCompose(t, n, options())
		for _, words := range want {
			if !strings.Contains(strings.ToLower(body.Subject+"\n"+body.Text), strings.ToLower(words)) {
				t.Errorf("%s: missing %q in\n%s\n%s", lang, words, body.Subject, body.Text)
			}
		}
		if strings.Contains(body.Text+body.HTML, "%!") {
			t.Errorf("%s: a word has no place for its field:\n%s", lang, body.Text)
		}
		if got := texts(page, "title"); got[0] != body.Subject {
			t.Errorf("%s: the title is %q", lang, got)
		}
	}
}

func TestEmailOfAnotherLanguageMarksTheQuotedText(t *testing.T) {
	o := options()
	o.Lang = "de"
	body, page := mustCompose(t, noticeOf(t, textBefore, textAfter), o)
	if got := len(texts(page, `html[lang="de"] div[lang="en"] h3 span[lang="de"]`)); got == 0 || body.Lang != "de" {
		t.Errorf("the message is in %q; %d kinds are marked as German among the English words", body.Lang, got)
	}
}

// TestEveryLanguageHasEveryWord finds words that a language lacks, and formats
// that do not take what they are given.
func TestEveryLanguageHasEveryWord(t *testing.T) {
	for _, lang := range languages {
		w := wordsOf(lang)
		if w.Lang != lang {
			t.Errorf("%s has the words of %s", lang, w.Lang)
		}
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s: there is no %s", lang, v.Type().Field(i).Name)
			}
		}
		if len(w.kinds) != len(english().kinds) {
			t.Errorf("%s has words for %d kinds of change", lang, len(w.kinds))
		}
		n := noticeOf(t, textBefore, textAfter)
		n.Lang = lang
		for month := time.January; month <= time.December; month++ {
			n.Effective = policy.Date{Year: 2027, Month: month, Day: 2}
			for _, n.Previous = range []string{"", "1.0"} {
				for _, on := range []policy.Date{n.Effective, n.Effective.AddDays(-1)} {
					v := view{Words: w, Title: "Privacy policy"}
					v.tell(n, on)
					for _, text := range []string{v.Subject, v.Lead} {
						if strings.Contains(text, "%!") || !strings.Contains(text, "Privacy policy") || !strings.Contains(text, w.day(n.Effective)) {
							t.Errorf("%s: %q", lang, text)
						}
					}
				}
			}
		}
		n.Class = notice.Follower
		o := options()
		o.Unsubscribe = "https://example.com/leave"
		if body, _ := mustCompose(t, n, o); strings.Contains(body.Text+body.HTML, "%!") || !strings.Contains(body.Text, w.Stop) {
			t.Errorf("%s: the message to followers is\n%s", lang, body.Text)
		}
	}
}
