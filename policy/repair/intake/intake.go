// Package intake reads a text in whatever form it comes, as Markdown with
// clauses: plain text, HTML, Word, and what pandoc can read. It chooses the
// reader by what the file is, and makes the versions of a policy out of a folder
// of dated texts. It writes nothing: what is made of a text is for its caller.
package intake

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
)

// Text is a text that was read.
type Text struct {
	Markdown []byte
	Repairs  []repair.Repair
	Comments []docx.Comment // of reviewers, which are not published
}

// Options say how a text is read.
type Options struct {
	Changes docx.Changes                             // what becomes of tracked changes; empty to ask
	Ask     func(*docx.Result) (docx.Changes, error) // asks that of the user; nil where nobody can be asked
}

// maxHTML bounds the bytes of a page: some hold their pictures in themselves.
const maxHTML = 16 << 20

// Read reads a text by what it is, for the policy with that id. A Word file that
// is longer than a text that can be published is read all the same, for its author
// to divide; other texts are refused then.
func Read(ctx context.Context, file, id string, src []byte, o Options) (*Text, error) {
	t, err := read(ctx, file, id, src, o)
	if err != nil {
		return nil, err
	}
	if long := policy.TooLong(file, int64(len(t.Markdown))); long != nil {
		t.Repairs = append(t.Repairs, repair.Repair{Rule: long.Rule, Message: long.Message + ": " + long.Hint})
	}
	return t, nil
}

func read(ctx context.Context, file, id string, src []byte, o Options) (*Text, error) {
	var t Text
	var err error
	switch ending := strings.ToLower(filepath.Ext(file)); {
	case slices.Contains([]string{".odt", ".rtf"}, ending) && !isWord(src):
		t.Markdown, t.Repairs, err = byPandoc(ctx, file, id)
	case slices.Contains([]string{".docx", ".docm", ".dotx", ".doc", ".pdf"}, ending) || bytes.HasPrefix(src, []byte("PK\x03\x04")):
		return readWord(file, id, src, o)
	case slices.Contains([]string{".html", ".htm"}, ending):
		if len(src) > maxHTML {
			return nil, policy.Hinted(fmt.Errorf("%s has %d bytes: no more than %d are read of a page", file, len(src), maxHTML), "save the page without its pictures")
		}
		t.Markdown, t.Repairs, err = repair.HTML(file, id, src)
	default:
		if long := policy.TooLong(file, int64(len(src))); long != nil {
			return nil, long
		}
		t.Markdown, t.Repairs, err = repair.Text(file, id, src)
	}
	return &t, err
}

// isWord reports whether a file is a package that is not of OpenDocument, which
// says in its first entry what it is.
func isWord(src []byte) bool {
	return bytes.HasPrefix(src, []byte("PK\x03\x04")) && !bytes.Contains(src[:min(len(src), 200)], []byte("opendocument"))
}

// readWord reads a Word file, and asks what becomes of tracked changes where
// nobody has said it and somebody can be asked.
func readWord(file, id string, src []byte, o Options) (*Text, error) {
	read, err := docx.Read(file, src, docx.Options{Changes: o.Changes})
	if err != nil {
		return nil, err
	}
	if read.Tracked > 0 && o.Changes == "" && o.Ask != nil {
		if o.Changes, err = o.Ask(read); err != nil {
			return nil, err
		}
		if read, err = docx.Read(file, src, docx.Options{Changes: o.Changes}); err != nil {
			return nil, err
		}
	}
	t := &Text{Comments: read.Comments}
	t.Markdown, t.Repairs = repair.Assemble(file, id, read.Title, read.Document)
	for _, n := range read.Notes {
		t.Repairs = append(t.Repairs, repair.Repair{Rule: n.Rule, Message: n.Message, Before: n.Was, After: n.Now})
	}
	if read.Tracked > 0 {
		t.Repairs = append(t.Repairs, tracked(read, o.Changes))
	}
	return t, nil
}

// Tracked says which tracked changes a file has: "2 tracked changes by A, B".
func Tracked(read *docx.Result) string {
	by := cmp.Or(strings.Join(read.Authors, ", "), "nobody named")
	if read.Tracked == 1 {
		return "1 tracked change by " + by
	}
	return fmt.Sprintf("%d tracked changes by %s", read.Tracked, by)
}

// tracked says what became of tracked changes.
func tracked(read *docx.Result, changes docx.Changes) repair.Repair {
	what := Tracked(read)
	r := repair.Repair{Rule: "tracked-changes", Before: what}
	switch changes {
	case docx.Reject:
		r.Message, r.After = "tracked changes were rejected: the text is as it was before them", "rejected"
	case docx.Keep:
		r.Message, r.After = "tracked changes were kept as {--was--} and {++now++}: settle each before you publish", what
	default:
		r.Message, r.After = "tracked changes were accepted: the text is as proposed; --changes reject takes the one before", "accepted"
	}
	return r
}

// KeepComments takes in that the comments of reviewers are kept in a file, and
// returns what the file says; nothing where there are none.
func (t *Text) KeepComments(file string) []byte {
	if len(t.Comments) == 0 {
		return nil
	}
	what := fmt.Sprintf("%d comments", len(t.Comments))
	if len(t.Comments) == 1 {
		what = "1 comment"
	}
	t.Repairs = append(t.Repairs, repair.Repair{Rule: "comments", Message: "comments of reviewers are kept in " + file + ", and not published", Before: what, After: file})
	return docx.CommentsText(t.Comments)
}

// byPandoc lets pandoc read what only it can, within bounds of time and
// memory.
func byPandoc(ctx context.Context, file, id string) ([]byte, []repair.Repair, error) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		return nil, nil, policy.Hinted(fmt.Errorf("%s needs pandoc to be read, which is not installed", file),
			"save the file as .docx, or install pandoc (pandoc.org)")
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, pandoc, "+RTS", "-M512M", "-RTS", "--to=gfm", "--wrap=none", "--track-changes=accept", "--sandbox", "--", file)
	out, err := cmd.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			return nil, nil, policy.Hinted(fmt.Errorf("pandoc cannot read %s: %s", file, strings.TrimSpace(string(failed.Stderr))),
				"open the file in LibreOffice or Word, save it as .docx, and import that")
		}
		return nil, nil, fmt.Errorf("run pandoc: %w", err)
	}
	return repair.Text(file, id, out)
}
