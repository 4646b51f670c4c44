package redline_test

import (
	"testing"

	"github.com/codicil/codicil/policy/redline"
)

func TestWhereAChangeStands(t *testing.T) {
	const table = "## Data\n\n| Kind | Sold | Shared |\n|---|---|---|\n| Name | No | Yes |\n| Place | No | No |\n"
	r := redline.Compare(parse(t, table), parse(t, "## Data\n\n| Kind | Sold | Shared |\n|---|---|---|\n| Name | No | Yes |\n| Place | Yes | No |\n"))
	p := r.Places()
	changes := r.Changes()
	if len(changes) != 1 {
		t.Fatalf("%s", told(r))
	}
	want := redline.Place{Heading: "Data", Row: "Place", Column: "Sold"}
	if p[changes[0].Old] != want || p[changes[0].New] != want {
		t.Errorf("it stands at %+v, and stood at %+v", p[changes[0].New], p[changes[0].Old])
	}
}

func TestWhatMovedUnderAnotherLeadInIsTurned(t *testing.T) {
	const item, long, other = "sell your letters to any of the shops in town", "keep them in the cellar of the old house by the river for ten years",
		"read them aloud to anybody who happens to come by in the evening"
	tests := []struct {
		name, old, now string
		want           bool
	}{
		{"another lead-in", "We may:\n\n- " + item + "\n- " + long + "\n\nWe never:\n\n- " + other + "\n", "We may:\n\n- " + long + "\n\nWe never:\n\n- " + other + "\n- " + item + "\n", true},
		{"another heading", "## What we do\n\nWe " + item + ".\n\nWe " + long + ".\n\n## What we stopped\n\nWe " + other + ".", "## What we do\n\nWe " + long + ".\n\n## What we stopped\n\nWe " + other + ".\n\nWe " + item + ".", true},
		{"the same list", "We may:\n\n- " + item + "\n- " + long + "\n- " + other + "\n", "We may:\n\n- " + long + "\n- " + other + "\n- " + item + "\n", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := redline.Compare(parse(t, test.old), parse(t, test.now))
			p := r.Places()
			moves := 0
			for _, c := range r.Changes() {
				if c.Kind != redline.Moved {
					continue
				}
				if moves++; p.MeansOtherwise(c) != test.want {
					t.Errorf("from %+v to %+v", p[c.Old], p[c.New])
				}
			}
			if moves != 1 {
				t.Errorf("%d moves: %s", moves, told(r))
			}
		})
	}
}
