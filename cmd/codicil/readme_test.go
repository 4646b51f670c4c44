package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestReadmeIsTrue runs the commands that the README shows, on the policies of
// this repository, and compares what they print.
func TestReadmeIsTrue(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	if out, err := exec.Command("git", "rev-parse", "--is-shallow-repository").Output(); err != nil || strings.TrimSpace(string(out)) != "false" {
		t.Skip("needs this repository with its whole history")
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := transcripts(string(readme))
	if len(shown) == 0 {
		t.Fatal("the README shows no command")
	}
	for _, transcript := range shown {
		t.Run(transcript.command, func(t *testing.T) {
			got, code := runHere(strings.Fields(transcript.command)[1:])
			if strings.TrimSpace(got) != strings.TrimSpace(transcript.output) {
				t.Errorf("exit code %d, got:\n%s\nthe README shows:\n%s", code, got, transcript.output)
			}
		})
	}
}

// TestFirstStepsOfTheReadme follows the README from an empty folder, as a new
// user would, and finds a site with a redline.
func TestFirstStepsOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "```sh\n")
	steps, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("the README shows no first steps")
	}
	if n := strings.Count(strings.TrimSpace(steps), "\n") + 1; n > 4 {
		t.Errorf("the first steps are %d commands", n)
	}
	home := t.TempDir()
	cmd := exec.Command("sh", "-e", "-c", steps)
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "HOME="+home, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A. Lawyer", "GIT_AUTHOR_EMAIL=lawyer@example.com", "GIT_COMMITTER_NAME=A. Lawyer", "GIT_COMMITTER_EMAIL=lawyer@example.com")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	page, err := os.ReadFile(filepath.Join(home, "legal", ".build", "site", "privacy", "compare", "1.0...2.0", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(page, []byte("within 10")) || !bytes.Contains(page, []byte("<ins")) {
		t.Error("the redline does not show the change")
	}
}

// fileBlock is a block of a Markdown text that gives a file.
var fileBlock = regexp.MustCompile("(?ms)^```(?:yaml|markdown) ([\\w./]+)\n(.*?)^```$")

// TestReadmeOfSourcesIsTrue makes the files that the README of package expand
// shows, and runs its commands on them.
func TestReadmeOfSourcesIsTrue(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "policy", "expand", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	files := fileBlock.FindAllStringSubmatch(string(readme), -1)
	if len(files) < 5 {
		t.Fatalf("the README shows %d files", len(files))
	}
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f[1]), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f[1], []byte(f[2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"init", "--quiet", "--initial-branch=main"}, {"add", "--all"}} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	for _, transcript := range transcripts(string(readme)) {
		got, code := runHere(strings.Fields(transcript.command)[1:])
		if code != exitOK || strings.TrimSpace(got) != strings.TrimSpace(transcript.output) {
			t.Errorf("%s: exit code %d, got:\n%s", transcript.command, code, got)
		}
	}
}

// TestPicturesOfTheReadmeAreThere looks for each picture that the README shows.
func TestPicturesOfTheReadmeAreThere(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	pictures := regexp.MustCompile(`!\[[^\]]+\]\(([^)]+)\)`).FindAllStringSubmatch(string(readme), -1)
	if len(pictures) == 0 {
		t.Fatal("the README shows no picture")
	}
	for _, p := range pictures {
		if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(p[1]))); err != nil {
			t.Error(err)
		}
	}
}

// transcript is a command and what it prints.
type transcript struct{ command, output string }

// transcripts finds the commands in the console blocks of a Markdown text.
func transcripts(text string) []transcript {
	var list []transcript
	inside := false
	for _, line := range strings.Split(text, "\n") {
		switch {
		case line == "```console":
			inside = true
		case line == "```":
			inside = false
		case inside && strings.HasPrefix(line, "$ codicil "):
			list = append(list, transcript{command: strings.TrimPrefix(line, "$ ")})
		case inside && len(list) > 0:
			list[len(list)-1].output += line + "\n"
		}
	}
	return list
}

// runHere runs a command line in the current folder and returns what it prints
// on standard output.
func runHere(args []string) (string, int) {
	out, _, code := runWith(nil, args)
	return out, code
}

// runWith runs a command line with nothing but these variables in its environment.
func runWith(environment map[string]string, args []string) (stdout, stderr string, code int) {
	var out, errs bytes.Buffer
	a := &app{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: func(name string) string { return environment[name] },
		now: func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) },
	}
	code = a.run(context.Background(), args)
	return out.String(), errs.String(), code
}

func TestMakeKnowsTheTargetsThatTheReadmeNames(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"build", "run", "serve", "test", "lint", "bench", "clean"} {
		if !bytes.Contains(makefile, []byte("\n"+target+":")) {
			t.Errorf("no target %s", target)
		}
	}
}
