package expand

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

// files gives the texts of a repository.
func files(all map[string]string) Read {
	return func(file string) ([]byte, error) {
		text, found := all[file]
		if !found {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}
}

var acme = map[string]string{"company": "Acme Ltd", "country": "DE", "retention": "90"}

func TestSourceIsExpanded(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"words stand as they are", "We keep {it} {#id} and }} too.\n", "We keep {it} {#id} and }} too.\n"},
		{"a name becomes its value", "{{company}} keeps it {{ retention }} days.\n", "Acme Ltd keeps it 90 days.\n"},
		{"escaped braces stay", `Write \{{company}} for {{company}}.`, "Write {{company}} for Acme Ltd."},
		{"a condition in a line", "We {{#if country = DE}}do{{else}}do not{{/if}} ask.\n", "We do ask.\n"},
		{"a condition of several values", "A{{#if country = AT, DE}}B{{/if}}C", "ABC"},
		{"a condition that is not met", "A{{#if country = AT, CH}}B{{/if}}C", "AC"},
		{"a condition for all others", "A{{#if country != DE}}B{{else}}C{{/if}}", "AC"},
		{"tags alone on a line take it with them", "one\n\n{{#if country = DE}}\ntwo\n{{else}}\nthree\n{{/if}}\nfour\n", "one\n\ntwo\nfour\n"},
		{"conditions within conditions", "{{#if country = DE}}{{#if retention = 90}}x{{else}}y{{/if}}{{else}}z{{/if}}", "x"},
		{"a name without value in what is left out", "{{#if country = AT}}{{agent}}{{/if}}x", "x"},
		{"a file in a line", "Ask {{> contact}}.\n", "Ask Acme Ltd, Main Street 1.\n"},
		{"a file on a line of its own keeps its place", "- Ask:\n\n  {{> steps}}\n\nEnd\n", "- Ask:\n\n  1. Write.\n\n  2. Wait.\n\nEnd\n"},
		{"an empty file leaves its line empty", "A\n\n{{> empty}}\nB\n", "A\n\n\nB\n"},
		{"a file of a folder beside brings in its own neighbours", "{{> more/outer}}\n", "inner\n"},
		{"line ends of another system are those of git", "{{company}}\r\nx\r\n", "Acme Ltd\nx\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Text("shared/privacy.md", Place{"acme/privacy.md", 3, 1}, acme, files(map[string]string{
				"shared/privacy.md": c.source, "shared/contact.md": "{{company}}, Main Street 1\n", "shared/steps.md": "1. Write.\n\n2. Wait.\n",
				"shared/empty.md": "", "shared/more/outer.md": "{{> inner.md}}\n", "shared/more/inner.md": "inner\n\n",
			}))
			for _, d := range r.Faults {
				t.Error(d)
			}
			if diff := cmp.Diff(c.want, string(r.Text)); diff != "" {
				t.Error(diff)
			}
			if lines := len(lines(r.Text)); lines != len(r.Lines) {
				t.Errorf("%d lines, %d places: %v", lines, len(r.Lines), r.Lines)
			}
		})
	}
}

func TestFaultsHaveAPlace(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"unknown name", "a\nb {{compnay}}", `shared/p.md:2:3: "compnay" has no value here`},
		{"unknown name of a condition", "{{#if contry = DE}}x{{/if}}", `shared/p.md:1:1: "contry" has no value here`},
		{"braces that never close", "x {{company\n}}", "shared/p.md:1:3: these braces are never closed on their line"},
		{"a condition that never closes", "\n {{#if country = DE}}x", "shared/p.md:2:2: this condition is never closed"},
		{"a condition that nothing opened", "x{{/if}}", "shared/p.md:1:2: {{/if}} closes no {{#if …}}"},
		{"two sides too many", "{{#if country = DE}}{{else}}{{else}}{{/if}}", "shared/p.md:1:29: {{else}} belongs to no {{#if …}}"},
		{"no condition", "{{#if country == DE}}x{{/if}}", "shared/p.md:1:1: {{#if country == DE}} is no condition"},
		{"code", "{{ company.upper() }}", "shared/p.md:1:1: {{company.upper()}} cannot be read"},
		{"three braces", "{{{company}}}", "shared/p.md:1:1: {{{company}} cannot be read"},
		{"no such file", "{{> nowhere}}", "shared/p.md:1:1: there is no file shared/nowhere.md"},
		{"a file outside", "{{> ../../etc/passwd}}", "shared/p.md:1:1: {{> ../../etc/passwd}} leads out of the repository"},
		{"a file of the machine", "{{> /etc/passwd}}", "shared/p.md:1:1: {{> /etc/passwd}} names no file"},
		{"a circle", "{{> round}}", "shared/round.md:1:1: this brings the file in within itself: shared/p.md → shared/round.md → shared/p.md"},
		{"front matter", "---\ntitle: x\n---\n", "shared/p.md:1:1: a source has no front matter of its own"},
		{"another encoding", "\xff", "acme/p.md:3:1: shared/p.md is not written in UTF-8"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Text("shared/p.md", Place{"acme/p.md", 3, 1}, acme, files(map[string]string{"shared/p.md": c.source, "shared/round.md": "{{> p}}"}))
			got := ""
			for _, d := range r.Faults {
				if d.Hint == "" {
					t.Errorf("no hint: %v", d)
				}
				if got == "" || d.Error() == c.want {
					got = d.Error()
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if c.want != "" && r.Text != nil {
				t.Errorf("a source with a fault gave %q", r.Text)
			}
		})
	}
}

func TestHostileSourcesAreBounded(t *testing.T) {
	many := strings.Repeat("{{> next}}", 5000)
	deep := map[string]string{"s/p.md": "{{> a1}}"}
	for i := 1; i < 9; i++ {
		deep[fmt.Sprintf("s/a%d.md", i)] = fmt.Sprintf("{{> a%d}}", i+1)
	}
	for name, all := range map[string]map[string]string{
		"files that multiply":       {"s/p.md": many, "s/next.md": strings.Repeat("{{> other}}", 5000), "s/other.md": "x"},
		"words that multiply":       {"s/p.md": strings.Repeat("{{> next}}\n", 900), "s/next.md": strings.Repeat("words ", 100_000)},
		"an indent that multiplies": {"s/p.md": strings.Repeat(" ", 500_000) + "{{> next}}\n", "s/next.md": strings.Repeat("a\n", 10_000)},
		"lines without words":       {"s/p.md": strings.Repeat("\n", maxLines+1)},
		"conditions without words":  {"s/p.md": strings.Repeat("{{> next}}", 900), "s/next.md": strings.Repeat("{{#if country = AT}}{{/if}}", 30_000)},
		"files within files":        deep,
		"conditions in conditions":  {"s/p.md": strings.Repeat("{{#if country = DE}}", 40) + strings.Repeat("{{/if}}", 40)},
		"a condition of many":       {"s/p.md": "{{#if country = " + strings.Repeat("A,", 500) + "B}}{{/if}}"},
		"a large file":              {"s/p.md": strings.Repeat("x", MaxFile+1)},
		"many faults":               {"s/p.md": strings.Repeat("{{no}}\n", 10_000)},
		"tags in one line":          {"s/p.md": strings.Repeat(" ", 300_000) + strings.Repeat("{{no}}", 100_000)},
		"braces that are not to be": {"s/p.md": strings.Repeat("{{", 500_000)},
	} {
		t.Run(name, func(t *testing.T) {
			r := Text("s/p.md", Place{"p.md", 1, 1}, acme, files(all))
			if len(r.Faults) == 0 || len(r.Faults) > maxFaults || r.Text != nil {
				t.Errorf("%d faults, %d bytes", len(r.Faults), len(r.Text))
			}
		})
	}
}

func TestValuesComeFromTheNarrowestWord(t *testing.T) {
	s := Settings{
		Variables: map[string]policy.Scalar{"contact": "all@example.com", "company": "Nobody"},
		Brands:    map[string]map[string]policy.Scalar{"acme": {"company": "Acme Ltd", "fee": "1.10"}},
	}
	front := policy.FrontMatter{Title: "Privacy", Version: "2.0", Brand: "acme", Variables: policy.Variables{"contact": "acme@example.com"}}
	got, faults := s.Values("p.md", nil, front)
	want := map[string]string{"contact": "acme@example.com", "company": "Acme Ltd", "fee": "1.10", "title": "Privacy", "version": "2.0", "brand": "acme"}
	if diff := cmp.Diff(want, got); diff != "" || len(faults) > 0 {
		t.Error(diff, faults)
	}
	for name, front := range map[string]policy.FrontMatter{
		"another brand":     {Brand: "zen"},
		"a name that is":    {Variables: policy.Variables{"version": "9"}},
		"braces in a value": {Variables: policy.Variables{"company": "{{contact}}"}},
		"lines in a value":  {Variables: policy.Variables{"company": "Acme\n\n# Heading"}},
		"no name":           {Variables: policy.Variables{"our company": "Acme"}},
	} {
		if _, faults := s.Values("p.md", nil, front); len(faults) != 1 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestKeysOfOtherToolsAreNoSources(t *testing.T) {
	for name, want := range map[string]string{
		"https://example.com/privacy.md": "", "our lawyers": "", "": "", "git:shared/p.md": "", "../shared/p.md": "../shared/p.md", "p.markdown": "p.markdown",
	} {
		if got := Named(policy.FrontMatter{Source: policy.Scalar(name)}); got != want {
			t.Errorf("%q names %q", name, got)
		}
	}
}

func TestDifferenceNamesTheLinesAndWhereTheyComeFrom(t *testing.T) {
	const head = "---\ntitle: Privacy\nsource: ../s/p.md\n---\n"
	read := files(map[string]string{"s/p.md": "One.\n\n{{> c}}\n\nThree.\n", "s/c.md": "Two\nand a half.\n"})
	r := Settings{}.Expand("acme/p.md", []byte(head), policy.FrontMatter{Source: "../s/p.md"}, read)
	written := string(r.Written([]byte(head + "\nanything")))
	if want := head + "\nOne.\n\nTwo\nand a half.\n\nThree.\n"; written != want {
		t.Fatalf("got %q", written)
	}
	if d := r.Difference([]byte(strings.ReplaceAll(written, "\n", "\r\n"))); d != nil {
		t.Errorf("line ends of another system differ: %v", d)
	}
	got := r.Difference([]byte(strings.Replace(written, "and a half", "and more", 1)))
	want := &Difference{First: 9, Last: 9, Is: []string{"and more.\n"}, Should: []string{"and a half.\n"}, From: Place{"s/c.md", 2, 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatNoTextUsesIsNamed(t *testing.T) {
	config := "variables:\n  contact: x\nbrands:\n  acme: {company: Acme, fax: none}\n  zen: {company: Zen}\n"
	var s Settings
	if err := policy.UnmarshalYAML("codicil.yaml", 1, []byte(config), true, &s); err != nil {
		t.Fatal(err)
	}
	front := policy.FrontMatter{Source: "s.md", Brand: "acme"}
	read := files(map[string]string{"s.md": "{{company}}{{#if company = Acmee}}!{{/if}}"})
	var got []string
	for _, d := range s.Unused("codicil.yaml", []byte(config), []*Result{s.Expand("p.md", nil, front, read)}) {
		got = append(got, d.Error())
	}
	want := []string{
		"codicil.yaml:2:3: contact is given a value that no text uses",
		"codicil.yaml:4:25: fax is given a value for acme that no text uses",
		"s.md:1:12: no policy has company = Acmee",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestExpansionIsDeterministicAndLeavesPlainTextAlone(t *testing.T) {
	piece := rapid.SampledFrom([]string{"{{company}}", "{{> c}}", "{{#if country = DE}}", "{{else}}", "{{/if}}", "\n", " ", "words ", `\{{`, "{", "}", "é", "- "})
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOf(piece).Draw(t, "source"), "")
		read := files(map[string]string{"p.md": source, "c.md": "in\n\nto {{company}}\n"})
		a, b := Text("p.md", Place{}, acme, read), Text("p.md", Place{}, acme, read)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatal(diff)
		}
		if len(a.Faults) == 0 && len(lines(a.Text)) != len(a.Lines) {
			t.Fatalf("%q: %d places for %d lines", a.Text, len(a.Lines), len(lines(a.Text)))
		}
		if !strings.Contains(source, "{{") && string(a.Text) != source {
			t.Fatalf("%q became %q", source, a.Text)
		}
		escaped := strings.ReplaceAll(strings.ReplaceAll(source, `\`, ""), "{{", `\{{`)
		again := Text("p.md", Place{}, nil, files(map[string]string{"p.md": escaped}))
		if want := strings.ReplaceAll(source, `\`, ""); string(again.Text) != want {
			t.Fatalf("escaped %q became %q", escaped, again.Text)
		}
	})
}

func FuzzSource(f *testing.F) {
	f.Add("{{#if country = DE}}\n{{> c}}\n{{else}}{{company}}{{/if}}", "{{> p}}\r\n")
	f.Add("- {{> c}} \n\\{{", "{{#if a != b,c}}")
	f.Fuzz(func(t *testing.T, source, other string) {
		r := Text("p.md", Place{"q.md", 1, 1}, acme, files(map[string]string{"p.md": source, "c.md": other}))
		if len(r.Faults) == 0 && len(r.Lines) != len(lines(r.Text)) {
			t.Errorf("%q: %d places for %d lines", r.Text, len(r.Lines), len(lines(r.Text)))
		}
		if len(r.Faults) > 0 && r.Text != nil {
			t.Errorf("faults, and a text")
		}
	})
}

func TestTheGapThatAConditionLeavesIsNamed(t *testing.T) {
	const source = "## 1. Orders\n\n{{#if country = DE}}\n## 2. Works council\n\nOnly here.\n\n{{/if}}\n## 3. Contact\n"
	for country, want := range map[string]int{"DE": 0, "AT": 1} {
		r := Text("shared/a.md", Place{}, map[string]string{"country": country}, func(string) ([]byte, error) { return []byte(source), nil })
		gaps := r.Gaps("a.md", []byte("---\nid: a\n---\n"))
		if len(gaps) != want {
			t.Fatalf("%s: %v", country, gaps)
		}
		if want == 1 && (gaps[0].Line != 7 || !strings.Contains(gaps[0].Message, "clause 3 follows clause 1") || !strings.Contains(gaps[0].Hint, "shared/a.md:9")) {
			t.Errorf("%+v", gaps[0])
		}
	}
}
