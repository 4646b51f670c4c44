package worktree

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Git runs git in the folder dir, for what changes a repository: git itself
// knows the user's name, hooks and signing key. Reading needs no git. It
// returns what git prints.
func Git(ctx context.Context, dir string, stdin io.Reader, args ...string) (string, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return "", policy.Hinted(errors.New("git is not installed"), "install git (git-scm.com), and run the command again")
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdin = dir, stdin
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		message := strings.TrimSpace(said.String())
		if strings.Contains(message, "tell me who you are") || strings.Contains(message, "empty ident name") {
			return "", policy.Hinted(errors.New("git does not know who you are"),
				`run git config --global user.name "Your Name" and git config --global user.email you@example.com`)
		}
		return "", fmt.Errorf("git %s: %s", args[0], cmp.Or(message, err.Error()))
	}
	return strings.TrimSpace(out.String()), nil
}
