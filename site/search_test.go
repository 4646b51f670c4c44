package site

import (
	"encoding/json"
	"maps"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// shelves is a site in several scripts, with a policy that changed.
func shelves(t testing.TB) *shelf {
	s := library(t)
	french := s.add("fr/cookies", draft{label: "1", published: "2026-02-01", effective: "2026-02-01", text: "# Témoins\n\n## 1. Durée {#duree}\n\nLes données sont conservées treize mois, œuvres comprises.\n\n1.1 **Mesure.** Nous comptons les visites. {#mesure}\n\n1.2 Les pages suivantes : {#pages}\n\n- le panier\n- la boutique\n"})
	french.Lang = "fr"
	japanese := s.add("ja/privacy", draft{label: "1", published: "2026-02-01", effective: "2026-02-01", text: "# 個人情報保護方針\n\n## 第3条 {#teikyo}\n\n当社は、個人情報を第三者に提供しません。データは東京で保管します。\n"})
	japanese.Lang, japanese.TranslationOf = "ja", "privacy"
	return s
}

func TestTheIndexHoldsTheWordsOfWhatIsInForce(t *testing.T) {
	files := allFiles(t, shelves(t).build(options(t)))
	var index searchIndex
	if err := json.Unmarshal([]byte(files["search/index.json"]), &index); err != nil {
		t.Fatal(err)
	}
	words := make(map[string][]int)
	for i, start := range index.Starts {
		var part struct {
			Key   string
			Words map[string][]int
		}
		if err := json.Unmarshal([]byte(files[indexPart+string(rune('0'+i))+".json"]), &part); err != nil || part.Key != index.Key {
			t.Fatalf("part %d: %v, key %q, want %q", i, err, part.Key, index.Key)
		}
		if slices.Sorted(maps.Keys(part.Words))[0] != start {
			t.Errorf("part %d does not begin with %q", i, start)
		}
		maps.Copy(words, part.Words)
	}
	of := func(id string) int {
		return slices.IndexFunc(index.Policies, func(p searchPolicy) bool { return p.ID == id })
	}
	for word, id := range map[string]string{"carriers": "privacy", "donnees": "fr/cookies", "oeuvres": "fr/cookies", "個人": "ja/privacy", "タは": "ja/privacy", "kind": "terms"} {
		if list := words[word]; len(list) < 2 || list[0] != of(id) {
			t.Errorf("%s: %v, want policy %d", word, list, of(id))
		}
	}
	for _, word := range []string{"two", "cookie", "s"} { // upcoming, withdrawn, a letter
		if list, found := words[word]; found {
			t.Errorf("%s is in the index: %v", word, list)
		}
	}
}

func TestWordsAreFoldedAsPeopleTypeThem(t *testing.T) {
	for word, want := range map[string]string{"Données": "donnees", "STRASSE": "strasse", "Straße": "strasse", "ЁЛКА": "елка", "İstanbul": "istanbul", "Łódź": "lodz", "ΛΌΓΟΣ": "λογοσ", "λόγος": "λογοσ", "ﬁnal": "final", "مُحَمَّد": "محمد", "データ": "データ"} {
		if got := fold(word); got != want {
			t.Errorf("fold(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSearchingInABrowser(t *testing.T) {
	server := httptest.NewServer(Handler(os.DirFS(shelves(t).build(options(t)))))
	defer server.Close()
	ctx := browser(t)
	open(t, ctx, "about:blank")
	messages := chromedp.Console(ctx)
	const found = `[...document.querySelectorAll("ol.found li")].map((li) => li.textContent).join("|")`
	const links = `[...document.querySelectorAll("ol.found a")].map((a) => a.pathname + a.hash).join(" ")`
	for _, test := range []struct{ query, words, link string }{
		{"q=retention", "Privacy Policy", "/privacy/#retention"},
		{"q=carr+addr", "Carriers get your address", "/privacy/#carriers-get-your-address"},
		{"q=donnees", "données sont conservées", "/fr/cookies/#duree"},
		{"q=boutique", "1 Durée: 1.2 Les pages suivantes : · le panier · la boutique", "/fr/cookies/#pages"}, // below 1, not below 1.1
		{"q=%C5%93uvres", "œuvres comprises", "/fr/cookies/#duree"},
		{"q=%E5%80%8B%E4%BA%BA%E6%83%85%E5%A0%B1", "第三者に提供", "/ja/privacy/#teikyo"},
		{"q=%E4%BF%9D%E7%AE%A1", "東京で保管", "/ja/privacy/#teikyo"},
		{"q=%22third+parties%22", "third parties", "/privacy/#sharing"},
		{"q=records&in=privacy", "two years", "/privacy/2.0/#retention"},
		{"q=cookie&in=cookies", "one cookie", "/cookies/a/"},
	} {
		open(t, ctx, server.URL+"/search/?"+test.query)
		appears(t, ctx, found+".includes("+quoted(test.words)+")")
		if got := evaluate[string](t, ctx, links); !strings.Contains(got+" ", test.link+" ") {
			t.Errorf("%s leads to %s, want %s", test.query, got, test.link)
		}
		if !evaluate[bool](t, ctx, `!!document.querySelector("ol.found mark")`) {
			t.Errorf("%s marks nothing", test.query)
		}
	}
	for _, nothing := range []string{"zebra", "%22parties+third%22", "%E4%BA%BA%E5%80%8B"} {
		open(t, ctx, server.URL+"/search/?q="+nothing)
		appears(t, ctx, `document.querySelector("form + [role=status]").textContent !== ""`)
		if got := evaluate[string](t, ctx, found); got != "" {
			t.Errorf("%s is found in %s", nothing, got)
		}
	}
	// By the keyboard alone.
	open(t, ctx, server.URL+"/search/")
	appears(t, ctx, `document.querySelector("[name=in]").options.length > 5`)
	evaluate[bool](t, ctx, `document.querySelector("[name=q]").focus(), true`)
	if err := chromedp.Do(ctx, chromedp.KeyEvent("kind\r")); err != nil {
		t.Fatal(err)
	}
	appears(t, ctx, found+`.includes("Be kind")`)
	if at := evaluate[string](t, ctx, `location.search`); at != "?q=kind" {
		t.Errorf("the address keeps %q", at)
	}
	if list := complaints(t, ctx, messages); len(list) > 0 {
		t.Errorf("the pages complain:\n%s", strings.Join(list, "\n"))
	}
}

func quoted(s string) string { data, _ := json.Marshal(s); return string(data) }
