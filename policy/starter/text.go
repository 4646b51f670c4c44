package starter

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
)

// facts fill in the text of a new policy.
type facts struct{ ID, Title, Day string }

// policyID is what a policy may be called: its id is part of addresses and of
// references such as privacy@2.0.
var policyID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// CheckID reports an id that no policy can have.
func CheckID(id string) error {
	if !policyID.MatchString(id) {
		return fmt.Errorf("%q cannot be an id: use small letters, digits and hyphens, such as cookie-policy", id)
	}
	return nil
}

// Text writes ID.md into a folder, a draft with a few clauses to replace, and
// returns its path. Without a title it makes one of the id. The draft says day as
// the day on which it takes effect.
func Text(dir, id, title string, day policy.Date) (string, error) {
	file := filepath.Join(dir, id+".md")
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return "", policy.Hinted(fmt.Errorf("%s exists already", file), "choose another id, or edit the text that is there")
	}
	if err := worktree.CheckTarget(worktree.Root("."), file); err != nil {
		return "", err
	}
	if title == "" {
		title = titleFrom(id)
	}
	_, err := File{"policy.md", file, 0o644, ""}.write("", &facts{ID: id, Title: policy.QuoteYAML(title), Day: day.String()})
	return file, err
}

// titleFrom makes a title of an id: cookie-policy becomes Cookie policy.
func titleFrom(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
