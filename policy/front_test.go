package policy_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/codicil/codicil/policy"
)

// TestSpoiltFrontMatterIsAFaultAndNoText: whatever happened to its marks, none of
// its keys becomes a heading or a paragraph, and the line to mend is named.
func TestSpoiltFrontMatterIsAFaultAndNoText(t *testing.T) {
	t.Parallel()
	const keys = "title: Privacy\nversion: \"2.0\"\neffective_date: 2027-01-31\n"
	for name, test := range map[string]struct {
		src  string
		line int
		says string
	}{
		"opening line lost":                {keys + "---\n\n# Privacy\n\nWords.\n", 1, "missing"},
		"opening line lost, blank above":   {"\n\n" + keys + "---\n\n# Privacy\n\nWords.\n", 3, "missing"},
		"opened by an em dash":             {"—\n" + keys + "---\n\n# Privacy\n\nWords.\n", 1, "—"},
		"opened by a dash and a hyphen":    {"–-\n" + keys + "---\n\n# Privacy\n\nWords.\n", 1, "–-"},
		"opened by two hyphens":            {"--\n" + keys + "---\n\n# Privacy\n\nWords.\n", 1, "--"},
		"closed by an em dash":             {"---\n" + keys + "—\n\n# Privacy\n\nWords.\n", 5, "—"},
		"opened and closed by an em dash":  {"—\n" + keys + "—\n\n# Privacy\n\nWords.\n", 1, "—"},
		"never closed":                     {"---\n" + keys + "\n# Privacy\n\nWords.\n", 1, "never closed"},
		"a tab":                            {"---\n" + keys + "notice:\n\t- email\n---\n\n# Privacy\n\nWords.\n", 6, "tab"},
		"curly quotes around the version":  {"---\ntitle: Privacy\nversion: “2.0”\n---\n\n# Privacy\n\nWords.\n", 3, "“"},
		"curly quotes around the date":     {"---\neffective_date: ‘2027-01-31’\n---\n\n# Privacy\n\nWords.\n", 2, "‘"},
		"a colon in a value":               {"---\ntitle: Privacy: yours\n---\n\n# Privacy\n\nWords.\n", 2, ""},
		"a day that is none":               {"---\neffective_date: 2027-02-30\n---\n\n# Privacy\n\nWords.\n", 2, "February 2027 has 28 days"},
		"a day that is two":                {"---\neffective_date: 04/03/2027\n---\n\n# Privacy\n\nWords.\n", 2, "4 March to some and 3 April to others"},
		"a day in words":                   {"---\neffective_date: 4 March 2027\n---\n\n# Privacy\n\nWords.\n", 2, "in digits"},
		"a day with dots":                  {"---\neffective_date: 31.1.2027\n---\n\n# Privacy\n\nWords.\n", 2, "write 2027-01-31"},
		"a day without its zeros":          {"---\neffective_date: 2027-1-3\n---\n\n# Privacy\n\nWords.\n", 2, "write 2027-01-03"},
		"a cohort that is none":            {"---\neffective_date: {news: 2027-01-31}\n---\n\n# Privacy\n\nWords.\n", 2, "news"},
		"broken TOML":                      {"+++\ntitle = \"Privacy\"\nversion = \"2.0\n+++\n\n# Privacy\n\nWords.\n", 3, ""},
		"conflict markers in the keys":     {"---\n<<<<<<< HEAD\nversion: 2.0\n=======\nversion: 2.1\n>>>>>>> draft\n---\n\n# Privacy\n\nWords.\n", 2, "git left a conflict"},
		"conflict markers in the text":     {"---\ntitle: Privacy\n---\n\n# Privacy\n\n<<<<<<< HEAD\nWords.\n=======\nWord.\n>>>>>>> draft\n", 7, "git left a conflict"},
		"conflict markers, without a head": {"# Privacy\n\n<<<<<<< HEAD\nWords.\n=======\nWord.\n>>>>>>> draft\n", 3, "git left a conflict"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := policy.Parse("a.md", []byte(test.src))
			var d *policy.Diagnostic
			if !errors.As(err, &d) || d.Line != test.line || !strings.Contains(d.Message, test.says) || d.Hint == "" || d.Level != policy.Error {
				t.Errorf("got %v; want line %d and %q", err, test.line, test.says)
			}
			if doc == nil || len(doc.Blocks) < 2 || doc.Front.Version != "" || doc.Front.Title != "" {
				t.Fatalf("got %+v", doc)
			}
			if first := doc.Blocks[0].Text(); first != "Privacy" {
				t.Errorf("the text begins with %q", first)
			}
		})
	}
}

func TestFrontMatterOfOtherToolsIsRead(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"YAML closed by dots": "---\ntitle: Privacy\nversion: 1.10\neffective_date: 2027-01-31\naliases: [old]\n...\n# Words\n",
		"TOML":                "+++\ntitle = \"Privacy\"\nversion = 1.10 #not 1.1\neffective_date = 2027-01-31\naliases = [\"old\"]\n[menu]\nmain = \"x\"\n+++\n# Words\n",
		"TOML in quotes":      "+++\ntitle = 'Privacy'\nversion = '1.10'\neffective_date = '2027-01-31'\naliases = ['old']\n+++\n# Words\n",
		"JSON":                "{\n\"title\": \"Privacy\", \"version\": \"1.10\",\n\"effective_date\": \"2027-01-31\", \"aliases\": [\"old\"], \"menu\": {\"a\": 1}}\n# Words\n",
		"blank lines above":   "\n\n---\ntitle: Privacy\nversion: 1.10\neffective_date: 2027-01-31\naliases: [old]\n---\n# Words\n",
		"spaces after ---":    "---  \r\ntitle: Privacy\r\nversion: 1.10\r\neffective_date: 2027-01-31\r\naliases: [old]\r\n---\t\r\n# Words\r\n",
		"two dates alike":     "---\ntitle: Privacy\nversion: 1.10\neffective_date: {new: 2027-01-31, existing: 2027-01-31}\naliases: [old]\n---\n# Words\n",
	} {
		t.Run(name, func(t *testing.T) {
			d := parse(t, src)
			f := d.Front
			if f.Title != "Privacy" || f.Version != "1.10" || f.EffectiveDate != day(t, "2027-01-31") || len(f.Aliases) != 1 || !f.EffectiveNew.IsZero() {
				t.Errorf("got %+v", f)
			}
			if len(d.Blocks) != 1 || d.Blocks[0].Text() != "Words" || d.Blocks[0].Line != strings.Count(strings.SplitAfter(src, "# ")[0], "\n")+1 {
				t.Errorf("got %+v", d.Blocks)
			}
		})
	}
}

func TestATextThatOnlyLooksLikeFrontMatterIsAText(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"a rule":                  "---\n\n# Words\n",
		"a line of dashes":        "—\n\n# Words\n",
		"a heading underlined":    "Our promise: no ads\n---\n\nWords\n",
		"a sentence with a colon": "title: words\n\nand a paragraph that goes on\n\n---\n",
		"a list of braces":        "{not json}\n\n# Words\n",
		"markers in code":         "# Words\n\n```\n<<<<<<< a\n=======\n>>>>>>> b\n```\n",
		"half a marker":           "# Words\n\n<<<<<<< a\n",
	} {
		t.Run(name, func(t *testing.T) {
			if d := parse(t, src); len(d.Blocks) == 0 {
				t.Error("no words")
			}
		})
	}
}

func TestAStatusAndTwoDatesAreRead(t *testing.T) {
	t.Parallel()
	f := parse(t, "---\neffective_date:\n  new: 2027-01-01\n  existing: 2027-02-01\nstatus: cancelled\nstatus_reason: The tariff does not come.\n---\n").Front
	if f.EffectiveDate != day(t, "2027-02-01") || f.EffectiveNew != day(t, "2027-01-01") || f.Status != policy.Cancelled || f.StatusReason != "The tariff does not come." {
		t.Errorf("got %+v", f)
	}
	for status, want := range map[string]policy.Status{"draft": policy.Draft, "Withdrawn": policy.Withdrawn, "canceled": policy.Cancelled, "published": "", "final": ""} {
		f := parse(t, "---\nstatus: "+status+"\n---\n").Front
		if f.Status != want || f.Draft != (want == policy.Draft) {
			t.Errorf("status %s is read as %q, draft %v", status, f.Status, f.Draft)
		}
	}
}

func TestAKeyThatIsNearlyOursIsNamed(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"effective-date": "effective_date", "Effective Date": "effective_date", "efective_date": "effective_date", "effectiveDate": "effective_date",
		"Version": "version", "verison": "version", "sumary": "summary", "change-reason": "change_reason", "approvedBy": "approved_by",
		"date": "", "layout": "", "tags": "", "versions": "", "lastmod": "", "sidebar_position": "", "type": "", "slug": "", "version": "",
	} {
		d := parse(t, "---\ntitle: x\n"+key+": 1\n---\n")
		switch {
		case want == "" && len(d.Remarks) > 0:
			t.Errorf("%s: %v", key, d.Remarks[0])
		case want != "" && (len(d.Remarks) != 1 || d.Remarks[0].Line != 3 || !strings.Contains(d.Remarks[0].Message, want)):
			t.Errorf("%s: %v, want %s named", key, d.Remarks, want)
		}
	}
}

// TestATextInAnotherEncodingIsReadAndMarked: its words are there, and the fault
// says as what they were read.
func TestATextInAnotherEncodingIsReadAndMarked(t *testing.T) {
	t.Parallel()
	const text = "---\ntitle: Löschen\n---\n\n# Löschen\r\n\r\nWir löschen nach zehn Tagen.\n"
	latin := strings.ReplaceAll(text, "ö", "\xf6")
	wide := func(big, mark bool) string {
		var out []byte
		units := utf16.Encode([]rune(text))
		if mark {
			units = append([]uint16{0xfeff}, units...)
		}
		for _, u := range units {
			pair := []byte{byte(u), byte(u >> 8)}
			if big {
				pair[0], pair[1] = pair[1], pair[0]
			}
			out = append(out, pair...)
		}
		return string(out)
	}
	for name, test := range map[string]struct{ src, encoding string }{
		"Latin-1":                        {latin, "Windows-1252"},
		"Windows-1252":                   {latin + "\nF\xfcr \x80 5\n", "Windows-1252"},
		"UTF-16, little end first":       {wide(false, true), "UTF-16"},
		"UTF-16, big end first":          {wide(true, true), "UTF-16"},
		"UTF-16 without a mark":          {wide(false, false), "UTF-16"},
		"UTF-16 without a mark, big end": {wide(true, false), "UTF-16"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := policy.Parse("a.md", []byte(test.src))
			var d *policy.Diagnostic
			if !errors.As(err, &d) || d.Rule != "utf-8" || !strings.Contains(d.Message, test.encoding) {
				t.Errorf("got %v", err)
			}
			if doc == nil || doc.Foreign == nil || doc.Front.Title != "Löschen" || doc.Blocks[1].Text() != "Wir löschen nach zehn Tagen." {
				t.Errorf("got %+v", doc)
			}
		})
	}
	for name, src := range map[string]string{"a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\x00\x01", "zeros": strings.Repeat("\xff\x00\x00", 9)} {
		if doc, err := policy.Parse("a.md", []byte(src)); doc != nil || err == nil {
			t.Errorf("%s is read as a text", name)
		}
	}
}
