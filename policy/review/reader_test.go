package review_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/review"
)

// texts are the bytes of versions, by their labels.
type texts map[string]string

func (t texts) Text(v *policy.Version) ([]byte, error) { return []byte(t[v.Label]), nil }

// TestAReaderOfManyVersionsSaysWhatOneComparisonSays, in whatever order it is asked.
func TestAReaderOfManyVersionsSaysWhatOneComparisonSays(t *testing.T) {
	src, p := texts{}, &policy.Policy{ID: "pets"}
	for i := range 8 {
		label := fmt.Sprint(i + 1)
		src[label] = fmt.Sprintf("# Pets\n\n## 1. Food\n\nWe feed your dog %d times a day.\n\n## 2. Walks\n\nWe %s walk it.\n", 1+i/2, []string{"may", "must", "will never"}[i%3])
		p.Versions = append([]*policy.Version{{Label: label, Path: "pets.md", Published: time.Unix(int64(i)*86400, 0)}}, p.Versions...)
	}
	reader := review.NewReader(src, comparison.Comparer{})
	for _, i := range []int{0, 1, 2, 6, 7, 3, 3, 5} {
		v := p.Versions[i]
		want, err := review.Compare(src, comparison.Comparer{}, p, v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := reader.Compare(p, v)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Assessment, want.Assessment) || !reflect.DeepEqual(got.Redline.Changes(), want.Redline.Changes()) {
			t.Errorf("%s: the reader says %+v, one comparison %+v", p.Ref(v), got.Assessment, want.Assessment)
		}
	}
}
