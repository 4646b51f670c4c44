package history

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// commit is what the walk needs of a git commit.
type commit struct {
	tree      plumbing.Hash
	parents   []plumbing.Hash
	committed stamp // author's time
	published stamp // committer's time
	subject   string
	web       bool // made by the web pages of GitHub, which merge into the branch that they show
}

// stamp is an instant and the clock of the person who set it, as git keeps it.
type stamp struct {
	Seconds int64 `json:"s"` // since 1970 in UTC
	Offset  int   `json:"o"` // seconds east of UTC
}

func (s stamp) time() time.Time {
	return time.Unix(s.Seconds, 0).In(time.FixedZone("", s.Offset))
}

// readCommit reads the head of a raw commit.
func (s *store) readCommit(id plumbing.Hash) (*commit, error) {
	raw, err := s.read(plumbing.CommitObject, id)
	if err != nil {
		return nil, err
	}
	c, err := parseCommit(raw)
	if err != nil {
		return nil, damaged("commit", id, err)
	}
	return c, nil
}

// parseCommit reads a raw commit as git does, so that no two readers see two
// commits in one: its first line names the tree, the lines right after it the
// parents, then come the author and the committer. (parse_commit_buffer in git's
// commit.c.) Where lines of these names are anywhere else, git sorts the commit by
// one of them and shows another: such a commit is refused.
func parseCommit(raw []byte) (*commit, error) {
	var c commit
	id, rest, err := headerID(raw, "tree ")
	if err != nil {
		return nil, err
	}
	c.tree = id
	for bytes.HasPrefix(rest, []byte("parent ")) {
		if id, rest, err = headerID(rest, "parent "); err != nil {
			return nil, err
		}
		c.parents = append(c.parents, id)
	}
	if line, after, found := headerLine(rest, "author"); found {
		c.committed, rest = parseStamp(line), after
		if line, after, found := headerLine(rest, "committer"); found {
			c.published, rest = parseStamp(line), after
			c.web = bytes.Contains(line, []byte("<noreply@github.com>"))
		}
	}
	if err := nothingTwice(rest); err != nil {
		return nil, err
	}
	_, message, _ := bytes.Cut(raw, []byte("\n\n"))
	subject, _, _ := bytes.Cut(bytes.TrimLeft(message, "\n"), []byte("\n"))
	c.subject = string(subject)
	return &c, nil
}

// nothingTwice refuses what is left of the head of a commit where it says once
// more what was read, or says it too late.
func nothingTwice(rest []byte) error {
	for line := range bytes.Lines(rest) {
		if len(line) == 1 { // the head ends
			return nil
		}
		switch key, _, _ := bytes.Cut(line, []byte(" ")); string(key) {
		case "tree", "parent", "author", "committer":
			return fmt.Errorf("its line %q is where git does not look for it, or there are two", string(key)+" …")
		}
	}
	return nil
}

// headerID reads a line that is a key and the id of an object, and returns
// what comes after it.
func headerID(raw []byte, key string) (plumbing.Hash, []byte, error) {
	var id plumbing.Hash
	end := len(key) + hex.EncodedLen(len(id))
	if len(raw) <= end || !bytes.HasPrefix(raw, []byte(key)) || raw[end] != '\n' {
		return id, nil, fmt.Errorf("it has no line %q where git looks for it", key+"…")
	}
	if _, err := hex.Decode(id[:], raw[len(key):end]); err != nil {
		return id, nil, fmt.Errorf("its line %q names no object", key+"…")
	}
	return id, raw[end+1:], nil
}

// headerLine returns the first line of raw, if it begins with key and ends.
func headerLine(raw []byte, key string) (line, after []byte, found bool) {
	if !bytes.HasPrefix(raw, []byte(key)) {
		return nil, nil, false
	}
	return bytes.Cut(raw, []byte("\n"))
}

// parseStamp reads the end of "Name <address> 1136239445 +0100". What is not
// a time reads as 1970, as git has it.
func parseStamp(line []byte) stamp {
	when := bytes.TrimLeft(line[bytes.LastIndexByte(line, '>')+1:], " \t\r\v\f")
	digits := leadingDigits(when)
	seconds, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil || seconds > latestSecond {
		return stamp{}
	}
	return stamp{Seconds: seconds, Offset: parseZone(bytes.TrimLeft(when[len(digits):], " \t\r"))}
}

// parseZone reads "+0100", whatever is behind its digits, as the seconds that a
// clock is ahead. One that no clock on earth has counts as UTC.
func parseZone(text []byte) int {
	if len(text) == 0 || text[0] != '+' && text[0] != '-' {
		return 0
	}
	zone, err := strconv.Atoi(string(text[:1+len(leadingDigits(text[1:]))]))
	if err != nil || zone < -1400 || zone > 1400 {
		return 0
	}
	return (zone/100*60 + zone%100) * 60
}

// latestSecond is the end of the year 9999: later years cannot be written as
// RFC 3339 has it.
const latestSecond = 253402300799

func leadingDigits(text []byte) []byte {
	for i, c := range text {
		if c < '0' || c > '9' {
			return text[:i]
		}
	}
	return text
}

// parseTag returns the object that a raw tag names, as git reads it.
// (parse_tag_buffer in git's tag.c.)
func parseTag(raw []byte) (plumbing.Hash, plumbing.ObjectType, error) {
	id, rest, err := headerID(raw, "object ")
	if err != nil {
		return id, plumbing.InvalidObject, err
	}
	line, rest, found := headerLine(rest, "type ")
	if !found {
		return id, plumbing.InvalidObject, fmt.Errorf("it does not say of what type the object is")
	}
	kind, err := plumbing.ParseObjectType(string(line[len("type "):]))
	if err != nil || kind > plumbing.TagObject {
		return id, plumbing.InvalidObject, fmt.Errorf("it names an object of a type that git does not know")
	}
	if _, _, found := headerLine(rest, "tag "); !found {
		return id, plumbing.InvalidObject, fmt.Errorf("it has no name")
	}
	return id, kind, nil
}
