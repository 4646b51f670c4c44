package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/policy/repair/intake"
	"github.com/codicil/codicil/policy/worktree"
)

// importHistory makes the versions of a policy out of a folder of dated texts,
// in order, each a commit on a new branch. The work tree stays as it is.
func (a *app) importHistory(ctx context.Context, dir, output, branch string) error {
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	texts, err := intake.Folder(dir)
	if err != nil {
		return err
	}
	id := intake.IDFrom(filepath.Base(filepath.Clean(dir)))
	if output == "" {
		output = filepath.Join(cfg.Dir, id+".md")
	} else {
		id = intake.ID(output)
	}
	if branch == "" {
		branch = "import/" + id
	}
	for i := range texts {
		t := &texts[i]
		read, err := a.convert(ctx, t.File, id, docx.Accept)
		if err != nil {
			return err
		}
		t.Take(read, id)
	}
	if err := a.commitHistory(ctx, texts, output, branch); err != nil {
		return err
	}
	return a.printHistory(texts, output, branch)
}

// commitHistory writes the commits with git's own importer: all of them, or
// none. A text is written on its day and committed now, as it was.
func (a *app) commitHistory(ctx context.Context, texts []intake.Dated, output, branch string) error {
	repo, err := history.Open(".")
	if err != nil {
		return err
	}
	defer repo.Close()
	folder, err := worktree.Relative(repo.Root(), filepath.Dir(output))
	if err != nil {
		return err
	}
	target := path.Join(folder, filepath.Base(output))
	if _, err := os.Stat(output); !errors.Is(err, fs.ErrNotExist) {
		return hinted(fmt.Errorf("%s exists already", output), "name another file with -o; import never writes over a text")
	}
	if _, err := worktree.Git(ctx, ".", nil, "check-ref-format", "--branch", branch); err != nil {
		return usagef("--branch: %q cannot be the name of a branch", branch)
	}
	if _, err := worktree.Git(ctx, ".", nil, "rev-parse", "--verify", "--quiet", "refs/heads/"+branch); err == nil {
		return hinted(fmt.Errorf("there is a branch %s already", branch), "name another with --branch, or remove it with git branch -D "+branch)
	}
	who, err := worktree.Git(ctx, ".", nil, "var", "GIT_COMMITTER_IDENT")
	if err != nil {
		return err
	}
	head, _ := worktree.Git(ctx, ".", nil, "rev-parse", "--verify", "--quiet", "HEAD") // none on an unborn branch
	_, err = worktree.Git(ctx, ".", intake.Commits(texts, target, branch, head, who), "fast-import", "--quiet", "--done")
	return err
}

// printHistory reports each version with its repairs.
func (a *app) printHistory(texts []intake.Dated, output, branch string) error {
	if a.json {
		versions := make([]map[string]any, 0, len(texts))
		for _, t := range texts {
			versions = append(versions, map[string]any{"label": t.Day.String(), "from": t.File, "repairs": append([]repair.Repair{}, t.Repairs...)})
		}
		return printJSON(a.stdout, map[string]any{"file": output, "branch": branch, "versions": versions})
	}
	for _, t := range texts {
		open := repair.WriteDoubts(a.stdout, t.File, t.Repairs)
		fmt.Fprintf(a.stdout, "%s: version %s, %s, %s left to you\n", t.File, t.Day, policy.Plural(len(t.Repairs)-open, "repair", "repairs"), policy.Plural(open, "doubt", "doubts"))
	}
	a.say("%s on branch %s: look at them with `git log -p %s`, then merge it", policy.Plural(len(texts), "version", "versions"), branch, branch)
	return nil
}
