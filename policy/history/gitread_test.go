package history

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"crypto/sha1"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
)

// These tests hold our reading of git objects against that of the git program:
// of thousands of commits, trees and tags that were cut, doubled and exchanged
// line by line, each that we read says to us what it says to git.

// mutants is how many altered objects of a kind are tried.
func mutants() int {
	if os.Getenv("CODICIL_LONG") != "" {
		return 10_000
	}
	return 500
}

// writeObject writes a loose object as it is, well-formed or not.
func writeObject(t *testing.T, dir, kind string, content []byte) plumbing.Hash {
	t.Helper()
	raw := append(fmt.Appendf(nil, "%s %d\x00", kind, len(content)), content...)
	id := plumbing.Hash(sha1.Sum(raw))
	name := id.String()
	file := filepath.Join(dir, ".git", "objects", name[:2], name[2:])
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return id
}

// askGit returns what git finds under each name, in the order asked: an id, or
// nothing. Over some damaged trees git ends, and is begun anew with the next
// name.
func askGit(t *testing.T, dir string, names []string) []string {
	t.Helper()
	var found []string
	for len(found) < len(names) {
		c := exec.Command("git", "-C", dir, "cat-file", "--batch-check")
		c.Stdin = strings.NewReader(strings.Join(names[len(found):], "\n") + "\n")
		out, err := c.Output()
		for line := range strings.Lines(string(out)) {
			id, _, _ := strings.Cut(line, " ")
			if strings.HasSuffix(line, " missing\n") {
				id = ""
			}
			found = append(found, id)
		}
		if err != nil {
			found = append(found, "")
		}
	}
	if len(found) != len(names) {
		t.Fatalf("git answered %d of %d questions", len(found), len(names))
	}
	return found
}

// aRepoOfObjects has two trees (ids 0 and 1), and three commits.
func aRepoOfObjects(t *testing.T) (*repo, *mutator) {
	r := newRepo(t)
	m := &mutator{Rand: rand.New(rand.NewPCG(3, 4))}
	for i := range 3 {
		r.commit(fmt.Sprintf("2024-01-0%d", i+1), "a.md", words(fmt.Sprint(i), 9), "sub/b.md", words("b", 9))
	}
	for _, name := range []string{"HEAD^{tree}", "HEAD~1^{tree}", "HEAD", "HEAD~1", "HEAD~2"} {
		m.ids = append(m.ids, plumbing.NewHash(r.git("rev-parse", name)))
	}
	return r, m
}

func TestACommitSaysToUsWhatItSaysToGit(t *testing.T) {
	t.Parallel()
	r, m := aRepoOfObjects(t)
	var ids []plumbing.Hash
	var questions []string
	raws := make(map[string][]byte)
	for range mutants() {
		raw := m.lines(m.commit())
		id := writeObject(t, r.dir, "commit", raw)
		ids, raws[id.String()] = append(ids, id), raw
		questions = append(questions, id.String()+"^{tree}", id.String()+"^1", id.String()+"^2", id.String()+"^3")
	}
	answers := askGit(t, r.dir, questions)
	s, err := newStore(mustDiscover(t, r.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	read, times, shown := make(map[string]*commit), 0, 0
	var readable []string
	for i, id := range ids {
		git := answers[4*i : 4*i+4]
		c, err := s.readCommit(id)
		if err != nil {
			if git[0] != "" && !saysTwice(raws[id.String()]) {
				t.Fatalf("git reads this commit, and we do not: %v\n%s", err, raws[id.String()])
			}
			continue
		}
		ours := make([]string, 4)
		ours[0] = existing(s, c.tree, plumbing.TreeObject)
		for n, parent := range c.parents[:min(3, len(c.parents))] {
			ours[n+1] = existing(s, parent, plumbing.AnyObject)
		}
		if ours[0] != "" && !equal(ours, git) {
			t.Fatalf("git reads %v, we read %v of\n%s", git, ours, raws[id.String()])
		}
		if git[0] != "" && read[id.String()] == nil {
			read[id.String()] = c
			readable = append(readable, id.String())
		}
	}
	for id, stamps := range commitStamps(t, r.dir, readable) {
		ours := []stamp{read[id].committed, read[id].published}
		for i, git := range stamps {
			if git != nil && *git != ours[i] {
				t.Fatalf("git log shows %v, we read %v of\n%s", *git, ours[i], raws[id])
			}
		}
		if stamps[0] != nil && stamps[1] != nil {
			shown++
		}
	}
	for id, seconds := range commitTimes(t, r.dir, readable) {
		raw := raws[id]
		if c := read[id]; c.published.Seconds != seconds && !strangeTime(raw, seconds) {
			t.Fatalf("git dates this commit to %d, we to %d:\n%s", seconds, c.published.Seconds, raw)
		}
		times++
	}
	t.Logf("%d commits, of which %d are read as git sorts them, and %d as it shows both their dates", len(ids), times, shown)
	if times < len(ids)/6 || shown < len(ids)/6 {
		t.Errorf("git read only %d of %d commits, and showed %d", times, len(ids), shown)
	}
}

// saysTwice tells of a commit by which git sorts in one way and shows another: it
// has a line once more, or where git does not look for it. Such a one is refused.
func saysTwice(raw []byte) bool {
	head, _, _ := bytes.Cut(raw, []byte("\n\n"))
	var order []string
	for line := range strings.Lines(string(head)) {
		key, _, _ := strings.Cut(line, " ")
		if slices.Contains([]string{"tree", "parent", "author", "committer"}, key) && (key != "parent" || len(order) == 0 || order[len(order)-1] != key) {
			order = append(order, key)
		}
	}
	return !slices.Contains([]string{"tree parent author committer", "tree author committer"}, strings.Join(order, " ")) ||
		!regexp.MustCompile(`^(?:(?:tree|parent) .*\n)+author .*\ncommitter `).Match(head)
}

// commitStamps asks git which dates of author and committer it shows of each
// commit: nil for what is none, or for a time or a clock that none of us has.
func commitStamps(t *testing.T, dir string, ids []string) map[string][2]*stamp {
	t.Helper()
	c := exec.Command("git", "-C", dir, "log", "--no-walk=unsorted", "--stdin", "--date=raw", "--format=%H,%ad,%cd")
	c.Stdin = strings.NewReader(strings.Join(ids, "\n") + "\n")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string][2]*stamp)
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), ",")
		found[fields[0]] = [2]*stamp{rawStamp(fields[1]), rawStamp(fields[2])}
	}
	return found
}

func rawStamp(shown string) *stamp {
	seconds, zone, _ := strings.Cut(shown, " ")
	s, err := strconv.ParseInt(seconds, 10, 64)
	z, bad := strconv.Atoi(zone)
	if err != nil || bad != nil || s > latestSecond || z < -1400 || z > 1400 {
		return nil
	}
	return &stamp{Seconds: s, Offset: (z/100*60 + z%100) * 60}
}

// existing returns the id of an object that is there, and of the kind.
func existing(s *store, id plumbing.Hash, kind plumbing.ObjectType) string {
	if _, err := s.find(kind, id); err != nil {
		return ""
	}
	return id.String()
}

func equal(a, b []string) bool { return strings.Join(a, ",") == strings.Join(b, ",") }

// commitTimes asks git by which time it sorts each commit.
func commitTimes(t *testing.T, dir string, ids []string) map[string]int64 {
	t.Helper()
	c := exec.Command("git", "-C", dir, "rev-list", "--no-walk=unsorted", "--timestamp", "--stdin")
	c.Stdin = strings.NewReader(strings.Join(ids, "\n") + "\n")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	times := make(map[string]int64)
	for line := range strings.Lines(string(out)) {
		when, id, _ := strings.Cut(strings.TrimSpace(line), " ")
		seconds, err := strconv.ParseInt(when, 10, 64)
		if err != nil {
			seconds = -1
		}
		times[id] = seconds
	}
	return times
}

// strangeTime tells of what versions of git read in several ways: a second ">"
// in a line, a line that ends before its time, and times that no calendar has.
func strangeTime(raw []byte, seconds int64) bool {
	for line := range bytes.Lines(raw) {
		if bytes.HasPrefix(line, []byte("committer")) && (bytes.Count(line, []byte(">")) != 1 || bytes.HasSuffix(bytes.TrimSpace(line), []byte(">"))) {
			return true
		}
	}
	return seconds < 0 || seconds > latestSecond
}

func TestATreeShowsUsNothingThatItHidesFromGit(t *testing.T) {
	t.Parallel()
	r, m := aRepoOfObjects(t)
	text := plumbing.NewHash(r.git("rev-parse", "HEAD:a.md"))
	other := plumbing.NewHash(r.git("rev-parse", "HEAD~1:a.md"))
	names := []string{"a", "a-b", "a.md", "b", "b.md", "c"}
	var trees []plumbing.Hash
	var questions []string
	for range mutants() {
		id := writeObject(t, r.dir, "tree", m.tree(names, text, other))
		trees = append(trees, id)
		for _, name := range names {
			questions = append(questions, id.String()+":"+name, id.String()+":"+name+"/b.md")
		}
	}
	answers := askGit(t, r.dir, questions)
	s, err := newStore(mustDiscover(t, r.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	found, hidden := 0, 0
	for i, question := range questions {
		id := trees[i/(2*len(names))]
		_, path, _ := strings.Cut(question, ":")
		e, err := s.lookUp(id, path)
		switch {
		case err != nil:
			continue // what is damaged is refused as a whole, of which git may read a part
		case e != nil && e.id.String() == answers[i]:
			found++
		case e != nil && existing(s, e.id, plumbing.AnyObject) != "":
			raw, _ := s.read(plumbing.TreeObject, id)
			t.Fatalf("git finds %q as %s, we find %s in\n%q", answers[i], path, e.id, raw)
		case e == nil && answers[i] != "":
			raw, _ := s.read(plumbing.TreeObject, id)
			if plain, _ := inOrder(raw); len(plain) == len(raw) {
				t.Fatalf("git finds %s as %s, we find nothing in\n%q", answers[i], path, raw)
			}
			hidden++
		}
	}
	if found < len(trees)/2 || hidden > len(questions)/10 {
		t.Errorf("of %d questions %d were answered like git, and %d not at all", len(questions), found, hidden)
	}
}

func TestATagLeadsUsWhereItLeadsGit(t *testing.T) {
	t.Parallel()
	r, m := aRepoOfObjects(t)
	m.ids = append(m.ids, plumbing.NewHash(r.git("rev-parse", "HEAD:a.md")))
	var tags []plumbing.Hash
	var questions []string
	for range mutants() {
		n := min(m.IntN(10), len(m.ids)-1)
		target, kind := m.ids[n], []string{"tree", "tree", "commit", "commit", "commit", "blob"}[min(n, 5)]
		if n > 5 {
			kind = "tag"
		}
		if m.IntN(8) == 0 { // which may be called what it is not, as no other tag names it
			target = writeObject(t, r.dir, "commit", append(m.commit(), fmt.Sprint(m.Uint64())...))
			kind = []string{"commit", "tree", "blob", "tag"}[m.IntN(4)]
		}
		raw := fmt.Appendf(nil, "object %s\ntype %s\ntag v1\ntagger T <t@example.com> 1700000000 +0000\n\nobject of words\n", target, kind)
		if m.IntN(3) > 0 {
			raw = m.lines(raw)
		}
		id := writeObject(t, r.dir, "tag", raw)
		m.ids = append(m.ids[:min(len(m.ids), 9)], id)
		tags, questions = append(tags, id), append(questions, id.String()+"^{commit}")
	}
	s, err := newStore(mustDiscover(t, r.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	led := 0
	for i, git := range askGit(t, r.dir, questions) {
		ours := ""
		if id, err := s.peel(tags[i]); err == nil {
			ours = id.String()
			led++
		}
		if ours != git {
			raw, _ := s.read(plumbing.TagObject, tags[i])
			t.Fatalf("git reads %q, we read %q of\n%s", cmp.Or(git, "nothing"), cmp.Or(ours, "nothing"), raw)
		}
	}
	if led < len(tags)/10 {
		t.Errorf("only %d of %d tags lead to a commit", led, len(tags))
	}
}
