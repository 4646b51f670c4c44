package history

import (
	"bytes"
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
	var c commit
	for line := range bytes.Lines(raw) {
		key, value, found := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
		if !found {
			break // the empty line before the message
		}
		switch string(key) {
		case "tree":
			c.tree = plumbing.NewHash(string(value))
		case "parent":
			c.parents = append(c.parents, plumbing.NewHash(string(value)))
		case "author":
			c.committed = parseStamp(value)
		case "committer":
			c.published = parseStamp(value)
		}
	}
	if c.tree.IsZero() {
		return nil, fmt.Errorf("commit %s names no tree", id)
	}
	return &c, nil
}

// parseStamp reads the end of "Name <address> 1136239445 +0100". What is not
// a time reads as 1970, as git has it.
func parseStamp(line []byte) stamp {
	fields := bytes.Fields(line[bytes.LastIndexByte(line, '>')+1:])
	if len(fields) < 2 {
		return stamp{}
	}
	seconds, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil {
		return stamp{}
	}
	zone, err := strconv.Atoi(string(fields[1]))
	if err != nil || zone < -1400 || zone > 1400 {
		zone = 0
	}
	return stamp{Seconds: seconds, Offset: (zone/100*60 + zone%100) * 60}
}
