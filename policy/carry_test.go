package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

// anchors writes the id of every clause with its aliases, in reading order.
func anchors(d *policy.Document) string {
	var list []string
	for _, b := range d.Blocks {
		if b.ID != "" {
			list = append(list, strings.Join(append([]string{b.ID}, b.Aliases...), "="))
		}
	}
	return strings.Join(list, " ")
}

const (
	retention = "We keep log files for thirty days and then delete them for good."
	sharing   = "Partners who ship parcels receive your name and your address, nothing else."
)

func TestClausesKeepTheirIDs(t *testing.T) {
	tests := []struct{ name, before, after, want string }{
		{"a new heading over the same words",
			"## Retention\n\n" + retention + "\n\n## Sharing\n\n" + sharing,
			"## How long we keep data\n\n" + retention + "\n\n## Sharing\n\n" + sharing,
			"retention=how-long-we-keep-data sharing"},
		{"a new heading, and most of the words",
			"## Retention\n\n" + retention, "## Storage\n\n" + strings.Replace(retention, "thirty", "ninety", 1),
			"retention=storage"},
		{"another text under another heading is another clause",
			"## Retention\n\n" + retention, "## Sharing\n\n" + sharing, "sharing"},
		{"renumbering and moving",
			"## 1. Retention\n\n1.1 " + retention + "\n\n## 2. Sharing\n\n2.1 " + sharing,
			"## 1. Sharing\n\n1.1 " + sharing + "\n\n## 2. Retention\n\n2.1 " + retention,
			"sharing=1-sharing=2-sharing partners-who-ship-parcels-receive-your retention=2-retention=1-retention we-keep-log-files-for-thirty"},
		{"an id of the author's own keeps the made one as an alias",
			"## Retention\n\n" + retention, "## Storage {#keep}\n\n" + retention, "keep=retention"},
		{"the author's own id outlives all",
			"## Retention {#keep}\n\n" + retention, "## Sharing {#keep}\n\n" + sharing, "keep"},
		{"paragraphs that begin alike go by what they say",
			"1.1 We may share your data with banks for payment.\n\n1.2 We may share your data with couriers for delivery.",
			"1.1 We may share your data with couriers for delivery.\n\n1.2 We may share your data with banks for payment.",
			"we-may-share-your-data-with-1 we-may-share-your-data-with"},
		{"a clause put before one that begins alike takes nothing from it",
			"1.1 We may share your data with banks for payment.",
			"1.1 We may share your data with nobody at all, ever.\n\n1.2 We may share your data with banks for payment.",
			"we-may-share-your-data-with-1 we-may-share-your-data-with"},
		{"an id that the author took meanwhile stays the author's",
			"## Retention\n\n" + retention, "## Storage\n\n" + retention + "\n\n## New {#retention}\n\n" + sharing,
			"storage retention"},
		{"scripts without spaces",
			"## 保存期間\n\n第三条 ログファイルは三十日間保存されます。", "## 保管について\n\n第四条 ログファイルは九十日間保存されます。",
			"保存期間=保管について ログファイルは三十日間保存されます=ログファイルは九十日間保存されます"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, after := parse(t, test.before), parse(t, test.after)
			policy.CarryIDs(before, after)
			if got := anchors(after); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			for _, b := range after.Blocks {
				if b.ID != "" && b.Clause.ID != b.ID {
					t.Errorf("the block %s begins the clause %s", b.ID, b.Clause.ID)
				}
			}
		})
	}
}

func TestIDsAreCarriedThroughManyVersions(t *testing.T) {
	titles := []string{"Retention", "Storage", "How long we keep data", "Deletion"}
	var before *policy.Document
	for i, title := range titles {
		next := parse(t, fmt.Sprintf("## %d. %s\n\n%s", i+1, title, retention))
		policy.CarryIDs(before, next)
		before = next
	}
	want := "retention=4-deletion=deletion=how-long-we-keep-data=storage=3-how-long-we-keep-data=2-storage=1-retention"
	got := strings.Split(anchors(before), "=")
	wanted := strings.Split(want, "=")
	slices.Sort(got)
	slices.Sort(wanted)
	if !slices.Equal(got, wanted) {
		t.Errorf("got %q, want %q", got, wanted)
	}
	if before.Blocks[0].ID != "retention" {
		t.Errorf("the id is %s", before.Blocks[0].ID)
	}
}

// TestCarriedAnchorsLeadToOneClause: whatever two versions say, no anchor
// leads to two clauses, none that the new text had is lost, and an unchanged
// text keeps every id.
func TestCarriedAnchorsLeadToOneClause(t *testing.T) {
	line := rapid.SampledFrom([]string{
		"## Retention", "## 2. Retention", "## Storage {#keep}", "## Sharing", "# A", "1.1 We may share your data with banks.",
		"1.2 We may share your data with all.", "(a) letters", "1. an item\n2. another item", "**Short.** " + sharing, retention, sharing,
	})
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(line, 0, 8).Draw(t, "lines"), "\n\n") })
	rapid.Check(t, func(t *rapid.T) {
		source := text.Draw(t, "before")
		before, _ := policy.Parse("a.md", []byte(source))
		after, _ := policy.Parse("a.md", []byte(text.Draw(t, "after")))
		var had []string
		for _, b := range after.Blocks {
			had = append(append(had, b.ID), b.Aliases...)
		}
		authors := repeatedByTheAuthor(after)
		policy.CarryIDs(before, after)
		seen := make(map[string]bool)
		for _, b := range after.Blocks {
			for _, anchor := range append([]string{b.ID}, b.Aliases...) {
				if anchor != "" && seen[anchor] && !authors[anchor] {
					t.Fatalf("%q leads to two clauses", anchor)
				}
				seen[anchor] = true
			}
		}
		for _, anchor := range had {
			if !seen[anchor] {
				t.Fatalf("%q is lost", anchor)
			}
		}
		same, _ := policy.Parse("a.md", []byte(source))
		policy.CarryIDs(before, same)
		if anchors(same) != anchors(before) {
			t.Fatalf("%s became %s", anchors(before), anchors(same))
		}
	})
}

// repeatedByTheAuthor lists the ids that an author gave: twice is a fault that
// Check reports, not one of carrying.
func repeatedByTheAuthor(d *policy.Document) map[string]bool {
	ids := make(map[string]bool)
	for _, b := range d.Blocks {
		ids[b.ID] = ids[b.ID] || !b.Made
	}
	return ids
}
