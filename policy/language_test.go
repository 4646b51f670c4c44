package policy

import "testing"

func TestTheNearestLanguageIsOneThatTheReaderCanRead(t *testing.T) {
	pages := []string{"de", "en", "es", "fr", "zh-Hans"}
	for _, test := range []struct {
		have []string
		want string
		got  string
	}{
		{pages, "en", "en"}, {pages, "en-GB", "en"}, {pages, "DE_at", "de"}, {pages, "fr-Latn-CA", "fr"},
		{pages, "zh", "zh-Hans"}, {pages, "zh-CN", "zh-Hans"}, {pages, "zh-SG", "zh-Hans"}, {pages, "zh-Hans-HK", "zh-Hans"},
		{pages, "zh-TW", ""}, {pages, "zh-Hant", ""}, {pages, "zh-Hant-CN", ""}, {pages, "", ""}, {pages, "ja", ""}, {pages, "den", ""},
		{[]string{"zh-Hans", "zh-Hant"}, "zh_HK", "zh-Hant"},
		{[]string{"sr-Latn", "sr-Cyrl"}, "sr-Cyrl-RS", "sr-Cyrl"},
		{[]string{"sr-Latn"}, "sr-Cyrl", ""},
		{[]string{"pt-PT", "pt-BR"}, "pt-br", "pt-BR"},
		{[]string{"ca-1901"}, "ca", "ca-1901"},
		{[]string{"de", "de-CH"}, "de-CH-1996", "de-CH"},
		{[]string{"de-AT", "de"}, "de-CH", "de"},
		{nil, "en", ""},
	} {
		got, ok := NearestLanguage(test.have, test.want)
		if got != test.got || ok != (test.got != "") {
			t.Errorf("%v for a reader of %q: %q, %v; want %q", test.have, test.want, got, ok, test.got)
		}
	}
}

func TestTheScriptSaysWhereALineBegins(t *testing.T) {
	for tag, want := range map[string]bool{
		"ar": true, "AR-eg": true, "he": true, "az-Arab": true, "ckb_IQ": true,
		"": false, "en": false, "ks-Deva": false, "ur-Latn": false, "zh-TW": false, "pa-Guru-PK": false,
	} {
		if got := RightToLeft(tag); got != want {
			t.Errorf("%q: %v", tag, got)
		}
	}
}

func TestATagIsWrittenByConvention(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "PT_br": "pt-BR", "zh-HANS": "zh-Hans", "sr_latn_rs": "sr-Latn-RS", "es-419": "es-419", "de-ch-1996": "de-CH-1996",
		"en-ca-x-ca": "en-CA-x-ca", "sl-rozaj-biske": "sl-rozaj-biske", "": "",
	} {
		if got := LanguageTag(tag); got != want {
			t.Errorf("%s: got %s, want %s", tag, got, want)
		}
	}
}
