package materiality_test

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

func exampleRedline() *redline.Redline {
	before, _ := policy.Parse("before.md", []byte("# Cookies\n\n## How long\n\nWe keep cookies for 30 days.\n"))
	after, _ := policy.Parse("after.md", []byte("# Cookies\n\n## How long\n\nWe keep cookies for 90 days.\n"))
	return redline.Compare(before, after)
}

// An assessment says how much a change matters, and why.
func ExampleAssess() {
	a := materiality.Assess(exampleRedline())
	fmt.Println(a.Severity, a.Categories)
	for _, r := range a.Reasons {
		fmt.Printf("%s, by %s: %s\n", r.Clause, r.Rule, r.Why)
	}
	// Output:
	// major [transfer-retention]
	// How long, by retention-period: How long data is kept changed: from "for 30 days" to "for 90 days".
}

// The zero Book holds the rules as they ship; NewBook changes them.
func ExampleBook() {
	var book materiality.Book
	fmt.Println(book.Assess(exampleRedline()).Severity)

	minor := policy.Minor
	own, err := materiality.NewBook([]materiality.RuleChange{{ID: "retention-period", Severity: &minor}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(own.Assess(exampleRedline()).Severity)
	// Output:
	// major
	// minor
}
