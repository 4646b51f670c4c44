//go:build unix

package counsel

import (
	"bytes"
	"os"
	"regexp"
	"testing"

	"github.com/codicil/codicil/policy/redline"
	readword "github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/render/docx"
)

// A redline of a text of real size goes to counsel, who accepts some edits, rejects
// others, remarks and saves: the very edits that were accepted come back, and
// nothing else. With CODICIL_LONG for twelve kinds of texts, else for two.
func TestWhatCounselDecidesComesBack(t *testing.T) {
	kinds := shapes()
	if os.Getenv("CODICIL_LONG") == "" {
		kinds = []shape{kinds[2], kinds[8]}
	}
	texts := make(map[string]*invented)
	files := make(map[string][]byte)
	for i, k := range kinds {
		v := k.invent(uint64(i))
		texts[k.name] = v
		var b bytes.Buffer
		if err := docx.Write(&b, redline.Compare(parsed(t, v.text), parsed(t, v.proposed())), docx.Options{Author: "Editor", Anchors: true}); err != nil {
			t.Fatal(err)
		}
		files[k.name] = b.Bytes()
	}
	for name, data := range asCounsel(t, files) {
		t.Run(name, func(t *testing.T) {
			v := texts[name]
			read, err := readword.Read(name+".docx", data, readword.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if read.Tracked > 0 {
				t.Errorf("%d changes were left undecided", read.Tracked)
			}
			r, err := Return(name+".md", []byte(v.text), read)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d words, %d edits proposed, %d changes came back", len(bytes.Fields([]byte(v.text))), len(v.edits), r.Report.Changes)
			for _, l := range r.Report.Left {
				t.Errorf("left in %s: %q → %q", l.Clause, l.Before, l.After)
			}
			if got := madeIDs.ReplaceAllString(string(r.Markdown), ""); got != v.agreed() {
				t.Errorf("the text differs from what was agreed:\n%s", firstDifference(got, v.agreed()))
			}
		})
	}
}

// madeIDs are those that a clause without one is given to keep when its words change.
var madeIDs = regexp.MustCompile(` \{#(?:heron|egret)[^}]*\}`)

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	from := max(0, i-80)
	return "got  " + got[from:min(len(got), i+160)] + "\nwant " + want[from:min(len(want), i+160)]
}
