package site

import "testing"

// A label or a path may hold what stands for a space in versions.sum.
func TestNamesOfAnyKindAreNoAlarm(t *testing.T) {
	s := newShelf(t)
	for _, label := range []string{"1.0 beta", "1.0%20gamma", "two\ttabs", "line\nend"} {
		s.add("p"+letters(label), draft{label: label, published: "2026-01-01", effective: "2026-01-01", text: "# P\n\nWords of " + letters(label) + ".\n"})
	}
	s.policies[0].Versions[0].Path = "legal/with%20and space.md"
	found, err := Verify(s.build(options(t)), s.policies)
	if err != nil || len(found) > 0 {
		t.Errorf("found %v (%v), want nothing", found, err)
	}
}

// letters keeps the letters of a label.
func letters(label string) string {
	kept := ""
	for _, r := range label {
		if r >= 'a' && r <= 'z' {
			kept += string(r)
		}
	}
	return kept
}
