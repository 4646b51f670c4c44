package site

import (
	"reflect"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// An option that the stamp does not hold would leave a site as it was when the
// option changes.
func TestEveryOptionThatPagesDependOnIsInTheStamp(t *testing.T) {
	t.Parallel()
	major := policy.Major
	book, err := materiality.NewBook([]materiality.RuleChange{{ID: "own", Severity: &major, Words: []string{"bicycle"}}})
	if err != nil {
		t.Fatal(err)
	}
	alter := map[string]func(*Options){
		"Title":    func(o *Options) { o.Title = "Another" },
		"BaseURL":  func(o *Options) { o.BaseURL = "https://other.example/" },
		"SiteRoot": func(o *Options) { o.SiteRoot = "https://root.example/" },
		"Follow":   func(o *Options) { o.Follow = "https://notices.example/" },
		"Lang":     func(o *Options) { o.Lang = "de" },
		"On":       func(o *Options) { o.On = o.On.AddDays(1) },
		"Rules": func(o *Options) {
			o.Rules.Audiences = append(o.Rules.Audiences, o.Rules.Audiences...)
			o.Rules.Period = nil
		},
		"Book":      func(o *Options) { o.Book = book },
		"Printer":   func(o *Options) { o.Printer = Unprinted{} },
		"Remind":    func(o *Options) { o.Remind = !o.Remind },
		"Withdrawn": func(o *Options) { o.Withdrawn = []string{"old/"} },
		"Generator": func(o *Options) { o.Generator = "Another 9.9" },
		"Texts":     func(o *Options) { o.Texts = "other texts" },
		"Theme":     func(o *Options) { o.Theme.Links = []Link{{"Home", "https://example.com/"}} },
	}
	// What changes no byte of a page, or is told by Texts: the log is made of pins.
	none := map[string]bool{"Jobs": true, "Records": true, "Verify": true, "Progress": true, "Log": true}
	stamp := func(o Options) string {
		whole, err := o.complete()
		if err != nil {
			t.Fatal(err)
		}
		return whole.stamp()
	}
	o := options(t)
	o.Texts = "texts"
	before := stamp(o)
	if before == "" {
		t.Fatal("there is no stamp")
	}
	for field := range reflect.TypeFor[Options]().Fields() {
		change := alter[field.Name]
		switch {
		case !field.IsExported() || none[field.Name]:
			continue
		case change == nil:
			t.Errorf("%s is a new option: say here whether the stamp holds it", field.Name)
			continue
		}
		other := o
		change(&other)
		if stamp(other) == before {
			t.Errorf("with another %s the stamp is the same", field.Name)
		}
	}
}
