package repair

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestFootnotesAreWrittenAsTheyAreRead(t *testing.T) {
	text := "# Terms\n\nWe are liable.[^1] *Always*[^b] [here](#note-9)\n\n- an item[^1]\n\n[^1]: Up to **10** EUR.\n\n[^b]: One.\n\n    Two.\n\n    - and three\n"
	doc, err := policy.Parse("t.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	written := string(Document(doc))
	if again, _ := policy.Parse("t.md", []byte(written)); !same(doc.Blocks, again.Blocks) {
		t.Errorf("written as:\n%s", written)
	}
	for _, want := range []string{"liable.[^1] *Always*[^b] [here](#note-9)", "[^1]: Up to **10** EUR.", "[^b]: One.", "    - and three"} {
		if !strings.Contains(written, want) {
			t.Errorf("no %q in:\n%s", want, written)
		}
	}
}
