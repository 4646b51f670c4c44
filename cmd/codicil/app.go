package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
)

// app is one run of the command: where it reads and writes, and the flags that
// every verb has.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	judge          func(workspace.Book) workspace.Book // what stands in for the rule book; nil for none
	failures       failures
	unhurried      atomic.Bool // set while an interrupted verb must be let end by itself: messages are on their way

	dir     string
	config  string
	on      string
	reviews string // file with reviews of the pull request
	asKnown string
	json    bool
	quiet   bool
	verbose bool
}

// run carries out the command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	a.plain()
	started := false
	root := a.root(&started)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil && !started {
		err = asUsage(err)
	}
	return a.finish(ctx, err)
}

// root builds the command with all its verbs. It sets started once a verb's
// own work begins: an error before that is one of usage.
func (a *app) root(started *bool) *cobra.Command {
	root := &cobra.Command{
		Use:   "codicil",
		Short: "Version, publish and give notice of policy documents",
		Long: "Codicil takes policies written in Markdown and kept in git, and from one commit makes the\n" +
			"published page, the redline, the class of the change with its reasons, and the notices.",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if _, err := a.day(); err != nil {
				return err
			}
			if _, err := policy.ParseDate(a.asKnown); a.asKnown != "" && err != nil {
				return fmt.Errorf("--as-known: %w", err)
			}
			*started = true
			return enter(a.dir)
		},
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetVersionTemplate("codicil {{.Version}}\n")
	root.CompletionOptions.HiddenDefaultCmd = true
	flags := root.PersistentFlags()
	flags.StringVarP(&a.dir, "directory", "C", ".", "run as if started in `DIR`")
	flags.StringVar(&a.config, "config", "", "read the configuration from `FILE` instead of codicil.yaml")
	flags.StringVar(&a.on, "on", "", "compute for this `DATE` (2006-01-02) instead of today")
	flags.StringVar(&a.asKnown, "as-known", "", "with no more than was published by this `DATE` (default: the day of --on)")
	flags.BoolVar(&a.json, "json", false, "print one JSON document on standard output")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print results and errors only")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "say more on standard error")
	root.AddCommand(a.initCommand(), a.newCommand(), a.listCommand(), a.logCommand(), a.showCommand(), a.diffCommand(), a.assessCommand(),
		a.checkCommand(), a.buildCommand(), a.serveCommand(), a.notifyCommand(), a.proofCommand(), a.bouncesCommand(), a.suppressionsCommand(), a.eraseCommand(), a.verifyCommand(), a.rulesCommand(), a.importCommand(), a.fixCommand(), a.expandCommand(), a.embedCommand(), a.exportCommand(), a.doctorCommand(), a.schemaCommand(), a.manCommand(), a.readCommand(), a.approveCommand())
	for _, verb := range root.Commands() {
		explainOutcome(verb)
		if complete, ok := a.completions()[verb.Name()]; ok {
			verb.ValidArgsFunction = complete
		}
	}
	return root
}

// enter makes dir the current folder, as git -C and make -C do, so that every
// path of the command line is seen from there. A link of the repository leads to no
// folder of policies: a change could have another one judged in its place.
func enter(dir string) error {
	err := worktree.CheckFolder(dir)
	if err == nil {
		err = os.Chdir(dir)
	}
	if err != nil {
		return fmt.Errorf("-C: %w", err)
	}
	return nil
}

// day returns the date to compute for.
func (a *app) day() (policy.Date, error) {
	if a.on == "" {
		return policy.DateOf(a.now()), nil
	}
	day, err := policy.ParseDate(a.on)
	if err != nil {
		return policy.Date{}, fmt.Errorf("--on: %w", err)
	}
	return day, nil
}

// today is day for verbs: the flag has been read when they run.
func (a *app) today() policy.Date {
	day, _ := a.day()
	return day
}

// knownDay returns the day whose knowledge is asked for; zero for all that is known.
func (a *app) knownDay() policy.Date {
	if a.asKnown == "" {
		if a.on == "" {
			return policy.Date{}
		}
		return a.today()
	}
	day, _ := policy.ParseDate(a.asKnown) // was read when the command began
	return day
}

// The exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitFindings    = 3
	exitSomeFailed  = 4
	exitInterrupted = 130
)

// exitError carries the exit code that an outcome asks for. Its err may be
// nil: the verb has said already all there is to say.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// asUsage marks err as a fault of the command line.
func asUsage(err error) error {
	return &exitError{code: exitUsage, err: hinted(err, "run `codicil help` for the verbs, or a verb with --help for its flags")}
}

// usagef makes a fault of the command line.
func usagef(format string, args ...any) error {
	return asUsage(fmt.Errorf(format, args...))
}

// message is what went wrong, as people are told of it.
func message(err error) string { return strings.TrimRight(err.Error(), "\n") }

// hinted says what to do about an error.
func hinted(err error, hint string) error { return policy.Hinted(err, hint) }

// finish prints what went wrong and returns the exit code.
func (a *app) finish(ctx context.Context, err error) int {
	if err == nil {
		return a.failures.code(exitOK)
	}
	if ctx.Err() != nil {
		fmt.Fprintln(a.stderr, "codicil: interrupted")
		return exitInterrupted
	}
	code := exitFailure
	var exit *exitError
	if errors.As(err, &exit) {
		code, err = a.failures.code(exit.code), exit.err
	}
	if err != nil {
		fmt.Fprintf(a.stderr, "codicil: error: %s\n", message(err))
		if hint := policy.Hint(err); hint != "" {
			fmt.Fprintf(a.stderr, "codicil: hint: %s\n", hint)
		}
	}
	return code
}

// version returns the version of this build.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}
