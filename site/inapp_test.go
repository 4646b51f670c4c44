package site

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// toldTo reads what an application finds for a cohort.
func toldTo(t *testing.T, files map[string]string, cohort string) map[string]inApp {
	t.Helper()
	var file inAppFile
	if err := json.Unmarshal([]byte(files[inAppDir+cohort+".json"]), &file); err != nil {
		t.Fatal(err)
	}
	found := make(map[string]inApp)
	for _, n := range file.Notices {
		found[n.ID] = n
	}
	return found
}

func TestAnApplicationFindsWhatToTellEachCohort(t *testing.T) {
	s := library(t)
	s.policies[0].Versions[0].EffectiveNew = day(t, "2026-12-20")
	o := options(t)
	files := allFiles(t, s.build(o))
	existing, fresh := toldTo(t, files, "existing")["privacy@2.0"], toldTo(t, files, "new")["privacy@2.0"]
	if existing.Effective != day(t, "2027-01-15") || fresh.Effective != day(t, "2026-12-20") {
		t.Fatalf("existing from %s, new from %s", existing.Effective, fresh.Effective)
	}
	for _, tt := range []struct {
		n    inApp
		says string
	}{{existing, "15 January 2027"}, {fresh, "20 December 2026"}} {
		text := tt.n.Text[tt.n.DefaultLang]
		if !strings.Contains(text.EffectiveText, tt.says) || strings.Contains(text.EffectiveText, "new accounts") || len(text.Links) != 2 || text.Title == "" {
			t.Errorf("%+v", text)
		}
	}

	// Once it binds whoever makes an account, it is no news to them, and still is to
	// the others.
	o.On = day(t, "2026-12-21")
	files = allFiles(t, s.build(o))
	if _, there := toldTo(t, files, "new")["privacy@2.0"]; there {
		t.Error("a new account is told of the text that it began with")
	}
	if toldTo(t, files, "existing")["privacy@2.0"].ID == "" {
		t.Error("an account that was there is not told")
	}

	// Long after, nobody is told.
	o.On = day(t, "2027-06-01")
	files = allFiles(t, s.build(o))
	if len(toldTo(t, files, "existing"))+len(toldTo(t, files, "new")) != 0 {
		t.Error("what is no news any more is told")
	}
}

func TestAnApplicationLearnsThatNothingChanged(t *testing.T) {
	h := Handler(os.DirFS(library(t).build(options(t))))
	get := func(tag string) *httptest.ResponseRecorder {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/"+inAppDir+"existing.json", nil)
		r.Header.Set("If-None-Match", tag)
		h.ServeHTTP(w, r)
		return w
	}
	first := get("")
	tag := first.Header().Get("ETag")
	if first.Code != 200 || tag == "" || first.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Fatalf("%d, %v", first.Code, first.Header())
	}
	if again := get(tag); again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("the same once more: %d with %d octets", again.Code, again.Body.Len())
	}
}
