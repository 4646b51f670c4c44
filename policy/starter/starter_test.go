package starter

import (
	"regexp"
	"strings"
	"testing"
)

// moving is a version that changes under those who install it.
var moving = regexp.MustCompile(`@(main|master|latest)\b|npx --yes|curl [^\n|]*\| *(ba)?sh`)

// What is written installs a version that does not move, and builds outside of
// the checkout.
func TestWorkflowsBuildOutsideOfTheCheckout(t *testing.T) {
	names, err := files.ReadDir("files")
	if err != nil {
		t.Fatal(err)
	}
	builds := regexp.MustCompile(`codicil build -d "\$(RUNNER_TEMP|SITE|\{SITE)`)
	for _, entry := range names {
		text, err := (File{source: entry.Name()}).fill("1.2.3", nil)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "@VERSION") || moving.Match(text) {
			t.Errorf("%s installs no version that stays", entry.Name())
		}
		if strings.Contains(string(text), "cmd/codicil@") && !strings.Contains(string(text), "cmd/codicil@v1.2.3") {
			t.Errorf("%s installs another version than wrote it", entry.Name())
		}
		if strings.Count(string(text), "codicil build") != len(builds.FindAll(text, -1)) {
			t.Errorf("%s builds within the checkout", entry.Name())
		}
	}
}

func TestAProgramInDevelopmentInstallsTheFirstRelease(t *testing.T) {
	text, err := File{source: "github.yml"}.fill("(devel)", nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "cmd/codicil@"+firstRelease) {
		t.Errorf("the workflow does not install %s", firstRelease)
	}
}

func TestATitleIsMadeOfAnID(t *testing.T) {
	if got := titleFrom("cookie-policy"); got != "Cookie policy" {
		t.Errorf("got %s", got)
	}
}

func TestAnIDIsOfSmallLettersDigitsAndHyphens(t *testing.T) {
	for id, good := range map[string]bool{"cookie-policy": true, "terms2": true, "Terms": false, "a--b": false, "": false, "../x": false} {
		if (CheckID(id) == nil) != good {
			t.Errorf("%q: good %v", id, !good)
		}
	}
}
