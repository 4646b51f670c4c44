package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// texts is a Source in memory.
type texts map[*policy.Version]string

func (t texts) Text(v *policy.Version) ([]byte, error) {
	text, ok := t[v]
	if !ok {
		return nil, errors.New("no such text")
	}
	return []byte(text), nil
}

// shelf is a set of policies and their texts, made for a test.
type shelf struct {
	t        testing.TB
	policies []*policy.Policy
	texts    texts
}

func newShelf(t testing.TB) *shelf { return &shelf{t: t, texts: make(texts)} }

// day reads a date.
func day(t testing.TB, s string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// add puts a policy on the shelf; its versions come oldest first.
func (s *shelf) add(id string, versions ...draft) *policy.Policy {
	p := &policy.Policy{ID: id, Title: strings.ToUpper(id[:1]) + id[1:], Path: "legal/" + id + ".md", Lang: "en", Starts: policy.StartLabel}
	for i, d := range versions {
		published := day(s.t, d.published)
		v := &policy.Version{
			Label: d.label, Committed: published.Time(), Published: published.Time().Add(time.Hour),
			Effective: day(s.t, d.effective), Certainty: policy.Stated, Path: p.Path,
			Commit: fmt.Sprintf("%040x", i+1), Front: d.front,
		}
		v.Front.Version = policy.Scalar(d.label)
		sum := sha256.Sum256([]byte(d.text))
		v.SHA256 = hex.EncodeToString(sum[:])
		s.texts[v] = d.text
		p.Versions = append([]*policy.Version{v}, p.Versions...)
	}
	s.policies = append(s.policies, p)
	return p
}

// draft is a version before it is on the shelf.
type draft struct {
	label, published, effective, text string
	front                             policy.FrontMatter
}

const privacyOne = `---
title: Privacy Policy
version: "1.0"
---
# Privacy Policy

We tell you here what we do with data. See [the terms](terms.md), [nowhere](lost.md) and [below](#sharing).

## 1. Collection {#collection}

We collect your name and address.

## 2. Sharing {#sharing}

We do not share your data with third parties.

1. Carriers get your address.
2. Nobody else gets it.

## 3. Retention {#retention}

We keep records for 30 days.

| What | How long |
| --- | --- |
| Orders | 30 days |
`

// library is a shelf that has a bit of everything: a policy with an upcoming
// major change, one with a single version, a withdrawn one and a translation.
func library(t testing.TB) *shelf {
	s := newShelf(t)
	major, editorial := policy.Major, policy.Editorial
	two := strings.NewReplacer("30 days.", "two years.", "do not share", "may share").Replace(privacyOne)
	s.add("privacy",
		draft{label: "1.0", published: "2026-01-01", effective: "2026-01-01", text: privacyOne},
		draft{label: "1.1", published: "2026-03-01", effective: "2026-03-01", text: strings.Replace(privacyOne, "We tell you here", "Here we tell you", 1),
			front: policy.FrontMatter{Change: &editorial, ChangeReason: "only the order of words", ApprovedBy: "A. Counsel"}},
		draft{label: "2.0", published: "2026-11-01", effective: "2027-01-15", text: two,
			front: policy.FrontMatter{Change: &major, Summary: "We may share data & keep records for two years.", Announced: day(t, "2026-11-01")}},
	)
	s.add("terms", draft{label: "1", published: "2026-02-01", effective: "2026-02-01", text: "# Terms of Service\n\nBe kind. See [privacy](privacy.md#sharing).\n"})
	old := s.add("cookies",
		draft{label: "a", published: "2025-01-01", effective: "2025-01-01", text: "We use one cookie.\n"},
		draft{label: "b/../c d", published: "2025-02-01", effective: "2025-02-01", text: "We use two cookies.\n"})
	old.Withdrawn = day(t, "2026-06-01")
	german := s.add("de/privacy", draft{label: "1.0", published: "2026-01-02", effective: "2026-01-02", text: "# Datenschutz\n\nWir sammeln Ihren Namen.\n"})
	german.Lang, german.TranslationOf = "de", "privacy"
	arabic := s.add("ar/privacy", draft{label: "1.0", published: "2026-01-02", effective: "2026-01-02", text: "# الخصوصية\n\nنجمع اسمك.\n"})
	arabic.Lang, arabic.TranslationOf = "ar", "privacy"
	return s
}

// options are those of most tests: a day on which a change is announced.
func options(t testing.TB) Options {
	return Options{Title: "Example Inc.", On: day(t, "2026-11-22"), Rules: notice.DefaultRules(), Jobs: 2, Generator: "Codicil test", Records: t.TempDir()}
}

// build builds the shelf into a new folder and returns it.
func (s *shelf) build(o Options) string {
	s.t.Helper()
	dst := filepath.Join(s.t.TempDir(), "out")
	if _, err := Build(context.Background(), dst, s.policies, s.texts, o); err != nil {
		s.t.Fatalf("Build: %v", err)
	}
	return dst
}

// allFiles reads all files below dir.
func allFiles(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// names lists the keys of a tree in order.
func names(files map[string]string) []string {
	var list []string
	for name := range files {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
