package starter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/worktree"
)

// Workflows returns the files that make a CI service (github, gitlab, shell,
// none) check the texts and, on GitHub, publish the site (pages, netlify, s3,
// none). With expand, one on GitHub commits to pull requests what shared sources
// make of policies.
func Workflows(ci, publish string, expand bool) ([]File, error) {
	folder := filepath.Join(".github", "workflows")
	if expand && ci != "github" {
		return nil, errors.New("--expand writes a workflow for GitHub: run `codicil expand` yourself elsewhere")
	}
	switch ci {
	case "github":
	case "gitlab":
		return []File{{"gitlab.yml", ".gitlab-ci.yml", 0o644, ""}}, nil
	case "shell":
		return []File{{"ci.sh", "ci.sh", 0o755, ""}}, nil
	case "none":
		return nil, nil
	default:
		return nil, fmt.Errorf("--ci: %q is not github, gitlab, shell or none", ci)
	}
	list := []File{
		{"github.yml", filepath.Join(folder, "policies.yml"), 0o644, ""},
		{"github-comment.yml", filepath.Join(folder, "policies-comment.yml"), 0o644, ""},
	}
	if expand {
		list = append(list, File{"github-expand.yml", filepath.Join(folder, "policies-expand.yml"), 0o644, ""})
	}
	switch publish {
	case "pages", "netlify", "s3":
		return append(list, File{"publish-" + publish + ".yml", filepath.Join(folder, "publish.yml"), 0o644, ""}), nil
	case "none":
		return list, nil
	}
	return nil, fmt.Errorf("--publish: %q is not pages, netlify, s3 or none", publish)
}

// Folder is a folder of policies that is set up.
type Folder struct {
	Dir        string   `json:"dir"`
	Repository bool     `json:"repository"` // its git repository was made now
	Written    []string `json:"written"`    // files below Dir
	Kept       []string `json:"kept"`       // files that were there already

	below string // where Dir lies below the root of the repository, slash-separated; empty at the root
	plan  Plan
}

// Plan says how a folder is set up.
type Plan struct {
	Workflows []File
	Day       policy.Date // on which the first text takes effect
	Release   string      // of this program, which CI installs
	Git       Git
}

// Git runs git in a folder with what it reads from standard input, and returns
// what it prints.
type Git func(ctx context.Context, dir string, stdin io.Reader, args ...string) (string, error)

// SetUp makes a folder ready. Where it lies in no git repository, it makes one
// and commits the first text.
func SetUp(ctx context.Context, dir string, p Plan) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	f := &Folder{Dir: dir, Written: []string{}, Kept: []string{}, plan: p}
	if !inRepository(dir) {
		if _, err := p.Git(ctx, dir, nil, "init", "--quiet", "--initial-branch=main"); err != nil {
			return nil, err
		}
		f.Repository = true
	}
	var err error
	if f.below, err = belowRoot(dir); err != nil {
		return nil, err
	}
	if err := f.write(); err != nil || !f.Repository {
		return f, err
	}
	return f, f.commit(ctx, "Begin our privacy policy")
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

// write puts the files in their places.
func (f *Folder) write() error {
	if err := f.writePolicies(); err != nil {
		return err
	}
	list := []File{{"gitignore", ".gitignore", 0o644, ""}}
	for _, w := range f.plan.Workflows {
		if f.below != "" { // a service reads workflows at the root of a repository alone
			w.target = filepath.Join(strings.Repeat(".."+string(filepath.Separator), strings.Count(f.below, "/")+1), w.target)
			w.below = f.below
		}
		list = append(list, w)
	}
	if info, err := os.Stat(filepath.Join(f.Dir, ".git", "hooks")); err == nil && info.IsDir() {
		list = append(list, File{hook, filepath.Join(".git", "hooks", hook), 0o755, ""})
	}
	for _, file := range list {
		if err := f.put(file, nil); err != nil {
			return err
		}
	}
	return nil
}

// writePolicies puts configuration and first text into the folder content. A
// folder that has a configuration has its texts too.
func (f *Folder) writePolicies() error {
	for _, name := range []string{config.Name, filepath.Join("content", config.Name)} {
		if _, err := os.Stat(filepath.Join(f.Dir, name)); err == nil {
			f.Kept = append(f.Kept, name)
			return nil
		}
	}
	if f.hasTexts() {
		return f.put(File{"codicil.yaml", config.Name, 0o644, ""}, nil)
	}
	if err := f.put(File{"codicil.yaml", filepath.Join("content", config.Name), 0o644, ""}, nil); err != nil {
		return err
	}
	first := &facts{ID: "privacy", Title: "Privacy policy", Day: f.plan.Day.String()}
	return f.put(File{"policy.md", filepath.Join("content", "privacy.md"), 0o644, ""}, first)
}

// legalText is the name of a text that is a policy and not one about its project.
var legalText = regexp.MustCompile(`(?i)^(?:.*[-_])?(?:privacy|terms|tos|cookies?|dpa|eula|imprint|impressum|policy|policies|agreement|datenschutz|agb)(?:[-_.].*)?\.md$`)

// hasTexts reports whether the folder itself holds policies already: then their
// configuration belongs beside them.
func (f *Folder) hasTexts() bool {
	entries, err := os.ReadDir(f.Dir)
	return err == nil && f.below != "" && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return e.Type().IsRegular() && legalText.MatchString(e.Name())
	})
}

// put writes one file below the folder, and notes what became of it.
func (f *Folder) put(file File, facts *facts) error {
	name := file.target
	file.target = filepath.Join(f.Dir, name)
	written, err := file.write(f.plan.Release, facts)
	switch {
	case err != nil:
		return err
	case written:
		f.Written = append(f.Written, name)
	default:
		f.Kept = append(f.Kept, name)
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

// commit commits everything in a folder whose repository was just made. The hook
// is left out: there is nothing yet to hold the texts against.
func (f *Folder) commit(ctx context.Context, message string) error {
	if _, err := f.plan.Git(ctx, f.Dir, nil, "add", "--all"); err != nil {
		return err
	}
	_, err := f.plan.Git(ctx, f.Dir, nil, "commit", "--quiet", "--no-verify", "--message", message)
	return err
}
