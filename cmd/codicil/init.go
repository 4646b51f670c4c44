package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/worktree"
)

func (a *app) initCommand() *cobra.Command {
	var ci, publish string
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Set up a folder of policies: configuration, first text, CI, hook",
		Long: "Init writes a configuration, a first policy, a .gitignore, a workflow for CI and a hook that\n" +
			"checks each commit. What stands there already is never touched, so it may be run again. Where\n" +
			"there is no git repository yet, it makes one and commits the first text. That is a draft, which\n" +
			"nobody sees until you take `draft: true` out.",
		Example: "  codicil init\n  codicil init legal --ci gitlab\n  codicil init legal --publish s3",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return a.initFolder(cmd.Context(), dir, ci, publish)
		},
	}
	cmd.Flags().StringVar(&ci, "ci", "github", "write the workflow for `CI`: github, gitlab, shell or none")
	cmd.Flags().StringVar(&publish, "publish", "pages", "with github, publish the site `WHERE`: pages, netlify, s3 or none")
	return cmd
}

// initialised is what init says in JSON.
type initialised struct {
	Dir        string   `json:"dir"`
	Repository bool     `json:"repository"` // made now
	Written    []string `json:"written"`    // below Dir
	Kept       []string `json:"kept"`       // stood there already

	below string // where Dir lies below the root of the repository, slash-separated; empty at the root
}

// belowRoot returns where a folder lies below the root of its repository.
func belowRoot(dir string) (string, error) {
	root := worktree.Root(dir)
	full, err := filepath.Abs(dir)
	if err != nil || root == "" {
		return "", err
	}
	if full, err = filepath.EvalSymlinks(full); err != nil {
		return "", fmt.Errorf("find the folder: %w", err)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return "", fmt.Errorf("find the root of the repository: %w", err)
	}
	below, err := filepath.Rel(root, full)
	if err != nil || below == "." {
		return "", err
	}
	return filepath.ToSlash(below), nil
}

func (a *app) initFolder(ctx context.Context, dir, ci, publish string) error {
	list, err := workflows(ci, publish)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	done := initialised{Dir: dir, Written: []string{}, Kept: []string{}}
	if !inRepository(dir) {
		if _, err := runGit(ctx, dir, nil, "init", "--quiet", "--initial-branch=main"); err != nil {
			return err
		}
		done.Repository = true
	}
	if done.below, err = belowRoot(dir); err != nil {
		return err
	}
	if err := done.write(a, list); err != nil {
		return err
	}
	if done.Repository {
		if err := commitAll(ctx, dir, "Begin our privacy policy"); err != nil {
			return err
		}
	}
	return a.printInitialised(done)
}

// workflows returns the files that make a CI service check and publish.
func workflows(ci, publish string) ([]starter, error) {
	folder := filepath.Join(".github", "workflows")
	switch ci {
	case "github":
	case "gitlab":
		return []starter{{"gitlab.yml", ".gitlab-ci.yml", 0o644, ""}}, nil
	case "shell":
		return []starter{{"ci.sh", "ci.sh", 0o755, ""}}, nil
	case "none":
		return nil, nil
	default:
		return nil, usagef("--ci: %q is not github, gitlab, shell or none", ci)
	}
	list := []starter{
		{"github.yml", filepath.Join(folder, "policies.yml"), 0o644, ""},
		{"github-comment.yml", filepath.Join(folder, "policies-comment.yml"), 0o644, ""},
	}
	switch publish {
	case "pages", "netlify", "s3":
		return append(list, starter{"publish-" + publish + ".yml", filepath.Join(folder, "publish.yml"), 0o644, ""}), nil
	case "none":
		return list, nil
	}
	return nil, usagef("--publish: %q is not pages, netlify, s3 or none", publish)
}

// write puts the files in their places.
func (i *initialised) write(a *app, workflows []starter) error {
	if err := i.writePolicies(a); err != nil {
		return err
	}
	list := []starter{{"gitignore", ".gitignore", 0o644, ""}}
	for _, s := range workflows {
		if i.below != "" { // a service reads workflows at the root of a repository alone
			s.target = filepath.Join(strings.Repeat(".."+string(filepath.Separator), strings.Count(i.below, "/")+1), s.target)
			s.below = i.below
		}
		list = append(list, s)
	}
	if info, err := os.Stat(filepath.Join(i.Dir, ".git", "hooks")); err == nil && info.IsDir() {
		list = append(list, starter{"pre-commit", filepath.Join(".git", "hooks", "pre-commit"), 0o755, ""})
	}
	for _, s := range list {
		if err := i.put(s, nil); err != nil {
			return err
		}
	}
	return nil
}

// writePolicies puts configuration and first text into the folder content. A
// folder that has a configuration has its texts too.
func (i *initialised) writePolicies(a *app) error {
	for _, name := range []string{config.Name, filepath.Join("content", config.Name)} {
		if _, err := os.Stat(filepath.Join(i.Dir, name)); err == nil {
			i.Kept = append(i.Kept, name)
			return nil
		}
	}
	if err := i.put(starter{"codicil.yaml", filepath.Join("content", config.Name), 0o644, ""}, nil); err != nil {
		return err
	}
	facts := policyFacts{ID: "privacy", Title: "Privacy policy", Day: a.today().String()}
	return i.put(starter{"policy.md", filepath.Join("content", "privacy.md"), 0o644, ""}, facts)
}

// put writes one file below the folder, and notes what became of it.
func (i *initialised) put(s starter, facts any) error {
	name := s.target
	s.target = filepath.Join(i.Dir, name)
	written, err := s.write(facts)
	switch {
	case err != nil:
		return err
	case written:
		i.Written = append(i.Written, name)
	default:
		i.Kept = append(i.Kept, name)
	}
	return nil
}

// inRepository reports whether the folder lies in a git repository.
func inRepository(dir string) bool {
	full, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	for {
		if _, err := os.Lstat(filepath.Join(full, ".git")); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
		parent := filepath.Dir(full)
		if parent == full {
			return false
		}
		full = parent
	}
}

// commitAll commits everything in a folder whose repository was just made. The
// hook is left out: there is nothing yet to hold the texts against.
func commitAll(ctx context.Context, dir, message string) error {
	if _, err := runGit(ctx, dir, nil, "add", "--all"); err != nil {
		return err
	}
	_, err := runGit(ctx, dir, nil, "commit", "--quiet", "--no-verify", "--message", message)
	return err
}

func (a *app) printInitialised(done initialised) error {
	if a.json {
		return printJSON(a.stdout, done)
	}
	for _, name := range done.Written {
		fmt.Fprintf(a.stdout, "wrote %s\n", filepath.Join(done.Dir, name))
	}
	for _, name := range done.Kept {
		fmt.Fprintf(a.stdout, "kept %s, which was there\n", filepath.Join(done.Dir, name))
	}
	if done.Repository {
		a.say("made a git repository and committed a draft: `codicil -C %s check` says what is left to fill in", done.Dir)
	}
	return nil
}
