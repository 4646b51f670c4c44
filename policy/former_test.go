package policy

import (
	"strings"
	"testing"
)

func TestAPolicyKeepsTheAddressesOfItsFormerIds(t *testing.T) {
	doc, err := Parse("data.md", []byte("---\naliases: [/privacy/, data, api, \"\", Privacy notice, privacy]\n---\n# Data\n\nWords.\n"))
	if err != nil {
		t.Fatal(err)
	}
	p := &Policy{ID: "data", Aliases: doc.Front.Aliases, Versions: []*Version{{Label: "2.0"}, {Label: "versions"}}}
	var pages []string
	for _, a := range p.Former() {
		pages = append(pages, a.Page(), a.Version("versions"))
	}
	if got := strings.Join(pages, " "); got != "privacy/ privacy/versions-2/ Privacy-notice/ Privacy-notice/versions-2/" {
		t.Error(got)
	}
}

func TestAnIdKeepsTheLettersOfItsName(t *testing.T) {
	for name, want := range map[string]string{"über uns": "über-uns", "Terms_of Service (2)": "terms-of-service-2", "隐私政策": "隐私政策", "…": ""} {
		if got := IDFrom(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestAnAnchorIsWrittenInLinksWithPercentSigns(t *testing.T) {
	for link, want := range map[string]string{"#%C3%BCber": "über", "#über": "über", "#100%": "100%", "terms.md#a": ""} {
		anchor, within := Anchor(link)
		if within != (want != "") || within && anchor != want {
			t.Errorf("%s: %q, %v", link, anchor, within)
		}
	}
	doc, err := Parse("a.md", []byte("# A\n\n## Über {#über}\n\nSee [above](#%C3%BCber) and [nowhere](#%C3%BC).\n"))
	if err != nil {
		t.Fatal(err)
	}
	if found := Check(doc); len(found) != 1 || !strings.Contains(found[0].Message, "#%C3%BC\"") {
		t.Error(found)
	}
}
