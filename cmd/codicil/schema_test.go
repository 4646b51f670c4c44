package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestSchemaDescribesOnlyKeysThatAreRead(t *testing.T) {
	for name, described := range map[string]struct {
		schema schema
		words  map[string]string
	}{"config": {configSchema(), configWords()}, "front matter": {frontMatterSchema(), frontMatterWords()}} {
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
func (s schema) keys(path string, found map[string]bool) {
	found[path] = true
	if items, ok := s["items"].(schema); ok {
		items.keys(path+"[]", found)
	}
	properties, _ := s["properties"].(schema)
	for key, value := range properties {
		value.(schema).keys(strings.TrimPrefix(path+"."+key, "."), found)
	}
}

// TestOwnConfigurationFitsTheSchema reads the files of this repository by the
// schemas that are printed: every key they use must be in them.
func TestOwnConfigurationFitsTheSchema(t *testing.T) {
	for file, s := range map[string]schema{"codicil.yaml": configSchema(), "privacy.md": frontMatterSchema()} {
		src, err := os.ReadFile(filepath.Join("..", "..", "content", file))
		if err != nil {
			t.Fatal(err)
		}
		if front, _, _ := policy.SplitFrontMatter(src); front != nil {
			src = front
		}
		var keys map[string]any
		if err := policy.UnmarshalYAML(file, 1, src, false, &keys); err != nil {
			t.Fatal(err)
		}
		if len(keys) == 0 {
			t.Fatalf("%s has no keys", file)
		}
		properties := s["properties"].(schema)
		for key := range keys {
			if _, known := properties[key]; !known {
				t.Errorf("%s uses %q, which the schema does not know", file, key)
			}
		}
		if _, err := json.Marshal(s); err != nil {
			t.Error(err)
		}
	}
}
