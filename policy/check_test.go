package policy_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

func TestCheckFindsWhatReadersStumbleOver(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"nothing", "## 1. A\n\n1.1 x\n\n1.2 y\n\n## 2. B\n\n[a](#a) [out](other.md#x)", nil},
		{"a gap", "## 1. A\n\n## 3. B", []string{"3 number-gap"}},
		{"a repeated number", "## 1. A\n\n## 1. B\n\n## 2. C", []string{"3 number-repeated"}},
		{"a gap below", "## 1. A\n\n1.1 x\n\n1.3 y", []string{"5 number-gap"}},
		{"lists may start over", "1. a\n2. b\n\ntext\n\n1. c\n", nil},
		{"letters are not counted", "## A. a\n\n## C. c", nil},
		{"an id given twice", "## A {#x}\n\n## B {#x}", []string{"3 repeated-id"}},
		{"a dead anchor", "## A\n\n[x](#nowhere)", []string{"3 dead-anchor"}},
		{"an anchor that other tools make", "## 1. A\n\n[x](#1-a)", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, d := range policy.Check(parse(t, test.src)) {
				got = append(got, fmt.Sprintf("%d %s", d.Line, d.Rule))
				if d.File != "test.md" || d.Hint == "" || d.Message == "" {
					t.Errorf("%+v", d)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
