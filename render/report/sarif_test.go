package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/codicil/codicil/policy"
)

// fits says how a value differs from what a schema of testdata asks for.
func fits(t *testing.T, value any) error {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("testdata/sarif.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(document)
}

func TestSARIFKeepsToTheStandard(t *testing.T) {
	book := []policy.RuleEntry{
		{ID: "dead-link", Title: "A link leads somewhere", Reason: "readers are sent nowhere", Before: "[a](b.md)\n", After: "[a](c.md)\n"},
		{ID: "bare", Title: "A rule without an example", Reason: "there are such"},
	}
	for name, list := range map[string][]*policy.Diagnostic{
		"findings": {
			{File: "content/privacy.md", Line: 3, Column: 2, Level: policy.Error, Rule: "dead-link", Message: "wrong", Hint: "mend it"},
			{File: "content/terms of use.md", Level: policy.Warning, Rule: "bare", Message: "odd: ümläut \u2028"},
		},
		"nothing":          nil,
		"a rule of nobody": {{Rule: "x", Level: policy.Error, Message: "m", File: "f"}},
	} {
		if err := fits(t, SARIF(list, "1.2.3", book)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if fits(t, map[string]any{"version": "2.1.0", "runs": []any{map[string]any{"results": []any{map[string]any{}}}}}) == nil {
		t.Error("the schema lets through what is none")
	}
}

func TestSARIFEscapesWhatNoAddressHolds(t *testing.T) {
	text, err := json.Marshal(SARIF([]*policy.Diagnostic{{File: "a/terms of use.md", Level: policy.Error, Rule: "x", Message: "m"}}, "1", nil))
	if err != nil || !strings.Contains(string(text), `"uri":"a/terms%20of%20use.md"`) {
		t.Errorf("%s %v", text, err)
	}
}
