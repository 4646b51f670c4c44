package policy

import "testing"

func TestTheWordsOfATextTellItsLanguage(t *testing.T) {
	var p Parser
	for want, text := range map[string]string{
		"en":      "We collect your name and your address. We keep the data for as long as you have an account with us.",
		"de":      "Wir erheben Ihren Namen und Ihre Anschrift. Die Daten werden nicht an Dritte gegeben, es sei denn, Sie stimmen zu.",
		"fr":      "Nous recueillons votre nom et votre adresse. Les données ne sont pas transmises à des tiers, pour vous protéger.",
		"es":      "Recogemos su nombre y la dirección que usted nos da. Los datos no se ceden a terceros en ningún caso para nada.",
		"nl":      "Wij verzamelen uw naam en het adres dat u ons geeft. De gegevens worden niet aan derden gegeven of verkocht.",
		"ar":      "نجمع اسمك وعنوانك ولا نشارك بياناتك مع أي طرف ثالث.",
		"fa":      "ما نام و نشانی شما را جمع\u200cآوری می\u200cکنیم و چیزی نمی\u200cفروشیم.",
		"he":      "אנו אוספים את שמך ואת כתובתך.",
		"ja":      "当社は、お客様の氏名および住所を収集します。",
		"zh-Hans": "我们收集您的姓名和地址，并且不会与第三方共享这些数据。",
		"zh-Hant": "我們收集您的姓名和地址，並且不會與第三方共享這些資料。",
		"ru":      "Мы собираем ваше имя и адрес, чтобы отправлять вам заказы.",
		"":        "Acme 1234. Lorem 5678.",
	} {
		d, err := Parse("x.md", []byte(text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := TextLanguage(d); got != want || p.Language(d) != want || p.Language(d) != want {
			t.Errorf("%q is in %q, want %q", text, got, want)
		}
	}
}

// A fifth of the letters is not enough yet, more than a fifth is.
func TestMoreThanAFifthOfTheLettersNamesAScript(t *testing.T) {
	for text, want := range map[string]string{"abcdשefghש": "", "abcשefשghש": "he", "abcd": ""} {
		doc, err := Parse("a.md", []byte(text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := ScriptLanguage(doc); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
