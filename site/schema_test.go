package site

import (
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/codicil/codicil/policy"
)

// strictly makes a schema refuse names that it does not describe: programs may
// meet new ones, but what we write must be described.
func strictly(schema any) {
	switch s := schema.(type) {
	case map[string]any:
		if _, described := s["properties"]; described && s["additionalProperties"] == nil {
			s["additionalProperties"] = false
		}
		for _, part := range s {
			strictly(part)
		}
	case []any:
		for _, part := range s {
			strictly(part)
		}
	}
}

// compile reads the text of a schema, strictly.
func compile(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	strictly(schema)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestJSONFilesFitTheirPublishedSchemas(t *testing.T) {
	s := library(t)
	s.policies[0].Versions[0].Silent = []policy.Revision{{Commit: "abc", Published: s.policies[0].Versions[0].Published}}
	o := options(t)
	o.Remind = true
	o.Log = aLog(t, s, 320, 310)
	files := allFiles(t, s.build(o))
	checked := make(map[string]int)
	for _, name := range names(files) {
		kind := ""
		switch {
		case path.Ext(name) != ".json" || strings.HasPrefix(name, schemaDir) || path.Base(name) == "feed.json":
			continue
		case name == "api/v1/index.json":
			kind = "index"
		case name == requiredName:
			kind = "required"
		case name == "on/index.json":
			kind = "on"
		case strings.HasPrefix(name, inAppDir):
			kind = "cohort-notices"
		case strings.HasPrefix(name, "api/v1/"):
			kind = "policy"
		case strings.HasPrefix(name, logDir+"proof/"):
			kind = "proof"
		case strings.HasPrefix(name, logDir+"above/"):
			kind = "above"
		case strings.Contains(name, "/compare/"):
			kind = "redline"
		case name == ".well-known/legal-context.json":
			kind = "legal-context"
		case name == searchDir+"index.json":
			kind = "search"
		case strings.HasPrefix(name, indexPart):
			kind = "search-words"
		case name == embedDir+"notices.json":
			kind = "notices"
		case path.Base(name) == "index.json":
			kind = "version"
		}
		text, ok := files[schemaDir+kind+".json"]
		if !ok {
			t.Fatalf("no schema for %s", name)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(files[name]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := compile(t, text).Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		checked[kind]++
	}
	for _, kind := range []string{"index", "policy", "redline", "notices", "version", "legal-context", "proof", "above", "cohort-notices", "search", "search-words"} {
		if checked[kind] == 0 {
			t.Errorf("no file of kind %s was checked", kind)
		}
	}
}
