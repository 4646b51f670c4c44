package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

// schema checks values against the part of JSON Schema that redlines use, and
// fails on any keyword that it does not know.
type schema struct{ defs map[string]any }

func (s schema) check(value any, rule map[string]any) error {
	for keyword, want := range rule {
		if err := s.keyword(value, keyword, want); err != nil {
			return err
		}
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil
	}
	properties, _ := rule["properties"].(map[string]any)
	for name, v := range object {
		inner, known := properties[name].(map[string]any)
		if !known && rule["additionalProperties"] == false {
			return fmt.Errorf("property %q is not known", name)
		}
		if err := s.check(v, inner); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (s schema) keyword(value any, keyword string, want any) error {
	fail := func(ok bool) error {
		if ok {
			return nil
		}
		return fmt.Errorf("%v is against %s %v", value, keyword, want)
	}
	list, _ := value.([]any)
	switch keyword {
	case "$schema", "$defs", "title", "description", "properties", "additionalProperties":
		return nil
	case "$ref":
		return s.check(value, s.defs[strings.TrimPrefix(want.(string), "#/$defs/")].(map[string]any))
	case "type":
		return fail(kind(value) == want || want == "number" && kind(value) == "integer")
	case "enum":
		return fail(slices.Contains(want.([]any), value))
	case "minimum":
		return fail(value.(float64) >= want.(float64))
	case "minItems":
		return fail(len(list) >= int(want.(float64)))
	case "maxItems":
		return fail(len(list) <= int(want.(float64)))
	case "required":
		for _, name := range want.([]any) {
			if _, ok := value.(map[string]any)[name.(string)]; !ok {
				return fmt.Errorf("no property %q", name)
			}
		}
		return nil
	case "items":
		for i, v := range list {
			if err := s.check(v, want.(map[string]any)); err != nil {
				return fmt.Errorf("%d: %w", i, err)
			}
		}
		return nil
	case "anyOf":
		return fail(slices.ContainsFunc(want.([]any), func(rule any) bool { return s.check(value, rule.(map[string]any)) == nil }))
	}
	return fmt.Errorf("keyword %q is not known", keyword)
}

func kind(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
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
	rule := decode(t, []byte(render.RedlineSchema()))
	s := schema{rule["$defs"].(map[string]any)}
	rapid.Check(t, func(r *rapid.T) {
		got := decode(t, redlineJSON(compare(t, texts().Draw(r, "old"), texts().Draw(r, "new"))))
		if err := s.check(got, rule); err != nil {
			r.Fatal(err)
		}
	})
	broken := decode(t, redlineJSON(compare(t, before, after)))
	broken["changes"].([]any)[0].(map[string]any)["kind"] = "rewritten"
	if s.check(broken, rule) == nil {
		t.Error("the check accepts a kind that does not exist")
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
