package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/policy/repair/intake"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render/terminal"
)

func (a *app) importCommand() *cobra.Command {
	var output, branch, changes, onto string
	var history, write bool
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Turn a messy text, HTML or Word into Markdown with clauses",
		Long: "Import writes a text as Markdown with front matter, numbered headings and clauses with ids. It\n" +
			"keeps every word and reports each repair; what is doubtful it leaves to you. Of Word it reads the\n" +
			"numbers as Word shows them, and reports what it leaves out: hidden text, pictures, headers. Comments\n" +
			"of reviewers go into a file beside the text, which is not published.\n\n" +
			"With --onto ID, FILE is a Word file that `codicil export word` made and that came back edited: its\n" +
			"edits are shown as a redline and brought into a copy of the text, which keeps its ids, links and\n" +
			"untouched lines; --write writes the text itself. Comments go into a list beside it.\n\n" +
			"With --history, FILE is a folder of the texts of one policy, each with its day in its name:\n" +
			"they become the versions of that policy, as commits on a branch of their own.",
		Example: "  codicil import privacy-policy.txt\n  codicil import terms.docx -o content/terms.md\n" +
			"  codicil import --onto privacy@2.0 counsel.docx\n  codicil import --history old/cookies",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !oneOf(changes, "", string(docx.Accept), string(docx.Reject), string(docx.Keep)) {
				return usagef("--changes: %q is not accept, reject or keep", changes)
			}
			if onto != "" {
				return a.importOnto(cmd.Context(), onto, args[0], docx.Changes(changes), write)
			}
			if write {
				return usagef("--write belongs to --onto")
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
	cmd.Flags().StringVar(&onto, "onto", "", "bring the edits of a Word file back into the policy `ID`")
	cmd.Flags().BoolVar(&write, "write", false, "with --onto: write the text itself, not a copy beside it")
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
	t, err := a.convert(ctx, file, intake.ID(output), changes)
	if err != nil {
		return err
	}
	if err := worktree.Write(output, t.Markdown); err != nil {
		return err
	}
	if err := writeComments(output, t); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, importedJSON{mendedJSON{output, append([]repair.Repair{}, t.Repairs...)}, append([]docx.Comment{}, t.Comments...)})
	}
	a.printRepairs(file, output, t.Repairs)
	return nil
}

// importedJSON is the JSON of import.
type importedJSON struct {
	mendedJSON
	Comments []docx.Comment `json:"comments"`
}

// mendedJSON is a file that was written, with what was repaired in it.
type mendedJSON struct {
	File    string          `json:"file"`
	Repairs []repair.Repair `json:"repairs"`
}

// maxImport bounds a file that is imported, in bytes.
const maxImport = 256 << 20

// convert reads a text, for the policy with that id.
func (a *app) convert(ctx context.Context, file, id string, changes docx.Changes) (*intake.Text, error) {
	src, err := worktree.ReadNamed(worktree.Root("."), file, maxImport)
	if err != nil {
		return nil, fmt.Errorf("read the text: %w", err)
	}
	o := intake.Options{Changes: changes}
	if _, asked := terminal.Size(a.stdin); asked {
		o.Ask = a.askChanges
	}
	return intake.Read(ctx, file, id, src, o)
}

// writeComments keeps the remarks of reviewers beside the text, in a file that
// is no policy.
func writeComments(output string, t *intake.Text) error {
	name := strings.TrimSuffix(output, filepath.Ext(output)) + ".comments.txt"
	remarks := t.KeepComments(name)
	if remarks == nil {
		return nil
	}
	return worktree.WriteOnce(name, remarks)
}

// askChanges asks what becomes of tracked changes.
func (a *app) askChanges(read *docx.Result) (docx.Changes, error) {
	fmt.Fprintf(a.stderr, "The file has %s. (a)ccept, (r)eject, (k)eep both? [a] ", intake.Tracked(read))
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

// printRepairs reports each repair, and each doubt that is left to the author.
func (a *app) printRepairs(file, output string, repairs []repair.Repair) {
	open := repair.WriteRepairs(a.stdout, file, repairs)
	verb := "wrote"
	if open == len(repairs) && file == output {
		verb = "left"
	}
	a.say("%s %s: %s, %s left to you", verb, output, policy.Plural(len(repairs)-open, "repair", "repairs"), policy.Plural(open, "doubt", "doubts"))
}
