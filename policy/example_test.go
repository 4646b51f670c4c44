package policy_test

import (
	"fmt"

	"github.com/codicil/codicil/policy"
)

// A text is taken apart into clauses; what is wrong with it has a place and a
// hint.
func ExampleParse() {
	doc, err := policy.Parse("privacy.md", []byte(`---
title: Privacy policy
version: "2.0"
effective_date: 2027-02-01
---

## 1. What we collect

We collect your email address.

### 1.1 When you call us

We keep notes of calls for 30 days.
`))
	if err != nil {
		fmt.Println(err, policy.Hint(err))
		return
	}
	fmt.Printf("%s, version %s, from %s\n", doc.Front.Title, doc.Front.Version, doc.Front.EffectiveDate)
	for _, c := range doc.Clauses {
		fmt.Printf("%s %s (#%s, line %d)\n", c.Number, c.Title, c.ID, c.Line)
		for _, below := range c.Children {
			fmt.Printf("  %s %s (#%s)\n", below.Number, below.Title, below.ID)
		}
	}
	// Output:
	// Privacy policy, version 2.0, from 2027-02-01
	// 1 What we collect (#what-we-collect, line 7)
	//   1.1 When you call us (#when-you-call-us)
}
