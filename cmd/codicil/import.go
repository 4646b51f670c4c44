package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/repair"
)

func (a *app) importCommand() *cobra.Command {
	var output, branch string
	var history bool
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Turn a messy text, HTML or Word into Markdown with clauses",
		Long: "Import writes a text as Markdown with front matter, numbered headings and clauses with ids. It\n" +
			"keeps every word and reports each repair; what is doubtful it leaves to you. Word files are read\n" +
			"by pandoc, which must be installed.\n\n" +
			"With --history, FILE is a folder of the texts of one policy, each with its day in its name:\n" +
			"they become the versions of that policy, as commits on a branch of their own.",
		Example: "  codicil import privacy-policy.txt\n  codicil import terms.docx -o content/terms.md\n" +
			"  codicil import --history old/cookies",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if history {
				return a.importHistory(cmd.Context(), args[0], output, branch)
			}
			return a.importText(cmd.Context(), args[0], output)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `FILE` instead of ID.md beside the configuration")
	cmd.Flags().BoolVar(&history, "history", false, "make versions of a folder of dated texts")
	cmd.Flags().StringVar(&branch, "branch", "", "with --history: commit to the new `BRANCH` (default import/ID)")
	return cmd
}

func (a *app) importText(ctx context.Context, file, output string) error {
	cfg, err := loadConfig(a.config)
	if err != nil {
		return err
	}
	if output == "" {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		output = filepath.Join(cfg.dir, strings.ToLower(strings.ReplaceAll(name, " ", "-"))+".md")
	}
	if _, err := os.Stat(output); err == nil {
		return hinted(fmt.Errorf("%s exists already", output), "name another file with -o; import never writes over a text")
	}
	markdown, repairs, err := convert(ctx, file, idOf(output))
	if err != nil {
		return err
	}
	if err := writeFile(output, markdown); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, mendedJSON{output, append([]repair.Repair{}, repairs...)})
	}
	a.printRepairs(file, output, repairs)
	return nil
}

// mendedJSON is a file that was written, with what was repaired in it.
type mendedJSON struct {
	File    string          `json:"file"`
	Repairs []repair.Repair `json:"repairs"`
}

// convert reads a text by what its name says it is, for the policy with that id.
func convert(ctx context.Context, file, id string) ([]byte, []repair.Repair, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".docx", ".odt", ".rtf":
		return convertWord(ctx, file, id)
	}
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, fmt.Errorf("read the text: %w", err)
	}
	switch strings.ToLower(filepath.Ext(file)) {
	case ".html", ".htm":
		return repair.HTML(file, id, src)
	}
	return repair.Text(file, id, src)
}

// convertWord lets pandoc read a Word file.
func convertWord(ctx context.Context, file, id string) ([]byte, []repair.Repair, error) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		return nil, nil, hinted(fmt.Errorf("%s is a Word file, and pandoc is not installed to read it", file),
			"install pandoc (pandoc.org), or save the file as HTML or plain text")
	}
	cmd := exec.CommandContext(ctx, pandoc, "--to=gfm", "--wrap=none", "--track-changes=accept", "--", file)
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
		fmt.Fprintf(a.stdout, "%s:%d: %s: %s [%s]\n", file, r.Line, kind, r.Message, r.Rule)
		if !r.Open() {
			fmt.Fprintf(a.stdout, "  %q → %q\n", r.Before, r.After)
		}
	}
	a.say("wrote %s: %s, %s left to you", output, plural(len(repairs)-open, "repair", "repairs"), plural(open, "doubt", "doubts"))
}
