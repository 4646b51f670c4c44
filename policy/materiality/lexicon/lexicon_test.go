package lexicon_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/materiality/lexicon"
)

func TestEveryFileIsALanguage(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range lexicon.All() {
		if l.Name == "" || seen[l.Code] {
			t.Errorf("%q: %q is no name, or the code is there twice", l.Code, l.Name)
		}
		seen[l.Code] = true
	}
	for _, code := range []string{"de", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh-Hans"} {
		if l, ok := lexicon.Of(code); !ok || !l.Full {
			t.Errorf("%s is not known in full", code)
		}
	}
}

func TestATagFindsItsLanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"de": "de", "de-AT": "de", "DE_ch": "de", "zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-Hant": "zh-Hant", "pt-BR": "pt", "tlh": "", "": "",
	} {
		got := ""
		if l, ok := lexicon.Of(tag); ok {
			got = l.Code
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", tag, got, want)
		}
	}
}

func TestATextTellsItsLanguage(t *testing.T) {
	for _, c := range []struct{ text, lang, want string }{
		{"We keep the records of your visits for thirty days.", "", "en"},
		{"Nous conservons les journaux de vos visites pendant trente jours.", "", "fr"},
		{"Wir bewahren die Protokolle Ihrer Besuche dreißig Tage auf.", "", "de"},
		{"Guardamos los registros de sus visitas durante treinta días.", "", "es"},
		{"Conserviamo i registri delle visite per trenta giorni.", "", "it"},
		{"Guardamos os registos das suas visitas durante trinta dias.", "", "pt"},
		{"Wij bewaren de gegevens van uw bezoek dertig dagen.", "", "nl"},
		{"Zapisy wizyt przechowujemy przez trzydzieści dni, a następnie je usuwamy.", "", "pl"},
		{"我们将您的访问记录保存三十日。", "", "zh-Hans"},
		{"我們將您的造訪紀錄保存三十日。", "", "zh-Hant"},
		{"当社は、訪問記録を30日間保存します。", "", "ja"},
		{"회사는 방문 기록을 30일간 보관합니다.", "", "ko"},
		{"Мы храним записи о ваших посещениях тридцать дней.", "", "ru"},
		{"Ми зберігаємо записи про ваші відвідування тридцять днів.", "", "uk"},
		{"نحتفظ بسجلات زياراتك لمدة ٣٠ يوما.", "", "ar"},
		{"אנו שומרים את רישומי הביקורים שלך במשך 30 יום.", "", "he"},
		{"हम आपकी यात्राओं का रिकॉर्ड 30 दिनों तक रखते हैं।", "", "hi"},
		{"เราเก็บบันทึกการเข้าชมของคุณไว้ 30 วัน", "", "th"},
		{"Ziyaret kayıtlarınızı 30 gün için saklarız ve sonra sileriz.", "", "tr"},
		{"Vi sparar uppgifter om dina besök i 30 dagar och raderar dem sedan.", "", "sv"},
		{"Záznamy o vašich návštěvách uchováváme 30 dní a pak je mažeme.", "", "cs"},
		{"Διατηρούμε τα αρχεία των επισκέψεών σας για 30 ημέρες.", "", "el"},

		{"Qxv zzkl brrt 30.", "", "und"}, // no evidence is no English
		{"", "fr", "fr"},                 // an empty text is what it says it is
		{"Prix : 10 €", "fr", "fr"},      // little evidence: what the document says
		{"当社は、訪問記録を30日間保存します。", "en", "ja"}, // the text speaks plainly against it
		{"We keep the records of your visits and the bills for two years, and you may ask us for a copy of them.", "de", "en"},
		{"Qxv zzkl brrt and grff.", "tlh", "und"}, // a language that is not known
	} {
		if got := lexicon.Tell(c.text, c.lang).Code; got != c.want {
			t.Errorf("%q with lang %q is %q, want %q", c.text, c.lang, got, c.want)
		}
	}
}

func TestDigitsOfEveryScriptAreRead(t *testing.T) {
	for in, want := range map[string]string{"٩٠": "90", "۹۰": "90", "९०": "90", "๓๐": "30", "３０": "30", "30": "30", "৩০": "30"} {
		if got := lexicon.Digits(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// said renders what a sentence says: numbers with their units, classes, and the
// words in between as dots.
func said(code, sentence string) string {
	l, _ := lexicon.Of(code)
	var b strings.Builder
	for _, t := range l.Read(sentence) {
		switch t.Class {
		case "num":
			fmt.Fprintf(&b, "%g %s ", t.Value, t.Unit)
		case "":
			b.WriteString(". ")
		default:
			b.WriteString(t.Class + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

func TestNumbersAreReadWithWhatTheyCount(t *testing.T) {
	const day = 86400
	for _, c := range []struct {
		code, sentence string
		value          float64
		unit           string
	}{
		{"fr", "pendant quatre-vingt-dix jours", 90 * day, "s"},
		{"fr", "trente et un (31) jours", 31 * day, "s"},
		{"fr", "dans les vingt-quatre heures", day, "s"},
		{"fr", "un an", 12, "month"},
		{"fr", "1 500,50 €", 1500.5, "eur"},
		{"de", "einundzwanzig Tage", 21 * day, "s"},
		{"de", "zwei Wochen", 14 * day, "s"},
		{"de", "binnen zehn Werktagen", 10, "business day"},
		{"de", "2.500 Euro", 2500, "eur"},
		{"de", "0,5 %", 0.5, "%"},
		{"es", "cuarenta y cinco días naturales", 45 * day, "s"},
		{"es", "EUR 1.200", 1200, "eur"},
		{"it", "si apre alle 9", 9, "clock"},
		{"pl", "o godzinie 22", 22, "clock"},
		{"de", "ab 8 Uhr", 8, "clock"},
		{"it", "ventiquattro ore", day, "s"},
		{"it", "entro dieci giorni lavorativi", 10, "business day"},
		{"pt", "R$ 1.500,00", 1500, "brl"},
		{"pt", "vinte e quatro meses", 24, "month"},
		{"nl", "vijfenveertig dagen", 45 * day, "s"},
		{"nl", "een half jaar", 6, "month"},
		{"pl", "dwadzieścia jeden dni", 21 * day, "s"},
		{"pl", "5 tys. zł", 5000, "pln"},
		{"zh-Hans", "三十日", 30 * day, "s"},
		{"zh-Hans", "一百八十天", 180 * day, "s"},
		{"zh-Hans", "两个月", 2, "month"},
		{"zh-Hans", "一年", 12, "month"},
		{"zh-Hans", "三个月", 3, "month"},
		{"zh-Hans", "四个月", 4, "month"},
		{"zh-Hans", "五个月", 5, "month"},
		{"zh-Hans", "六个月", 6, "month"},
		{"zh-Hans", "七个月", 7, "month"},
		{"zh-Hans", "八个月", 8, "month"},
		{"zh-Hans", "九个月", 9, "month"},
		{"zh-Hans", "壹拾贰个月", 12, "month"},
		{"zh-Hans", "叁佰肆拾伍天", 345 * day, "s"},
		{"zh-Hans", "陆佰柒拾捌天", 678 * day, "s"},
		{"zh-Hans", "玖仟零壹元", 9001, "cny"},
		{"zh-Hans", "二〇〇天", 200 * day, "s"},
		{"zh-Hans", "十五个工作日", 15, "business day"},
		{"zh-Hans", "5万元", 50000, "cny"},
		{"zh-Hans", "半年", 6, "month"},
		{"ja", "三十日間", 30 * day, "s"},
		{"ja", "６か月", 6, "month"},
		{"ja", "1万円", 10000, "jpy"},
		{"ar", "٩٠ يوما", 90 * day, "s"},
		{"th", "๓๐ วัน", 30 * day, "s"},
		{"ru", "тридцать дней", 30 * day, "s"},
		{"ko", "30일간", 30 * day, "s"},
	} {
		l, _ := lexicon.Of(c.code)
		found := false
		for _, tok := range l.Read(c.sentence) {
			found = found || tok.Class == "num" && tok.Value == c.value && tok.Unit == c.unit
		}
		if !found {
			t.Errorf("%s: %q does not say %g %s: %s", c.code, c.sentence, c.value, c.unit, said(c.code, c.sentence))
		}
	}
}

func TestWordsOfEqualForceSayTheSame(t *testing.T) {
	for _, c := range []struct{ code, a, b string }{
		{"fr", "Nous conservons vos données à caractère personnel.", "Nous gardons vos données personnelles."},
		{"de", "Wir löschen die Daten innerhalb von dreißig Tagen.", "Wir löschen die Daten binnen 30 Tagen."},
		{"es", "Le avisaremos por correo electrónico.", "Le avisaremos por email."},
		{"it", "entro trenta (30) giorni", "entro 30 giorni"},
		{"pt", "Avisamos os clientes por escrito.", "Informamos os clientes por escrito."},
		{"nl", "Wij bewaren uw persoonsgegevens twee weken.", "Wij bewaren uw persoonlijke gegevens 14 dagen."},
		{"pl", "Niezwłocznie usuwamy dane osobowe.", "Natychmiast usuwamy dane osobowe."},
		{"zh-Hans", "我们保存您的个人信息一年。", "我们留存您的个人资料12个月。"},
		{"ja", "個人情報を30日間保存します。", "個人情報を三十日間保管します。"},
	} {
		if a, b := keys(c.code, c.a), keys(c.code, c.b); a != b {
			t.Errorf("%s: %q and %q do not say the same:\n%s\n%s", c.code, c.a, c.b, a, b)
		}
	}
}

func TestWordsOfWeightDiffer(t *testing.T) {
	for _, c := range []struct{ code, a, b string }{
		{"fr", "Vous pouvez résilier.", "Vous devez résilier."},
		{"fr", "Nous vendons vos données.", "Nous ne vendons pas vos données."},
		{"fr", "licence révocable", "licence irrévocable"},
		{"de", "Sie dürfen kündigen.", "Sie müssen kündigen."},
		{"de", "höchstens 10 Euro", "mindestens 10 Euro"},
		{"de", "auf Kosten des Käufers", "auf Kosten des Verkäufers"},
		{"es", "compartimos los datos", "no compartimos los datos"},
		{"es", "todos los daños", "algunos daños"},
		{"it", "gratuito", "a pagamento"},
		{"pt", "antes da renovação", "após a renovação"},
		{"nl", "met toestemming of bezwaar", "met toestemming en bezwaar"},
		{"nl", "U mag opzeggen.", "U moet opzeggen."},
		{"pl", "Sprzedajemy dane.", "Nie sprzedajemy danych."},
		{"zh-Hans", "用户可以转让账号。", "用户不得转让账号。"},
		{"ja", "第三者に提供します。", "第三者に提供しません。"},
		{"ja", "10,000円以上", "10,000円以下"},
		{"ko", "제3자에게 제공합니다.", "제3자에게 제공하지 않습니다."},
		{"hi", "हम आपका डेटा बेचते हैं।", "हम आपका डेटा नहीं बेचते।"},
	} {
		if a, b := keys(c.code, c.a), keys(c.code, c.b); a == b {
			t.Errorf("%s: %q and %q say the same: %s", c.code, c.a, c.b, a)
		}
	}
}

func keys(code, sentence string) string {
	l, _ := lexicon.Of(code)
	var list []string
	for _, t := range l.Read(sentence) {
		list = append(list, t.Key)
	}
	return strings.Join(list, " | ")
}

func TestASentenceTellsItsTopic(t *testing.T) {
	l, _ := lexicon.Of("de")
	topics := l.Topics("Die Kaution wird binnen zwei Wochen erstattet.")
	if topics["fees"] <= topics["conduct"] {
		t.Errorf("topics are %v, want fees first", topics)
	}
}

// What several texts tell of their language is what they tell as lines of one.
func TestEvidenceAddsUp(t *testing.T) {
	texts := []string{"We share your data with our partners.", "Wir geben Ihre Daten an Partner weiter, für die", "個人情報を第三者に提供しません。", "我们不会与第三方共享您的个人信息", "Nous ne partageons pas vos données", "ข้อมูลส่วนบุคคล", "Мы не передаём данные", "", "\xe4\xb8"}
	for i := range 1 << len(texts) {
		var all lexicon.Evidence
		var lines []string
		for k, text := range texts {
			if i>>k&1 == 1 {
				all.Add(lexicon.EvidenceOf(text))
				lines = append(lines, text)
			}
		}
		for _, lang := range []string{"", "en", "ja", "xx"} {
			if got, want := all.Tell(lang), lexicon.Tell(strings.Join(lines, "\n"), lang); got != want {
				t.Fatalf("%q as %q: %s, want %s", lines, lang, got.Code, want.Code)
			}
		}
	}
}
