package ask

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy/reading"
)

// Command is a program on this machine: it gets the question as JSON on its
// standard input (instructions, material, schema) and writes the answer as JSON
// to its standard output.
type Command struct {
	Args    []string      // the program and its arguments; no shell reads them
	Timeout time.Duration // 0 is DefaultTimeout
}

// Name is the program without its folder.
func (c *Command) Name() string { return filepath.Base(c.Args[0]) }

// Ask runs the program once.
func (c *Command) Ask(ctx context.Context, q *reading.Question) (reading.Reply, error) {
	timeout := c.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	input, err := json.Marshal(material{reading.Instructions(), q, reading.Schema()})
	if err != nil {
		return reading.Reply{}, err
	}
	started := time.Now()
	cmd := exec.CommandContext(ctx, c.Args[0], c.Args[1:]...)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Env = unsecret(os.Environ())
	cmd.WaitDelay = time.Second // for what the program left running
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return reading.Reply{}, err
	}
	if err := cmd.Start(); err != nil {
		return reading.Reply{}, err
	}
	text, err := readAll(pipe)
	if errors.Is(err, errTooLong) {
		cancel()
	}
	reply := reading.Reply{Text: text, Cost: reading.Cost{Seconds: time.Since(started).Round(100 * time.Millisecond).Seconds()}}
	waited := cmd.Wait()
	if ctx.Err() == context.DeadlineExceeded {
		return reply, fmt.Errorf("no answer within %s", timeout)
	}
	return reply, errors.Join(err, waited)
}

// unsecret takes out of an environment the secrets of this program that are not
// a reader's: those of the ledger, of mail and of signing.
func unsecret(environment []string) []string {
	return slices.DeleteFunc(environment, func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return strings.HasPrefix(name, "CODICIL_") && !strings.HasPrefix(name, "CODICIL_READER_") || strings.HasPrefix(name, "PGPASS")
	})
}
