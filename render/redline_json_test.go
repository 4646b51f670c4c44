package render_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
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

func redlineJSON(r *redline.Redline) []byte {
	var b bytes.Buffer
	render.RedlineJSON(&b, r)
	return b.Bytes()
}

func decode(t testing.TB, src []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestJSONKeepsToItsSchema(t *testing.T) {
	schema := compile(t, render.RedlineSchema())
	rapid.Check(t, func(r *rapid.T) {
		if err := schema.Validate(decode(t, redlineJSON(compare(t, texts().Draw(r, "old"), texts().Draw(r, "new"))))); err != nil {
			r.Fatal(err)
		}
	})
	broken := decode(t, redlineJSON(compare(t, before, after)))
	broken["changes"].([]any)[0].(map[string]any)["kind"] = "rewritten"
	if schema.Validate(broken) == nil {
		t.Error("the schema accepts a kind that does not exist")
	}
}

type jsonOffsets struct {
	Changes []struct {
		Before, After string
		Edits         []struct {
			Op, Text string
			Old, New [2]int
			Links    []struct{ Text, Target, Picture string }
		}
	}
}

func TestOffsetsFindTheWords(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var got jsonOffsets
		if err := json.Unmarshal(redlineJSON(compare(t, texts().Draw(r, "old"), texts().Draw(r, "new"))), &got); err != nil {
			t.Fatal(err)
		}
		for _, c := range got.Changes {
			before, after := []rune(c.Before), []rune(c.After)
			old, now := 0, 0
			for _, e := range c.Edits {
				if e.Old[0] != old || e.New[0] != now {
					r.Fatalf("edit %+v does not follow %d, %d", e, old, now)
				}
				old, now = e.Old[1], e.New[1]
				if e.Op == "delete" && (string(before[e.Old[0]:old]) != e.Text || e.New[0] != now) ||
					e.Op != "delete" && string(after[e.New[0]:now]) != e.Text {
					r.Fatalf("edit %+v is not there in %q, %q", e, c.Before, c.After)
				}
			}
			if len(c.Edits) > 0 && (old != len(before) || now != len(after)) {
				r.Fatalf("edits end at %d, %d of %q, %q", old, now, c.Before, c.After)
			}
		}
	})
}

func TestALinkThatChangedIsToldWithItsTargets(t *testing.T) {
	r := compare(t, "See [our terms](/a) and ![](/x.png) now.", "See [our terms](/b) and ![](/y.png) now.")
	var got jsonOffsets
	if err := json.Unmarshal(redlineJSON(r), &got); err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range got.Changes[0].Edits {
		for _, l := range e.Links {
			told = append(told, e.Op+" "+l.Text+l.Target+l.Picture)
		}
	}
	if got := strings.Join(told, ", "); got != "delete our terms/a, insert our terms/b, delete /x.png, insert /y.png" {
		t.Errorf("JSON: %s", got)
	}
	var text, markdown bytes.Buffer
	render.RedlineText(&text, r, render.TextOptions{})
	if want := "See [-our terms </a>-]{+our terms </b>+} and [-</x.png>-]{+</y.png>+} now."; !strings.Contains(text.String(), want) {
		t.Errorf("no %q in %s", want, text.String())
	}
	render.RedlineMarkdown(&markdown, r, 0)
	if want := `~~our terms \</a\>~~**our terms \</b\>**`; !strings.Contains(markdown.String(), want) {
		t.Errorf("no %q in %s", want, markdown.String())
	}
}

func TestALinkThatStayedIsNotSpelled(t *testing.T) {
	var b bytes.Buffer
	render.RedlineText(&b, compare(t, "We read [our terms](/a) today.", "We wrote [our terms](/a) today. See [more](/c)."), render.TextOptions{})
	if strings.Contains(b.String(), "</") {
		t.Errorf("a target that is no news: %s", b.String())
	}
}
