package site

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/transparency"
)

// proved reads the proof of a version, and checks it as a stranger would: with
// nothing but the files of the site.
func proved(t *testing.T, files map[string]string, dir string) proofData {
	t.Helper()
	var p proofData
	if err := json.Unmarshal([]byte(files["log/proof/"+dir+".json"]), &p); err != nil {
		t.Fatalf("the proof of %s: %v", dir, err)
	}
	checkpoint, err := transparency.ParseCheckpoint([]byte(files["log/checkpoint"]), transparency.Keys{})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Included {
		return p
	}
	path := p.Path
	if p.Above != "" {
		var rest aboveData
		at := p.Above[strings.Index(p.Above, "log/"):]
		if err := json.Unmarshal([]byte(files[at]), &rest); err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		path = append(path, rest.Path...)
	}
	if err := transparency.CheckInclusion(path, p.Entry, p.Index, checkpoint.Size, checkpoint.Root); err != nil {
		t.Errorf("the proof of %s: %v", dir, err)
	}
	return p
}

func TestEveryVersionIsProvedToBeInTheLog(t *testing.T) {
	s := library(t)
	o := options(t)
	o.BaseURL = "https://example.com/legal"
	files := allFiles(t, s.build(o))
	versions := len(integrity.PinsOf(s.policies))
	entries := strings.Split(strings.TrimSpace(files["log/codicil.sum"]), "\n")
	if len(entries) != versions {
		t.Errorf("%d entries, want %d", len(entries), versions)
	}
	found := 0
	for name := range files {
		if dir, ok := strings.CutPrefix(name, "log/proof/"); ok {
			p := proved(t, files, strings.TrimSuffix(dir, ".json"))
			if !p.Included || entries[p.Index] != p.Entry || p.Log != "example.com/legal/log" {
				t.Errorf("%s: %+v", name, p)
			}
			found++
		}
	}
	if found != versions {
		t.Errorf("%d proofs of %d versions", found, versions)
	}
	page := document(t, files, "privacy/1.0/index.html")
	if n := all(page, `a[href="../../log/proof/privacy/1.0.json"]`); len(n) != 1 {
		t.Error("the page of a version does not lead to its proof")
	}
	if words := shownWords(document(t, files, "log/index.html"), "main"); !strings.Contains(words, "Nobody has signed this checkpoint") {
		t.Errorf("a checkpoint that nobody signed is not called so: %s", words)
	}
	if data := files[fmt.Sprintf("log/tile/0/000.p/%d", versions)]; len(data) != 32*versions {
		t.Errorf("the tile has %d bytes, want %d", len(data), 32*versions)
	}
}

// aLog is a signed log in which the versions of a shelf are far apart.
func aLog(t *testing.T, s *shelf, size, signed int) *integrity.Log {
	t.Helper()
	return aLogOf(t, s, "example.com/log", "other", size, signed)
}

// aLogOf is such a log of a name, whose other entries are of a policy.
func aLogOf(t *testing.T, s *shelf, name, other string, size, signed int) *integrity.Log {
	t.Helper()
	entries := make([]string, size)
	for i := range entries {
		entries[i] = fmt.Sprintf("%s@%d sha256 day commit", other, i)
	}
	for _, pin := range integrity.PinsOf(s.policies) {
		switch pin.Ref {
		case "privacy@1.0":
			entries[3] = pin.String()
		case "privacy@1.1":
			entries[300] = pin.String()
		}
	}
	tree, err := transparency.New(entries)
	if err != nil {
		t.Fatal(err)
	}
	secret, public, err := transparency.NewKey(strings.NewReader(strings.Repeat("k", 64)), name)
	if err != nil {
		t.Fatal(err)
	}
	key, err := transparency.ParseKey(public)
	if err != nil {
		t.Fatal(err)
	}
	c, err := transparency.NewCheckpoint(name, tree, int64(signed))
	if err != nil {
		t.Fatal(err)
	}
	note, err := c.Sign(secret)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = transparency.ParseCheckpoint(note, transparency.Keys{Log: key}); err != nil {
		t.Fatal(err)
	}
	return &integrity.Log{Tree: tree, Checkpoint: c}
}

func TestALargeLogGrowsWithoutNewProofsOfOldVersions(t *testing.T) {
	s := library(t)
	o := options(t)
	o.Log = aLog(t, s, 320, 310)
	const first, second = "privacy/1.0", "privacy/1.1"
	dir := s.build(o)
	before := allFiles(t, dir)
	if p := proved(t, before, first); !p.Included || p.Above == "" || p.Index != 3 {
		t.Errorf("the version in a full tile: %+v", p)
	}
	if p := proved(t, before, second); !p.Included || p.Above != "" || p.Size != 310 {
		t.Errorf("the version in a tile that is not full: %+v", p)
	}
	if proved(t, before, "privacy/2.0").Included {
		t.Error("privacy@2.0 is proved, and is not in the log")
	}
	if words := shownWords(document(t, before, "log/index.html"), "main"); !strings.Contains(words, "Signed with the key of the log") {
		t.Errorf("a signed checkpoint is not called so: %s", words)
	}

	o.Log = aLog(t, s, 320, 320)
	if _, err := Build(t.Context(), dir, s.policies, s.texts, o); err != nil {
		t.Fatal(err)
	}
	after := allFiles(t, dir)
	if proof := "log/proof/" + first + ".json"; before[proof] != after[proof] {
		t.Errorf("the proof of a version in a full tile was written anew:\n%s", cmp.Diff(before[proof], after[proof]))
	}
	proved(t, after, first)
	proved(t, after, second)
	sameAsAtOnce(t, s, o, after)
}

// sameAsAtOnce compares a site that was brought up to date with one built at once.
func sameAsAtOnce(t *testing.T, s *shelf, o Options, after map[string]string) {
	t.Helper()
	cold := allFiles(t, s.build(o))
	for name := range after {
		if !strings.HasPrefix(name, ".") && after[name] != cold[name] {
			t.Errorf("%s: brought up to date it is another file than built at once", name)
		}
	}
	if len(after) != len(cold) {
		t.Errorf("%d files brought up to date, %d built at once", len(after), len(cold))
	}
}

// Proofs in a full tile stay while nothing that they tell changes, and not longer.
func TestProofsInAFullTileFollowAllThatTheyTell(t *testing.T) {
	tests := map[string]func(s *shelf, o *Options){
		"nothing":               func(*shelf, *Options) {},
		"the address":           func(_ *shelf, o *Options) { o.BaseURL = "https://example.com/legal" },
		"the name of the log":   func(s *shelf, o *Options) { o.Log = aLogOf(t, s, "example.org/log", "other", 320, 320) },
		"an entry of the tile":  func(s *shelf, o *Options) { o.Log = aLogOf(t, s, "example.com/log", "another", 320, 320) },
		"a version of the tile": func(s *shelf, _ *Options) { s.policies = s.policies[1:] },
		"the day":               func(_ *shelf, o *Options) { o.On = day(t, "2027-02-01") },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			s, o := library(t), options(t)
			o.Withdrawn = []string{"/"}
			o.Log = aLog(t, s, 320, 320)
			all, first := s.policies, o
			dir := s.build(o)
			change(s, &o)
			s.rebuild(dir, o)
			sameAsAtOnce(t, s, o, allFiles(t, dir))
			s.policies = all
			s.rebuild(dir, first)
			sameAsAtOnce(t, s, first, allFiles(t, dir))
		})
	}
}
