package site

import (
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// fits checks a value against the part of JSON Schema that our schemas use. A
// name that a schema does not know is a fault as well: it would be undocumented.
func fits(schema map[string]any, value any, at string) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, at+": "+fmt.Sprintf(format, args...)) }
	if options, ok := schema["anyOf"].([]any); ok {
		var all []string
		for _, o := range options {
			found := fits(o.(map[string]any), value, at)
			if len(found) == 0 {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	if list, ok := schema["enum"].([]any); ok {
		for _, v := range list {
			if reflect.DeepEqual(v, value) {
				return nil
			}
		}
		fault("%v is none of %v", value, list)
		return faults
	}
	if v, ok := schema["const"]; ok && !reflect.DeepEqual(v, value) {
		fault("%v is not %v", value, v)
	}
	kinds := map[string]bool{"string": false, "object": false, "array": false, "integer": false, "boolean": false, "null": value == nil}
	switch v := value.(type) {
	case string:
		kinds["string"] = true
		if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
			fault("%q does not match %s", v, pattern)
		}
		if n, ok := schema["minLength"].(float64); ok && len([]rune(v)) < int(n) {
			fault("%q is too short", v)
		}
		if n, ok := schema["maxLength"].(float64); ok && len([]rune(v)) > int(n) {
			fault("%q is too long", v)
		}
	case float64:
		kinds["integer"] = v == float64(int(v))
		if n, ok := schema["minimum"].(float64); ok && v < n {
			fault("%v is too small", v)
		}
	case bool:
		kinds["boolean"] = true
	case []any:
		kinds["array"] = true
		for i, item := range v {
			faults = append(faults, fits(schema["items"].(map[string]any), item, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		kinds["object"] = true
		faults = append(faults, fitsObject(schema, v, at)...)
	}
	if kind, ok := schema["type"].(string); ok && !kinds[kind] {
		fault("%v is no %s", value, kind)
	}
	return faults
}

func fitsObject(schema, value map[string]any, at string) []string {
	var faults []string
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := value[name.(string)]; !ok {
			faults = append(faults, at+": no "+name.(string))
		}
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, v := range value {
		of, ok := properties[name].(map[string]any)
		if !ok {
			of, ok = schema["additionalProperties"].(map[string]any)
		}
		if !ok {
			faults = append(faults, at+": the schema does not know "+name)
			continue
		}
		faults = append(faults, fits(of, v, at+"."+name)...)
	}
	return faults
}

func TestJSONFilesFitTheirPublishedSchemas(t *testing.T) {
	s := library(t)
	s.policies[0].Versions[0].Silent = []policy.Revision{{Commit: "abc", Published: s.policies[0].Versions[0].Published}}
	o := options(t)
	o.Remind = true
	files := allFiles(t, s.build(o))
	checked := make(map[string]int)
	for _, name := range names(files) {
		kind := ""
		switch {
		case path.Ext(name) != ".json" || strings.HasPrefix(name, schemaDir) || path.Base(name) == "feed.json":
			continue
		case name == "api/v1/index.json":
			kind = "index"
		case strings.HasPrefix(name, "api/v1/"):
			kind = "policy"
		case strings.Contains(name, "/compare/"):
			kind = "redline"
		case name == ".well-known/legal-context.json":
			kind = "legal-context"
		case name == embedDir+"notices.json":
			kind = "notices"
		case path.Base(name) == "index.json":
			kind = "version"
		}
		var schema map[string]any
		if err := json.Unmarshal([]byte(files[schemaDir+kind+".json"]), &schema); err != nil {
			t.Fatalf("no schema for %s: %v", name, err)
		}
		var value any
		if err := json.Unmarshal([]byte(files[name]), &value); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, fault := range fits(schema, value, name) {
			t.Error(fault)
		}
		checked[kind]++
	}
	for _, kind := range []string{"index", "policy", "redline", "notices", "version", "legal-context"} {
		if checked[kind] == 0 {
			t.Errorf("no file of kind %s was checked", kind)
		}
	}
}
