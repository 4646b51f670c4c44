package history

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"pgregory.net/rapid"
)

// identified commits files one after another, a day each, and returns path: id.
func identified(t *testing.T, files ...string) (map[string]*policy.Policy, error) {
	t.Helper()
	var all []*candidate
	for i, file := range files {
		file, front, _ := strings.Cut(file, "|")
		c := &candidate{thread: &thread{revisions: []revision{{step: len(files) - i, path: file}}}, policy: &policy.Policy{Path: file}}
		for pair := range strings.FieldsSeq(front) {
			key, value, _ := strings.Cut(pair, "=")
			switch key {
			case "id":
				c.front.ID = value
			case "lang":
				c.front.Lang = value
			case "of":
				c.front.TranslationOf = value
			case "title":
				c.title = value
			case "written":
				c.policy.TextLang = value
			case "gone":
				c.revisions = append([]revision{{path: file, gone: true}}, c.revisions...)
			}
		}
		all = append(all, c)
	}
	if err := identify(all); err != nil {
		return nil, err
	}
	policies := make(map[string]*policy.Policy)
	for _, c := range all {
		policies[c.policy.Path] = c.policy
	}
	return policies, nil
}

func TestIds(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string // oldest first
		want  []string
	}{
		{"from the name of the file", []string{"Privacy Policy (EU).md", "über_uns.md", "第三条.md"}, []string{"privacy-policy-eu", "über-uns", "第三条"}},
		{"from the folder of an index", []string{"terms/index.md", "privacy/README.md", "index.md"}, []string{"terms", "privacy", "index-policy"}},
		{"from the front matter", []string{"a.md|id=privacy", "b.md|id=Terms_1"}, []string{"privacy", "terms-1"}},
		{"the first keeps the short one", []string{"A/Privacy.md", "B/Privacy.md", "C/B/Privacy.md"}, []string{"privacy", "b-privacy", "c-b-privacy"}},
		{"a stated one wins over an older name", []string{"terms.md", "b.md|id=terms"}, []string{"terms-2", "terms"}},
		{"names that a site needs", []string{"search.md", "On.md", "feed.md"}, []string{"search-policy", "on-policy", "feed-policy"}},
		{"no folder left", []string{"a b.md", "a-b.md"}, []string{"a-b", "a-b-2"}},
		{"nothing left of a name", []string{"---.md"}, []string{"policy"}},
		{"a policy that took over the id of a withdrawn one", []string{"old.md|id=terms gone", "new.md|id=terms"}, []string{"old", "terms"}},
		{"a withdrawn one that is found later", []string{"new.md|id=terms", "old.md|id=terms gone"}, []string{"terms", "old"}},
		{"translations by folder", []string{"de/terms.md", "en/terms.md", "pt_br/terms.md"}, []string{"de/terms", "terms", "pt-BR/terms"}},
		{"translations without English", []string{"fr/terms.md", "de/terms.md"}, []string{"fr/terms", "terms"}},
		{"translations below folders", []string{"legal/en/eu/terms.md", "legal/de/eu/terms.md"}, []string{"terms", "de/terms"}},
		{"translations by the name of the file", []string{"terms/en-US.md", "terms/de.md", "privacy/en-US.md", "privacy/de.md"}, []string{"terms", "de/terms", "privacy", "de/privacy"}},
		{"folders that only look like languages", []string{"it/rules.md", "hr/leave.md"}, []string{"rules", "leave"}},
		{"translations of an original with an id", []string{"en/a.md|id=privacy", "de/a.md|id=privacy"}, []string{"privacy", "de/privacy"}},
		{"translations by front matter", []string{"a.md|id=privacy lang=en", "b.md|lang=de of=privacy", "c.md|id=privacy lang=fr"}, []string{"privacy", "de/privacy", "fr/privacy"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			policies, err := identified(t, test.files...)
			if err != nil {
				t.Fatal(err)
			}
			for i, file := range test.files {
				file, _, _ = strings.Cut(file, "|")
				if got := policies[file].ID; got != test.want[i] {
					t.Errorf("%s has the id %s, want %s", file, got, test.want[i])
				}
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	policies, err := identified(t, "en/a.md", "zh-TW/a.md", "en/archive/b.md", "c.md|lang=nl", "de/a.md|lang=de-AT", "fr/a.md|of=c")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range []string{"en/a.md", "zh-TW/a.md", "en/archive/b.md", "c.md", "de/a.md", "fr/a.md"} {
		p := policies[file]
		got = append(got, fmt.Sprintf("%s %s of %q", p.ID, p.Lang, p.TranslationOf))
	}
	want := []string{`a en of ""`, `zh-TW/a zh-TW of "a"`, `b en of ""`, `c nl of ""`, `de-AT/a de-AT of "a"`, `fr/c fr of "c"`}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %s, want %s", got[i], want[i])
		}
	}
}

func TestATextBesideOneThatNamesNoLanguageIsItsTranslation(t *testing.T) {
	policies, err := identified(t,
		"privacy.md|written=en", "privacy.fr.md|written=fr", "privacy-de.md|written=de", "it/privacy.md|written=it", "privacy.pt-BR.md", "privacy.bg.md|written=en lang=bg",
		"terms.md|written=en", "terms-us.md|written=en", "terms_eu.md|written=en", "it/terms.md|written=en",
		"rules.md|written=de", "rules.en.md|written=en", "lone.fr.md|written=fr",
	)
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"privacy.md": `privacy  of ""`, "privacy.fr.md": `fr/privacy fr of "privacy"`, "privacy-de.md": `de/privacy de of "privacy"`,
		"it/privacy.md": `it/privacy it of "privacy"`, "privacy.pt-BR.md": `pt-BR/privacy pt-BR of "privacy"`, "privacy.bg.md": `bg/privacy bg of "privacy"`,
		"terms.md": `terms  of ""`, "terms-us.md": `terms-us  of ""`, "terms_eu.md": `terms-eu  of ""`,
		"rules.md": `rules  of ""`, "rules.en.md": `en/rules en of "rules"`, "lone.fr.md": `lone-fr  of ""`,
	} {
		p := policies[file]
		if got := fmt.Sprintf("%s %s of %q", p.ID, p.Lang, p.TranslationOf); got != want {
			t.Errorf("%s is %s, want %s", file, got, want)
		}
	}
}

func TestTwoPoliciesThatStateOneIdAreAFault(t *testing.T) {
	_, err := identified(t, "a.md|id=terms", "b.md|id=Terms")
	f := fault(t, err)
	if !strings.Contains(f.Message, "a.md") || !strings.Contains(f.Message, "b.md") {
		t.Errorf("got %q, want both paths in it", f.Message)
	}
}

func TestIdsDoNotChangeWhenTheHistoryGrows(t *testing.T) {
	files := []string{"A/Privacy.md", "B/Privacy.md", "de/terms.md", "en/terms.md", "C/Privacy.md", "fr/terms.md", "terms.md", "D/terms/index.md"}
	ids := make(map[string]string)
	for n := 4; n <= len(files); n++ {
		policies, err := identified(t, files[:n]...)
		if err != nil {
			t.Fatal(err)
		}
		for path, p := range policies {
			if before := ids[path]; before != "" && before != p.ID {
				t.Errorf("%s was %s and became %s with %s", path, before, p.ID, files[n-1])
			}
			ids[path] = p.ID
		}
	}
}

func TestTitles(t *testing.T) {
	policies, err := identified(t, "b.md|title=Head", "privacy-policy.md", "DMCA-Notice.md", "shots/en-US.md", "terms/index.md", "---.md", "über.md")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"b.md": "Head", "DMCA-Notice.md": "DMCA Notice", "shots/en-US.md": "Shots", "privacy-policy.md": "Privacy policy", "terms/index.md": "Terms", "---.md": "policy", "über.md": "Über",
	} {
		if got := policies[path].Title; got != want {
			t.Errorf("%s has the title %q, want %q", path, got, want)
		}
	}
}

func TestTagsOfLanguages(t *testing.T) {
	for folder, want := range map[string]string{
		"de": "de", "pt-BR": "pt-BR", "pt_br": "pt-BR", "zh-hant": "zh-Hant", "sr_latn_rs": "sr-Latn-RS", "es-419": "es-419",
		"faq": "", "terms": "", "d": "", "de-": "", "en_b": "",
	} {
		if got := languageTag(folder); got != want {
			t.Errorf("%s: got %q, want %q", folder, got, want)
		}
	}
}

func TestTranslationsThatSwappedPlacesDoNotGoInCircles(t *testing.T) {
	at := func(now, before string) *candidate {
		return &candidate{policy: &policy.Policy{Path: now}, thread: &thread{revisions: []revision{{step: 1, path: now}, {step: 2, path: before}}}}
	}
	all := []*candidate{at("de/x.md", "en/y.md"), at("de/y.md", "en/x.md"), at("fr/x.md", "fr/x.md"), at("fr/y.md", "fr/y.md")}
	if err := identify(all); err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.policy.ID == "" || c.policy.TranslationOf == c.policy.ID {
			t.Errorf("%s has the id %q and translates %q", c.path(), c.policy.ID, c.policy.TranslationOf)
		}
	}
}

func TestEveryPolicyHasAnIdOfItsOwn(t *testing.T) {
	part := rapid.SampledFrom([]string{"a", "A", "b", "de", "en", "index", "a-b", "a b", "README", "-"})
	file := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(part, 1, 3).Draw(t, "parts"), "/") + ".md"
	})
	rapid.Check(t, func(r *rapid.T) {
		files := rapid.SliceOfNDistinct(file, 1, 12, rapid.ID).Draw(r, "files")
		policies, err := identified(t, files...)
		if err != nil {
			r.Fatal(err)
		}
		owner := make(map[string]string)
		for path, p := range policies {
			if other, taken := owner[p.ID]; taken || p.ID == "" || p.Title == "" {
				r.Fatalf("%s has the id %q and the title %q; so has %s", path, p.ID, p.Title, other)
			}
			owner[p.ID] = path
		}
	})
}
