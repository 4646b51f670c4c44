package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
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
	var out, errs bytes.Buffer
	a := &app{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: func(string) string { return "" },
		now: func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) },
	}
	code := a.run(context.Background(), args)
	return out.String(), code
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
