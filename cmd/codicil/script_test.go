package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/codicil/codicil/policy/needs"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"codicil": onTestDay, "codicil-faulty": faulty})
}

// onTestDay runs the command as on the day that the environment names: the hours
// are those of the clock, so that time goes on from one run to the next. Where it
// names an hour too, the whole day of the clock is that hour.
func onTestDay() {
	a := newApp()
	if day, err := time.Parse(time.DateOnly, os.Getenv("CODICIL_TEST_DAY")); err == nil {
		a.now = func() time.Time {
			now := time.Now().UTC()
			past := now.Sub(now.Truncate(24 * time.Hour))
			if hour, err := strconv.Atoi(os.Getenv("CODICIL_TEST_HOUR")); err == nil {
				past = time.Duration(hour)*time.Hour + past/24
			}
			return day.Add(past)
		}
	}
	os.Exit(runIn(a))
}

// TestScripts runs the transcripts of testdata/script, one or more a verb, on
// real git repositories.
func TestScripts(t *testing.T) {
	action, err := filepath.Abs(filepath.Join("..", "..", ".github", "actions", "check"))
	if err != nil {
		t.Fatal(err)
	}
	beside, err := filepath.Abs(filepath.Join("..", "..", "..", "shared"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Condition:           missing,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			e.Setenv("TZ", "UTC")
			program, err := exec.LookPath("codicil")
			if err != nil {
				return err
			}
			e.Setenv("CODICIL", program)
			e.Setenv("ACTION", action)
			e.Setenv("SHARED", beside)
			for _, who := range []string{"AUTHOR", "COMMITTER"} {
				e.Setenv("GIT_"+who+"_NAME", "A. Lawyer")
				e.Setenv("GIT_"+who+"_EMAIL", "lawyer@example.com")
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"publish":    publish,
			"browse":     browse,
			"examples":   runExamples,
			"keys":       printedKeys,
			"public":     startPublic,
			"stopserver": stopPublic,
			"letter":     readLetter,
			"smtp":       startSMTP,
			"githubapi":  startGitHub,
			"gitlabapi":  startGitLab,

			"readerserver": startReader,
		},
	})
}

// missing is the condition [missing:PROGRAM], by which a script skips itself. It
// is a fault instead when CODICIL_REQUIRE names the program. [missing:shared]
// is for the real texts beside the project.
func missing(condition string) (bool, error) {
	if condition == "missing:shared" {
		_, err := os.Stat(filepath.Join("..", "..", "..", "shared"))
		return err != nil, nil
	}
	program, ours := strings.CutPrefix(condition, "missing:")
	if !ours {
		return false, fmt.Errorf("unknown condition %q", condition)
	}
	if _, err := exec.LookPath(program); err == nil {
		return false, nil
	}
	if needs.Required(program) {
		return false, fmt.Errorf("CODICIL_REQUIRE names %s, and it is not installed", program)
	}
	return true, nil
}

// publish commits files as of a day: publish DAY SOURCE TARGET. It makes the
// repository in the current folder when there is none.
func publish(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: publish DAY SOURCE TARGET")
	}
	day, source, target := args[0], args[1], args[2]
	if _, err := os.Stat(ts.MkAbs(".git")); os.IsNotExist(err) {
		git(ts, day, "init", "--quiet", "--initial-branch=main")
	}
	src := ts.ReadFile(source)
	ts.Check(os.WriteFile(ts.MkAbs(target), []byte(src), 0o600))
	git(ts, day, "add", target)
	git(ts, day, "commit", "--quiet", "--message", fmt.Sprintf("publish %s", source))
}

func git(ts *testscript.TestScript, day string, args ...string) {
	cmd := exec.Command("git", args...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(),
		"HOME="+ts.Getenv("HOME"), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A. Lawyer", "GIT_AUTHOR_EMAIL=lawyer@example.com", "GIT_AUTHOR_DATE="+day+"T10:00:00Z",
		"GIT_COMMITTER_NAME=A. Lawyer", "GIT_COMMITTER_EMAIL=lawyer@example.com", "GIT_COMMITTER_DATE="+day+"T10:00:00Z")
	if out, err := cmd.CombinedOutput(); err != nil {
		ts.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
