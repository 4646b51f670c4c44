package policy_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

func TestFrontMatterIsRead(t *testing.T) {
	major := policy.Major
	d := parse(t, `---
title: Privacy policy
id: privacy
version: 1.10
effective_date: 2027-01-15
announced: "2026-11-22"
summary: >-
  Two
  lines.
change: major
change_reason: none
approved_by: A. Lawyer
notice: [banner, email]
aliases: old-privacy
lang: de
translation_of: privacy
layout: page
weird: {nested: [1, 2]}
---
words`)
	want := policy.FrontMatter{
		Title: "Privacy policy", ID: "privacy", Version: "1.10",
		EffectiveDate: day(t, "2027-01-15"), Announced: day(t, "2026-11-22"),
		Summary: "Two lines.", Change: &major, ChangeReason: "none", ApprovedBy: "A. Lawyer",
		Notice: policy.Channels{"banner", "email"}, Aliases: policy.Strings{"old-privacy"},
		Lang: "de", TranslationOf: "privacy",
	}
	if diff := cmp.Diff(want, d.Front); diff != "" {
		t.Error(diff)
	}
}

func TestVersionsKeepTheirZeros(t *testing.T) {
	for src, want := range map[string]policy.Scalar{"1.10": "1.10", `"2.0"`: "2.0", "'3'": "3", "2026-01-02": "2026-01-02", "v4": "v4"} {
		if got := parse(t, "---\nversion: "+src+"\n---\n").Front.Version; got != want {
			t.Errorf("%s is read as %q", src, got)
		}
	}
}

func TestWhatIsNotFrontMatterIsText(t *testing.T) {
	for name, src := range map[string]string{
		"a rule first":      "a\n\n---\n\nb\n\n---\n",
		"no closing line":   "---\ntitle: x\n",
		"no opening line":   "title: x\n---\n",
		"an empty document": "",
	} {
		front, body, line := policy.SplitFrontMatter([]byte(src))
		if front != nil || string(body) != src || line != 1 {
			t.Errorf("%s: front matter %q, line %d", name, front, line)
		}
	}
}

func TestEmptyFrontMatterIsNoFault(t *testing.T) {
	if d := parse(t, "---\n---\nwords"); len(d.Blocks) != 1 || d.Blocks[0].Line != 3 {
		t.Errorf("%+v", d.Blocks)
	}
}

func TestStrictYAMLNamesTheUnknownKey(t *testing.T) {
	var v struct {
		Title string `yaml:"title"`
	}
	err := policy.UnmarshalYAML("codicil.yaml", 1, []byte("title: x\ntitel: y\n"), true, &v)
	d, ok := err.(*policy.Diagnostic)
	if !ok || d.Line != 2 || d.Hint == "" || d.Excerpt != "  titel: y\n  ^" {
		t.Errorf("%+v", err)
	}
	if err := policy.UnmarshalYAML("codicil.yaml", 1, []byte("other: y\n"), false, &v); err != nil {
		t.Errorf("lenient: %v", err)
	}
}

func TestADiagnosticSaysOnlyWhatItKnows(t *testing.T) {
	for want, d := range map[string]policy.Diagnostic{
		"a.md: m":          {File: "a.md", Message: "m"},
		"a.md:2: m":        {File: "a.md", Line: 2, Message: "m"},
		"a.md:2:3: m\n  x": {File: "a.md", Line: 2, Column: 3, Message: "m", Excerpt: "  x"},
	} {
		if got := d.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
