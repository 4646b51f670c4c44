package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/policy/worktree"
)

func (a *app) importCommand() *cobra.Command {
	var output, branch, changes string
	var history bool
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Turn a messy text, HTML or Word into Markdown with clauses",
		Long: "Import writes a text as Markdown with front matter, numbered headings and clauses with ids. It\n" +
			"keeps every word and reports each repair; what is doubtful it leaves to you. Of Word it reads the\n" +
			"numbers as Word shows them, and reports what it leaves out: hidden text, pictures, headers. Comments\n" +
			"of reviewers go into a file beside the text, which is not published.\n\n" +
			"With --history, FILE is a folder of the texts of one policy, each with its day in its name:\n" +
			"they become the versions of that policy, as commits on a branch of their own.",
		Example: "  codicil import privacy-policy.txt\n  codicil import terms.docx -o content/terms.md\n" +
			"  codicil import --history old/cookies",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !oneOf(changes, "", string(docx.Accept), string(docx.Reject), string(docx.Keep)) {
				return usagef("--changes: %q is not accept, reject or keep", changes)
			}
			if history {
				return a.importHistory(cmd.Context(), args[0], output, branch)
			}
			return a.importText(cmd.Context(), args[0], output, docx.Changes(changes))
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `FILE` instead of ID.md beside the configuration")
	cmd.Flags().StringVar(&changes, "changes", "", "what becomes of tracked changes of Word: `accept`, reject or keep")
	cmd.Flags().BoolVar(&history, "history", false, "make versions of a folder of dated texts")
	cmd.Flags().StringVar(&branch, "branch", "", "with --history: commit to the new `BRANCH` (default import/ID)")
	return cmd
}

func (a *app) importText(ctx context.Context, file, output string, changes docx.Changes) error {
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	if output == "" {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		output = filepath.Join(cfg.Dir, strings.ToLower(strings.ReplaceAll(name, " ", "-"))+".md")
	}
	if _, err := os.Stat(output); err == nil {
		return hinted(fmt.Errorf("%s exists already", output), "name another file with -o; import never writes over a text")
	}
	if err := worktree.CheckTarget(worktree.Root("."), output); err != nil {
		return err
	}
	t, err := a.convert(ctx, file, idOf(output), changes)
	if err != nil {
		return err
	}
	if err := worktree.Write(output, t.markdown); err != nil {
		return err
	}
	if err := writeComments(output, t); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, importedJSON{mendedJSON{output, append([]repair.Repair{}, t.repairs...)}, append([]docx.Comment{}, t.comments...)})
	}
	a.printRepairs(file, output, t.repairs)
	return nil
}

// importedJSON is the JSON of import.
type importedJSON struct {
	mendedJSON
	Comments []docx.Comment `json:"comments"`
}

// writeComments keeps the remarks of reviewers beside the text, in a file that
// is no policy, and says so in the report.
func writeComments(output string, t *imported) error {
	if len(t.comments) == 0 {
		return nil
	}
	name := strings.TrimSuffix(output, filepath.Ext(output)) + ".comments.txt"
	if _, err := os.Stat(name); err == nil {
		return hinted(fmt.Errorf("%s exists already", name), "move it away: it holds remarks of an earlier import")
	}
	var b strings.Builder
	for _, c := range t.comments {
		fmt.Fprintf(&b, "%s, at %s, about %q:\n  %s\n\n", orElse(c.Author, "Somebody"), orElse(c.Clause, "an unnumbered paragraph"), c.About, c.Text)
	}
	what := plural(len(t.comments), "comment", "comments")
	t.repairs = append(t.repairs, repair.Repair{Rule: "comments", Message: "comments of reviewers are kept in " + name + ", and not published", Before: what, After: name})
	return worktree.Write(name, []byte(b.String()))
}

// mendedJSON is a file that was written, with what was repaired in it.
type mendedJSON struct {
	File    string          `json:"file"`
	Repairs []repair.Repair `json:"repairs"`
}

// imported is a text that was read from a file.
type imported struct {
	markdown []byte
	repairs  []repair.Repair
	comments []docx.Comment
}

// maxImport bounds a file that is imported, in bytes.
const maxImport = 256 << 20

// convert reads a text by what it is, for the policy with that id.
func (a *app) convert(ctx context.Context, file, id string, changes docx.Changes) (*imported, error) {
	src, err := worktree.ReadNamed(worktree.Root("."), file, maxImport)
	if err != nil {
		return nil, fmt.Errorf("read the text: %w", err)
	}
	var t imported
	switch ending := strings.ToLower(filepath.Ext(file)); {
	case oneOf(ending, ".odt", ".rtf"):
		t.markdown, t.repairs, err = convertByPandoc(ctx, file, id)
	case oneOf(ending, ".docx", ".docm", ".dotx", ".doc", ".pdf") || bytes.HasPrefix(src, []byte("PK\x03\x04")):
		return a.convertWord(file, id, src, changes)
	case oneOf(ending, ".html", ".htm"):
		t.markdown, t.repairs, err = repair.HTML(file, id, src)
	default:
		t.markdown, t.repairs, err = repair.Text(file, id, src)
	}
	return &t, err
}

// convertWord reads a Word file, and asks what becomes of tracked changes where
// nobody has said it and somebody can be asked.
func (a *app) convertWord(file, id string, src []byte, changes docx.Changes) (*imported, error) {
	read, err := docx.Read(file, src, docx.Options{Changes: changes})
	if err != nil {
		return nil, err
	}
	if _, asked := terminal(a.stdin); read.Tracked > 0 && changes == "" && asked {
		if changes, err = a.askChanges(read); err != nil {
			return nil, err
		}
		if read, err = docx.Read(file, src, docx.Options{Changes: changes}); err != nil {
			return nil, err
		}
	}
	t := &imported{comments: read.Comments}
	t.markdown, t.repairs = repair.Assemble(file, id, read.Title, read.Document)
	for _, n := range read.Notes {
		t.repairs = append(t.repairs, repair.Repair{Rule: n.Rule, Message: n.Message, Before: n.Was, After: n.Now})
	}
	if read.Tracked > 0 {
		t.repairs = append(t.repairs, tracked(read, changes))
	}
	return t, nil
}

// askChanges asks what becomes of tracked changes.
func (a *app) askChanges(read *docx.Result) (docx.Changes, error) {
	fmt.Fprintf(a.stderr, "The file has %s, by %s. (a)ccept, (r)eject, (k)eep both? [a] ",
		plural(read.Tracked, "tracked change", "tracked changes"), orElse(strings.Join(read.Authors, ", "), "nobody named"))
	answer, _ := bufio.NewReader(a.stdin).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "", "a", "accept":
		return docx.Accept, nil
	case "r", "reject":
		return docx.Reject, nil
	case "k", "keep":
		return docx.Keep, nil
	}
	return "", errors.New("nothing was imported: answer a, r or k")
}

// tracked says what became of tracked changes.
func tracked(read *docx.Result, changes docx.Changes) repair.Repair {
	what := plural(read.Tracked, "tracked change", "tracked changes") + " by " + orElse(strings.Join(read.Authors, ", "), "nobody named")
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

// convertByPandoc lets pandoc read what only it can, within bounds of time and
// memory.
func convertByPandoc(ctx context.Context, file, id string) ([]byte, []repair.Repair, error) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		return nil, nil, hinted(fmt.Errorf("%s needs pandoc to be read, which is not installed", file),
			"save the file as .docx, or install pandoc (pandoc.org)")
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, pandoc, "+RTS", "-M512M", "-RTS", "--to=gfm", "--wrap=none", "--track-changes=accept", "--sandbox", "--", file)
	out, err := cmd.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			return nil, nil, fmt.Errorf("pandoc cannot read %s: %s", file, strings.TrimSpace(string(failed.Stderr)))
		}
		return nil, nil, fmt.Errorf("run pandoc: %w", err)
	}
	return repair.Text(file, id, out)
}

// printRepairs reports each repair, and each doubt that is left to the author.
func (a *app) printRepairs(file, output string, repairs []repair.Repair) {
	open := 0
	for _, r := range repairs {
		kind := "repaired"
		if r.Open() {
			kind = "for you"
			open++
		}
		fmt.Fprintf(a.stdout, "%s: %s: %s [%s]\n", lineOf(file, r.Line), kind, r.Message, r.Rule)
		if !r.Open() {
			fmt.Fprintf(a.stdout, "  %q → %q\n", r.Before, r.After)
		}
	}
	verb := "wrote"
	if open == len(repairs) && file == output {
		verb = "left"
	}
	a.say("%s %s: %s, %s left to you", verb, output, plural(len(repairs)-open, "repair", "repairs"), plural(open, "doubt", "doubts"))
}

// lineOf names a line of a file; what concerns the whole file, or comes from a
// Word file, has none.
func lineOf(file string, line int) string {
	return (&policy.Diagnostic{File: file, Line: line}).Position()
}
