package redline_test

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Two texts are compared clause by clause and word by word.
func ExampleCompare() {
	before, _ := policy.Parse("before.md", []byte("# Cookies\n\n## How long\n\nWe keep cookies for 30 days.\n"))
	after, _ := policy.Parse("after.md", []byte("# Cookies\n\n## How long\n\nWe keep cookies for 90 days.\n\nYou can delete them.\n"))
	r := redline.Compare(before, after)
	fmt.Println(r.Stat())
	for _, change := range r.Changes() {
		was, now := change.Texts()
		fmt.Printf("%s in %q: %q, %q\n", change.Kind, change.Clause.Title, was, now)
	}
	// Output:
	// 2 changes in 1 clause: 2 insertions, 1 deletion
	// edited in "How long": "We keep cookies for 30 days.", "We keep cookies for 90 days."
	// added in "How long": "", "You can delete them."
}
