package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/config"
	"github.com/go-git/go-git/v5/plumbing"
)

// Repository is a git repository opened for reading. Its methods may be used
// by several goroutines at once.
type Repository struct {
	place
	boundary map[plumbing.Hash]bool // of a shallow clone: the commits whose parents are not here
	partial  bool                   // objects may have been left out on purpose
	pool     pool
}

// Open finds the repository that the folder dir lies in: a work tree, a linked
// one, or a bare repository. What cannot be read faithfully is refused with a
// *policy.Diagnostic: the sha256 object format, the reftable format, extensions unknown.
func Open(dir string) (*Repository, error) {
	p, err := discover(dir)
	if err != nil {
		return nil, err
	}
	r := &Repository{place: p}
	r.pool.place = p
	if err := r.pool.with(r.readConfig); err != nil {
		return nil, err
	}
	if r.boundary, err = readShallow(filepath.Join(p.common, "shallow")); err != nil {
		return nil, err
	}
	return r, nil
}

// Close lets go of the files that reading keeps open.
func (r *Repository) Close() error { return r.pool.close() }

// Root returns the folder of the work tree, without symbolic links; it is
// empty for a bare repository.
func (r *Repository) Root() string { return r.root }

// Prefix returns the slash path from Root to the folder that was opened: the
// usual Options.Base. It is empty at the root itself.
func (r *Repository) Prefix() string { return r.prefix }

// readConfig refuses the formats that we cannot read and notes a partial clone.
func (r *Repository) readConfig(s *store) error {
	cfg, err := s.main.Config()
	if err != nil {
		return fmt.Errorf("read %s: %w", filepath.Join(r.common, "config"), err)
	}
	for _, option := range cfg.Raw.Section("extensions").Options {
		if err := checkExtension(strings.ToLower(option.Key), strings.ToLower(option.Value)); err != nil {
			return err
		}
		r.partial = r.partial || strings.EqualFold(option.Key, "partialclone")
	}
	r.partial = r.partial || hasPromisor(cfg)
	return nil
}

// checkExtension knows the extensions of git's repository-format document.
func checkExtension(name, value string) error {
	switch name {
	case "noop", "noop-v1", "partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees":
		return nil
	case "objectformat":
		if value == "sha1" {
			return nil
		}
		return &policy.Diagnostic{
			Level:   policy.Error,
			Message: fmt.Sprintf("the repository uses the object format %s, which is not supported", value),
			Hint:    "publish from a repository with sha1 objects; one is made with: git init --object-format=sha1",
		}
	case "refstorage":
		if value == "files" {
			return nil
		}
		return &policy.Diagnostic{
			Level:   policy.Error,
			Message: fmt.Sprintf("the repository keeps its refs as %s, which is not supported", value),
			Hint:    "change it with: git refs migrate --ref-format=files",
		}
	}
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("the repository uses the git extension %q, which is not supported", name),
		Hint:    "clone it afresh without that extension",
	}
}

func hasPromisor(cfg *config.Config) bool {
	for _, remote := range cfg.Raw.Section("remote").Subsections {
		if strings.EqualFold(remote.Option("promisor"), "true") {
			return true
		}
	}
	return false
}

// readShallow reads the commits at which a shallow clone ends.
func readShallow(file string) (map[plumbing.Hash]bool, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open repository: %w", err)
	}
	boundary := make(map[plumbing.Hash]bool)
	for _, id := range strings.Fields(string(text)) {
		boundary[plumbing.NewHash(id)] = true
	}
	return boundary, nil
}
