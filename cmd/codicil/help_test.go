package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify/ledger"
)

// runExamples runs every example that the help of the verbs shows, each verb's in a
// folder of its own that is a copy of the current one: examples. The exit code
// must be one that the help names, the JSON must have the keys it names, and
// each code must be said.
func runExamples(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: examples")
	}
	started := false
	for _, verb := range (&app{}).root(&started).Commands() {
		if slices.Contains([]string{"help", "completion"}, verb.Name()) {
			continue
		}
		if !strings.Contains(verb.Long, "Exit codes: 0 done, 1 failure, 2 usage, ") || verb.Example == "" {
			ts.Fatalf("the help of %s names no exit codes, or has no example", verb.Name())
		}
		home := ts.MkAbs("../for-" + verb.Name())
		ts.Check(exec.Command("cp", "-r", ts.MkAbs("."), home).Run())
		claimLedger(ts, filepath.Join(home, ".codicil", "ledger.db"))
		for _, line := range strings.Split(verb.Example, "\n") {
			runExample(ts, verb, home, strings.TrimSpace(line))
		}
	}
}

// claimLedger takes over a ledger that was copied with its folder.
func claimLedger(ts *testscript.TestScript, path string) {
	l, err := ledger.Open(path, ledger.Options{Key: []byte(ts.Getenv("CODICIL_LEDGER_KEY")), Existing: true, Send: true, Claim: true})
	ts.Check(err)
	ts.Check(l.Close())
}

// runExample runs one line of an example in a folder. Verbs that wait for
// visitors are stopped once they had time to fail.
func runExample(ts *testscript.TestScript, verb *cobra.Command, home, line string) {
	wait := time.Minute
	if verb.Name() == "serve" {
		wait = 3 * time.Second
	}
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, "sh", "-c", "exec "+line)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Dir, cmd.Stdout, cmd.Stderr = home, &out, &errs
	for _, name := range []string{"HOME", "PATH", "GIT_CONFIG_NOSYSTEM", "CODICIL_LEDGER_KEY",
		"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if code := cmd.ProcessState.ExitCode(); err != nil && (!errors.As(err, &exit) || !mayExit(verb.Name(), code)) && ctx.Err() == nil {
		ts.Fatalf("%s: exit code %d, %v\n%s%s", line, code, err, out.String(), errs.String())
	}
	if strings.Contains(line, "--json") {
		checkKeys(ts, verb.Name(), line, out.Bytes())
	}
}

func mayExit(verb string, code int) bool {
	return code == exitOK || slices.Contains(outcomes()[verb].codes, code)
}

// printedKeys holds the JSON that a command prints against what the help of its verb
// says: keys VERB [ARGUMENT...].
func printedKeys(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: keys VERB [ARGUMENT...]")
	}
	err := ts.Exec("codicil", append(args, "--json")...)
	if err != nil && outcomes()[args[0]].codes == nil {
		ts.Fatalf("%v: %v", args, err)
	}
	checkKeys(ts, args[0], strings.Join(args, " "), []byte(ts.ReadFile("stdout")))
}

func checkKeys(ts *testscript.TestScript, verb, line string, out []byte) {
	var document map[string]any
	if err := json.Unmarshal(out, &document); err != nil {
		ts.Fatalf("%s prints no JSON document: %v\n%s", line, err, out)
	}
	named := regexp.MustCompile(`, `).Split(outcomes()[verb].json, -1)
	for _, key := range slices.Sorted(maps.Keys(document)) {
		if !slices.Contains(named, key) {
			ts.Fatalf("%s prints %q, of which the help says nothing", line, key)
		}
	}
	for _, key := range named {
		if _, ok := document[key]; !ok && !optionalKey(key) {
			ts.Fatalf("the help of %s promises %q, which is not printed", verb, key)
		}
	}
}

// optionalKey reports whether a key is left out when there is nothing to say.
func optionalKey(key string) bool {
	return slices.Contains([]string{"upcoming", "effective", "declared", "first_attempt", "last_attempt", "chain", "begun", "per_second", "ends"}, key)
}
