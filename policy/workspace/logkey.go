package workspace

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/transparency"
	"github.com/codicil/codicil/policy/worktree"
)

// LogKey returns the secret key that signs the log, which the environment gives
// itself (CODICIL_LOG_KEY) or as the name of a file (CODICIL_LOG_KEY_FILE); empty
// where it gives none.
func (w *Workspace) LogKey(getenv func(string) string) (string, error) {
	if key := getenv("CODICIL_LOG_KEY"); key != "" {
		return key, nil
	}
	name := getenv("CODICIL_LOG_KEY_FILE")
	if name == "" {
		return "", nil
	}
	src, err := worktree.ReadNamed(w.Repo.Root(), name, worktree.MaxConfig)
	if err != nil {
		return "", fmt.Errorf("CODICIL_LOG_KEY_FILE: %w", err)
	}
	return string(src), nil
}

// NewLogKey makes the key of the log of a site, writes the secret one to a file
// and returns the public one. The file never lies in a work tree: what is
// committed once cannot be taken back.
func NewLogKey(cfg *config.Config, name string) (public string, err error) {
	origin := LogName(cfg.BaseURL)
	if origin == "" {
		return "", policy.Hinted(errors.New("a log is named after the address of its site, which is not configured"), "set `base_url` in the configuration")
	}
	if below, err := worktree.Below(worktree.Root("."), name); err != nil || below {
		return "", errors.Join(err, policy.Hinted(fmt.Errorf("%s lies in the work tree", name), "keep the key out of git: name a file elsewhere"))
	}
	if _, err := os.Lstat(name); err == nil {
		return "", policy.Hinted(fmt.Errorf("%s is there already", name), "a log keeps its key; name another file for another log")
	}
	secret, key, err := transparency.NewKey(rand.Reader, origin)
	if err != nil {
		return "", err
	}
	return key, worktree.WritePrivate(name, []byte(secret+"\n"))
}
