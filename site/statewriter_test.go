package site

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
)

// The states of policies are read as they were written, whichever comes first; with
// other types than they were written with, none is.
func TestStatesAreReadByTheTypesTheyWereWrittenWith(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), stateName))
	if err != nil {
		t.Fatal(err)
	}
	w, err := newStateWriter(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]*policyState{
		"a": {ID: "a", Words: "word 1\n", Versions: []*versionState{{Title: "A"}}, Keys: make([]byte, keysSize)},
		"b": {ID: "b", Links: []link{{File: "b.md", Link: "a.md", To: "a/"}}},
	}
	rests := map[string]*policyRest{
		"a": {Judged: []judgement{{Severity: policy.Major, Clauses: []string{"1"}}}},
		"b": {Anchors: []string{"x", "y"}},
	}
	written := &state{file: file, parts: make(map[string]part), types: w.types}
	other := &state{file: file, parts: written.parts, types: bytes.Replace(w.types, []byte("Words"), []byte("Other"), 1)}
	for _, id := range []string{"a", "b"} {
		at, err := w.take(want[id], rests[id])
		if err != nil {
			t.Fatal(err)
		}
		r := bufio.NewReader(io.NewSectionReader(file, at.at, at.size))
		if _, err := readSized(r); err != nil {
			t.Fatal(err)
		}
		first, err := binary.ReadUvarint(r)
		if err != nil {
			t.Fatal(err)
		}
		size, err := binary.ReadUvarint(r)
		if err != nil {
			t.Fatal(err)
		}
		written.parts[id] = part{at.at + at.size - int64(size), int64(size), int64(first)}
	}
	for _, id := range []string{"b", "a", "b"} {
		if diff := cmp.Diff(want[id], written.of(id)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", id, diff)
		}
		rest, err := written.rest(want[id])
		if diff := cmp.Diff(rests[id], rest); err != nil || diff != "" {
			t.Errorf("%s: %v, the rest: (-want +got)\n%s", id, err, diff)
		}
		if p := other.of(id); p != nil && p.Words != "" {
			t.Errorf("%s was read by other types: %+v", id, p)
		}
	}
	none := &state{file: file, parts: written.parts}
	if p := none.of("a"); p != nil {
		t.Errorf("a state was read without types: %+v", p)
	}
}
