package site

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
)

func TestBuildIsDeterministic(t *testing.T) {
	s := library(t)
	o := options(t)
	o.Jobs = 1
	want := allFiles(t, s.build(o))
	for _, jobs := range []int{1, 4, 0} {
		o.Jobs = jobs
		if diff := cmp.Diff(want, allFiles(t, s.build(o))); diff != "" {
			t.Errorf("%d jobs make another site (-one +now):\n%s", jobs, diff)
		}
	}
}

func TestEveryPageOfTheContractIsThere(t *testing.T) {
	o := options(t)
	o.BaseURL = "https://example.com/legal"
	files := allFiles(t, library(t).build(o))
	for _, name := range []string{
		"index.html", "404.html", "changes/index.html", "changes/2026/index.html",
		"privacy/index.html", "privacy/index.md", "privacy/index.txt", "privacy/index.json",
		"privacy/1.0/index.html", "privacy/1.1/index.md", "privacy/2.0/index.txt", "privacy/2.0/index.json",
		"privacy/versions/index.html", "privacy/upcoming/index.html", "privacy/upcoming/index.md", "terms/upcoming/index.html",
		"privacy/compare/1.0...1.1/index.html", "privacy/compare/1.1...2.0/index.json", "cookies/compare/a...b-..-c-d/index.html",
		"feed.atom", "privacy/feed.atom", "privacy/feed.json", "api/v1/index.json", "api/v1/privacy.json", "api/v1/de/privacy.json",
		"embed/v1/notices.json", "embed/v1/notice.js", "sitemap.xml", "robots.txt", "_headers", "versions.sum", "log/index.html", "log/checkpoint", "log/codicil.sum", "log/proof/privacy/1.0.json", ".well-known/legal-context.json", ManifestName,
	} {
		if files[name] == "" {
			t.Errorf("no %s", name)
		}
	}
}

// What a version's page shows must not change when the day or the history goes
// on, but for the sentence that says whether it applies: it is what people
// bookmark, print and file.
func TestVersionPagesAreStable(t *testing.T) {
	s := library(t)
	o := options(t)
	before := allFiles(t, s.build(o))
	privacy := s.policies[0]
	newer := *privacy.Versions[0]
	newer.Label, newer.Effective, newer.Published = "3.0", day(t, "2027-06-01"), newer.Published.AddDate(0, 4, 0)
	s.texts[&newer] = s.texts[privacy.Versions[0]]
	privacy.Versions = append([]*policy.Version{&newer}, privacy.Versions...)
	o.On = day(t, "2027-07-01")
	after := allFiles(t, s.build(o))
	checked := 0
	for _, name := range names(before) {
		if strings.HasPrefix(name, "privacy/1.0/") || strings.HasPrefix(name, "privacy/2.0/") || strings.HasPrefix(name, "privacy/compare/1.1...2.0/") {
			checked++
			statusLine := regexp.MustCompile(`<p class="?status"? data-state.*?</p>|<p class="?status"? data-state[^\n]*`)
			was, is := statusLine.ReplaceAllString(before[name], ""), statusLine.ReplaceAllString(after[name], "")
			if diff := cmp.Diff(was, is); diff != "" {
				t.Errorf("%s changed:\n%s", name, diff)
			}
		}
	}
	if checked != 12 {
		t.Errorf("looked at %d files, want 12", checked)
	}
	if before["privacy/index.html"] == after["privacy/index.html"] {
		t.Error("the page of the text in force did not change with the day")
	}
}

// monthly is a policy of so many versions, the first at the start of 2020 and each
// thirty days after the one before.
func monthly(t *testing.T, versions int) (s *shelf, labels []string) {
	s = newShelf(t)
	var drafts []draft
	for i := range versions {
		on := day(t, "2020-01-01").AddDays(30 * i).String()
		labels = append(labels, on)
		drafts = append(drafts, draft{label: on, published: on, effective: on, text: "# T\n\nText of " + on + ".\n"})
	}
	s.add("monthly", drafts...)
	return s, labels
}

func TestAVersionNearTheCurrentOneIsComparedWithItWordByWord(t *testing.T) {
	s, labels := monthly(t, 10)
	o := options(t)
	o.On = day(t, labels[5]) // the versions after it are announced
	files := allFiles(t, s.build(o))
	for i, label := range labels {
		doc := document(t, files, "monthly/compare/"+label+"...current/index.html")
		want := i != 5 && i >= 5-near && i <= 5+near
		if got := len(all(doc, ".redline")) == 1; got != want {
			t.Errorf("version %d beside the current version 5: a redline is %v, want %v", i, got, want)
		}
		if i > 0 && files["monthly/compare/"+labels[i-1]+"..."+label+"/index.html"] == "" {
			t.Errorf("version %d is not compared with the one before", i)
		}
	}
	if n := len(all(document(t, files, "monthly/compare/index.html"), `.ready a[href$="...current/"]`)); n != near {
		t.Errorf("%d redlines against the current version are listed, want %d", n, near)
	}
}

func TestWhatChangedSinceAVersionOfLongAgoIsFoundInTheHistoryAndInTheBrowser(t *testing.T) {
	s, labels := monthly(t, 3+near)
	since := "monthly/compare/" + labels[0] + "...current/index.html"
	o := options(t)
	o.On = day(t, labels[1+near])
	before := allFiles(t, s.build(o))
	doc := document(t, before, since)
	for _, way := range []string{"../../../monthly/versions/#v." + labels[0], "../../../monthly/compare/?from=" + labels[0], "../../../monthly/"} {
		if len(all(doc, `.status a[href="`+way+`"]`)) != 1 {
			t.Errorf("nothing leads to %s in %s", way, shownWords(doc, ".status"))
		}
	}
	o.On = day(t, labels[2+near])
	if after := allFiles(t, s.build(o)); after[since] != before[since] {
		t.Error("the page changed with the current version")
	}
}

func TestSummaryCountsWhatWasMade(t *testing.T) {
	s := library(t)
	var steps []string
	o := options(t)
	o.Progress = func(step string, done, total int) {
		if done == total {
			steps = append(steps, step)
		}
	}
	sum, err := Build(t.Context(), t.TempDir(), s.policies, s.texts, o)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Policies != 5 || sum.Versions != 8 || sum.Redlines != 6 || sum.Written != sum.Files || sum.Notices != 1 || sum.Files == 0 || sum.Bytes == 0 {
		t.Errorf("summary = %+v", sum)
	}
	if diff := cmp.Diff([]string{"versions", "index"}, steps); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	if len(sum.Warnings) != 1 || sum.Warnings[0].Rule != "dead-link" {
		t.Errorf("warnings = %v, want the one dead link of the text in force", sum.Warnings)
	}
}

func TestDraftsStayUnpublished(t *testing.T) {
	s := newShelf(t)
	s.add("secret", draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "Not yet.\n", front: policy.FrontMatter{Draft: true}})
	s.add("open",
		draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "Open.\n"},
		draft{label: "2", published: "2026-02-01", effective: "2026-02-01", text: "Hidden.\n", front: policy.FrontMatter{Draft: true}})
	for name, data := range allFiles(t, s.build(options(t))) {
		if strings.Contains(data, "Not yet.") || strings.Contains(data, "Hidden.") || strings.Contains(name, "secret") {
			t.Errorf("%s tells of a draft", name)
		}
	}
}

func TestFaultyTextsArePublishedWithAWarning(t *testing.T) {
	s := newShelf(t)
	s.add("latin", draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "# Caf\xe9\n\nOpen all day.\n"})
	s.add("yaml", draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "---\ntitle: a: b\n---\n# Title\n\nWords stay.\n"})
	dir := t.TempDir()
	sum, err := Build(t.Context(), dir, s.policies, s.texts, options(t))
	if err != nil {
		t.Fatal(err)
	}
	files := allFiles(t, dir)
	if !strings.Contains(files["latin/index.html"], "Café") || !strings.Contains(files["yaml/index.html"], "Words stay.") {
		t.Error("words are missing")
	}
	if len(sum.Warnings) != 2 {
		t.Errorf("warnings = %v, want two", sum.Warnings)
	}
	if files["latin/1/index.md"] != "# Caf\xe9\n\nOpen all day.\n" {
		t.Error("the raw text is not raw")
	}
}

func TestBuildRefusesWhatCannotWork(t *testing.T) {
	one := func(ids ...string) func(*shelf) {
		return func(s *shelf) {
			for _, id := range ids {
				s.add(id, draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "Text of " + id + ".\n"})
			}
		}
	}
	tests := []struct {
		name, base string
		fill       func(*shelf)
		want       string
	}{
		{"two policies with one address", "", one("a b", "a-b"), "want the one address"},
		{"two that differ by case", "", one("Privacy", "privacy"), "want the one address"},
		{"a name the site needs", "", one("api"), "address that the site needs itself"},
		{"a policy below a version of another", "", one("terms", "terms/1"), "two pages want the address"},
		{"a base URL without scheme", "example.com", one("a"), "base URL"},
		{"a base URL with a query", "https://example.com/?a=1", one("a"), "base URL"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newShelf(t)
			test.fill(s)
			o := options(t)
			o.BaseURL = test.base
			_, err := Build(t.Context(), t.TempDir(), s.policies, s.texts, o)
			var fault *policy.Diagnostic
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), test.want) || fault.Hint == "" {
				t.Errorf("error = %v, want a fault with a hint that says %q", err, test.want)
			}
		})
	}
}

func TestBuildStopsWhenCalledOff(t *testing.T) {
	s := library(t)
	ctx, cancel := context.WithCancel(t.Context())
	o := options(t)
	o.Progress = func(string, int, int) { cancel() }
	if _, err := Build(ctx, t.TempDir(), s.policies, s.texts, o); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want %v", err, context.Canceled)
	}
}

func TestBuildNoticesAnAlteredText(t *testing.T) {
	s := library(t)
	v := s.policies[0].Versions[1]
	s.texts[v] += "One more sentence.\n"
	_, err := Build(t.Context(), t.TempDir(), s.policies, s.texts, options(t))
	if err == nil || !strings.Contains(err.Error(), "privacy@1.1 has digest") {
		t.Errorf("error = %v, want one that names the version and its digest", err)
	}
}

func TestBuildOfNothingIsASite(t *testing.T) {
	files := allFiles(t, newShelf(t).build(options(t)))
	if files["index.html"] == "" || files["feed.atom"] == "" || files["api/v1/index.json"] == "" {
		t.Errorf("files = %v", names(files))
	}
}

func BenchmarkBuild(b *testing.B) {
	s := library(b)
	o := options(b)
	dir := b.TempDir()
	for b.Loop() {
		if _, err := Build(b.Context(), dir, s.policies, s.texts, o); err != nil {
			b.Fatal(err)
		}
	}
}
