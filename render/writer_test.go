package render_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/codicil/codicil/render"
)

// narrow takes nothing.
type narrow struct{}

func (narrow) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no room")

func TestAnythingCanBeWrittenToAndItsFaultIsTold(t *testing.T) {
	r := compare(t, "We keep it for 30 days.\n", "We keep it for 90 days.\n")
	var whole bytes.Buffer
	if err := render.RedlineHTML(&whole, r, render.RedlineOptions{}); err != nil || whole.Len() == 0 {
		t.Errorf("into a buffer: %d bytes, %v", whole.Len(), err)
	}
	var piece struct{ bytes.Buffer } // no *bytes.Buffer, but a Writer
	if err := render.RedlineHTML(&piece, r, render.RedlineOptions{}); err != nil || piece.String() != whole.String() {
		t.Errorf("into another writer: %v\n%s", err, &piece)
	}
	if err := render.RedlineJSON(narrow{}, r); !errors.Is(err, errFull) {
		t.Errorf("a writer that fails: %v", err)
	}
}
