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
// parents, then come the author and the committer. Lines of these names that
// are anywhere else say nothing. (parse_commit_buffer in git's commit.c.)
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
		c.committed = parseStamp(line)
		if line, _, found := headerLine(after, "committer"); found {
			c.published = parseStamp(line)
			c.web = bytes.Contains(line, []byte("<noreply@github.com>"))
		}
	}
	_, message, _ := bytes.Cut(raw, []byte("\n\n"))
	subject, _, _ := bytes.Cut(bytes.TrimLeft(message, "\n"), []byte("\n"))
	c.subject = string(subject)
	return &c, nil
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
	fields := bytes.Fields(line[bytes.LastIndexByte(line, '>')+1:])
	if len(fields) == 0 {
		return stamp{}
	}
	seconds, err := strconv.ParseInt(string(leadingDigits(fields[0])), 10, 64)
	if err != nil || seconds > latestSecond {
		return stamp{}
	}
	if len(fields) < 2 {
		return stamp{Seconds: seconds}
	}
	zone, err := strconv.Atoi(string(fields[1]))
	if err != nil || zone < -1400 || zone > 1400 {
		zone = 0
	}
	return stamp{Seconds: seconds, Offset: (zone/100*60 + zone%100) * 60}
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
