package policy

import "testing"

func TestATextIsCalledWhatItCallsItself(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"front matter first", "---\ntitle: The Plan\n---\n# Other\n\nWords.\n", "The Plan"},
		{"front matter without its markup", "---\ntitle: \"**Privacy** &amp; {{ site.name }} <br> cookies\"\n---\nWords.\n", "Privacy & cookies"},
		{"the heading of the first level", "# Terms\n\nWords.\n\n## One\n\nWords.\n", "Terms"},
		{"also below a first line", "Last updated: 1 May 2026\n\n# Terms\n\nWords.\n", "Terms"},
		{"the one heading above all others", "## Terms\n\nWords.\n\n### One\n\nWords.\n", "Terms"},
		{"the heading before numbered ones", "# Terms\n\nWords.\n\n# 1. Scope\n\nWords.\n\n# 2. Price\n\nWords.\n", "Terms"},
		{"not the first of many", "# Introduction\n\nWords.\n\n# What we keep\n\nWords.\n", ""},
		{"not a heading below words", "Dear Sir,\n\n## Summary\n\nWords.\n", ""},
		{"not the only small heading below words", "Words.\n\n### What are cookies?\n\nWords.\n", ""},
		{"no heading", "Words.\n", ""},
		{"a heading with a link and code", "# [Terms](x.md) of `it` {#x}\n\nWords.\n", "Terms of it"},
		{"only a template", "---\ntitle: \"{{ page.name }}\"\n---\n# Rules\n\nWords.\n", "Rules"},
		{"invisible characters", "# Rules\u200f\ufeff\n\nWords.\n", "Rules"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := Parse("x.md", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Title(); got != test.want {
				t.Errorf("Title = %q, want %q", got, test.want)
			}
		})
	}
}

func TestAFileNamesItsText(t *testing.T) {
	for file, want := range map[string]string{
		"privacy.md":                     "Privacy",
		"legal/DMCA-Counter_Notice.md":   "DMCA Counter Notice",
		"Shots_Privacy_Notice/en-US.md":  "Shots Privacy Notice",
		"terms/index.md":                 "Terms",
		"terms/de/README.md":             "Terms",
		"Offer Letters/South Africa.md":  "South Africa",
		"en-US.md":                       "En US",
		"políticas/términos-de-uso.html": "Términos de uso",
	} {
		if got := FileTitle(file); got != want {
			t.Errorf("FileTitle(%q) = %q, want %q", file, got, want)
		}
	}
}

func TestALabelThatIsADayNamesAVersionByIt(t *testing.T) {
	for label, want := range map[string]struct {
		day string
		nth int
	}{"2026-04-10": {"2026-04-10", 1}, "2026-04-10.2": {"2026-04-10", 2}, "2.0": {}, "2026-04-10-draft": {}, "2026-13-10": {}, "2026-04-10.x": {}, "2026": {}} {
		day, nth, ok := LabelDay(label)
		if ok != (want.nth > 0) || ok && (day.String() != want.day || nth != want.nth) {
			t.Errorf("LabelDay(%q) = %v, %d, %v", label, day, nth, ok)
		}
	}
}
