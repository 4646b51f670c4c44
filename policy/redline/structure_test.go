package redline_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

func names(clauses []*policy.Clause) string {
	var out []string
	for _, c := range clauses {
		out = append(out, c.Name())
	}
	return strings.Join(out, ", ")
}

func TestClausesOfTwoLanguagesAreSetSideBySide(t *testing.T) {
	const english = "# Privacy\n\n## 1. Data\n\n1.1 We keep logs.\n\n1.2 We tell you.\n\n## 2. Rights\n\n2.1 You may object.\n\n## 3. Contact\n\nWrite to us.\n"
	tests := []struct{ name, old, now, missing, extra string }{
		{"all there", english, "# Datenschutz\n\n## 1. Daten\n\n1.1 Wir führen Logs.\n\n1.2 Wir sagen es.\n\n## 2. Rechte\n\n2.1 Widerspruch.\n\n## 3. Kontakt\n\nSchreiben Sie.\n", "", ""},
		{"one not translated", english, "# Datenschutz\n\n## 1. Daten\n\n1.1 Wir führen Logs.\n\n## 2. Rechte\n\n2.1 Widerspruch.\n\n## 3. Kontakt\n\nSchreiben Sie.\n", "1.2", ""},
		{"a whole section not translated", english, "# Datenschutz\n\n## 1. Daten\n\n1.1 Wir führen Logs.\n\n1.2 Wir sagen es.\n\n## 3. Kontakt\n\nSchreiben Sie.\n", "2 Rights", ""},
		{"one too many", english, english + "\n## 4. Law\n\nWords.\n", "", "4 Law"},
		{"without numbers, by place", "# A\n\n## B\n\n## C\n", "# D\n\n## E\n", "C", ""},
		{"by anchor, where numbers differ", "## 1. A {#a}\n\n## 2. B {#b}\n", "## 1. B {#b}\n", "1 A", ""},
		{"nothing", "", english, "", "Privacy"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := redline.CompareStructure(parse(t, tt.old), parse(t, tt.now))
			if names(s.Missing) != tt.missing || names(s.Extra) != tt.extra {
				t.Errorf("missing %q, extra %q; want %q, %q", names(s.Missing), names(s.Extra), tt.missing, tt.extra)
			}
		})
	}
	if s := redline.CompareStructure(nil, nil); s.Pairs != 0 || s.Missing != nil || s.Extra != nil {
		t.Errorf("two missing texts: %+v", s)
	}
}

func TestATextHasTheStructureOfItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := policy.Parse("a", []byte(texts().Draw(t, "text")))
		if err != nil {
			t.Fatal(err)
		}
		if s := redline.CompareStructure(d, d); len(s.Missing)+len(s.Extra) > 0 {
			t.Fatalf("missing %q, extra %q", names(s.Missing), names(s.Extra))
		}
	})
}
