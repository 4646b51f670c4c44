package config

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/codicil/codicil/policy"
)

func TestSchemaDescribesOnlyKeysThatAreRead(t *testing.T) {
	for name, described := range map[string]struct {
		schema Schema
		words  map[string]string
	}{"config": {ForConfig(), configWords()}, "front matter": {ForFrontMatter(), frontMatterWords()}} {
		known := make(map[string]bool)
		described.schema.keys("", known)
		for key := range maps.Keys(described.words) {
			if !known[key] {
				t.Errorf("%s: %q is described, and not read", name, key)
			}
		}
	}
}

// keys collects the paths of all keys of a schema.
func (s Schema) keys(path string, found map[string]bool) {
	found[path] = true
	if items, ok := s["items"].(Schema); ok {
		items.keys(path+"[]", found)
	}
	if values, ok := s["additionalProperties"].(Schema); ok {
		values.keys(path+".*", found)
	}
	properties, _ := s["properties"].(Schema)
	for key, value := range properties {
		value.(Schema).keys(strings.TrimPrefix(path+"."+key, "."), found)
	}
}

// TestOwnConfigurationFitsTheSchema reads the files of this repository by the
// schemas that are printed: every key they use must be in them.
func TestOwnConfigurationFitsTheSchema(t *testing.T) {
	for file, s := range map[string]Schema{"codicil.yaml": ForConfig(), "privacy.md": ForFrontMatter()} {
		src, err := os.ReadFile(filepath.Join("..", "..", "content", file))
		if err != nil {
			t.Fatal(err)
		}
		if front, _, _ := policy.SplitFrontMatter(src); front != nil {
			src = front
		}
		var keys map[string]any
		if err := policy.UnmarshalYAML(file, 1, src, false, &keys); err != nil || len(keys) == 0 {
			t.Fatalf("%s has no keys: %v", file, err)
		}
		s["additionalProperties"] = false
		compiled := compile(t, s)
		if err := compiled.Validate(asJSON(t, keys)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		keys["titel"] = "a slip of the pen"
		if compiled.Validate(asJSON(t, keys)) == nil {
			t.Errorf("%s: the schema lets through a key that nobody reads", file)
		}
	}
}

func compile(t *testing.T, s Schema) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", asJSON(t, s)); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// asJSON is a value as a program reads it.
func asJSON(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}
