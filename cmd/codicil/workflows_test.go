package main

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/needs"
)

// workflow is what the rules look at in a workflow or an action.
type workflow struct {
	On          any                    `yaml:"on"`
	Concurrency map[string]any         `yaml:"concurrency"`
	Permissions map[string]any         `yaml:"permissions"`
	Env         map[string]any         `yaml:"env"`
	Jobs        map[string]workflowJob `yaml:"jobs"`
	Runs        workflowJob            `yaml:"runs"`
}

type workflowJob struct {
	Permissions map[string]any `yaml:"permissions"`
	Env         map[string]any `yaml:"env"`
	Minutes     int            `yaml:"timeout-minutes"`
	Steps       []workflowStep `yaml:"steps"`
}

type workflowStep struct {
	Uses string         `yaml:"uses"`
	Run  string         `yaml:"run"`
	With map[string]any `yaml:"with"`
}

// workflowFiles lists our own workflows, the action and what init writes.
func workflowFiles(t *testing.T) map[string]string {
	t.Helper()
	files := make(map[string]string)
	for _, pattern := range []string{"../../.github/workflows/*.yml", "../../.github/actions/*/action.yml", "../../policy/starter/files/github*.yml", "../../policy/starter/files/publish-*.yml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no files (%v)", pattern, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.Base(filepath.Dir(name))+"/"+filepath.Base(name)] = string(text)
		}
	}
	return files
}

var (
	pinnedTo = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	labelled = regexp.MustCompile(`uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n`)
	// Reading the repository is what all of them do.
	unexplained = regexp.MustCompile(`(?m)^ +(?:[a-z-]+: write|(?:[abd-z][a-z-]*|checks): read)$`)
	moving      = regexp.MustCompile(`@(main|master|latest)\b|npx --yes|curl [^\n|]*\| *(ba)?sh`)
)

// A workflow runs with rights that its author gives it: these rules keep what a
// pull request brings, and what others publish, from using them.
func TestWorkflowsGiveAwayNothing(t *testing.T) {
	for name, text := range workflowFiles(t) {
		t.Run(name, func(t *testing.T) {
			var w workflow
			if err := policy.UnmarshalYAML(name, 1, []byte(text), false, &w); err != nil {
				t.Fatal(err)
			}
			if found := moving.FindString(text); found != "" {
				t.Errorf("it runs what may change: %s", found)
			}
			if strings.Contains(text, "pull_request_target") {
				t.Error("pull_request_target gives a stranger's change the rights of the repository")
			}
			if strings.Count(text, "uses: ") != len(labelled.FindAllString(text, -1))+strings.Count(text, "uses: ./") {
				t.Error("an action is not pinned with its release beside it")
			}
			if len(w.Runs.Steps) == 0 && (w.Permissions == nil || len(w.Permissions) > 0 || len(w.Env) > 0) {
				t.Error("rights and variables belong to a job: write permissions: {} above them")
			}
			if len(w.Runs.Steps) == 0 && w.Concurrency["group"] == nil {
				t.Error("two runs of it may get in each other's way: it names no concurrency group")
			}
			if found := unexplained.FindString(text); found != "" {
				t.Errorf("nobody is told what this right is for: %s", strings.TrimSpace(found))
			}
			w.Runs.Minutes, w.Runs.Permissions = 1, map[string]any{"contents": "read"}
			checkJob(t, "runs", w.Runs, strings.Contains(text, "workflow_run:"))
			for id, j := range w.Jobs {
				checkJob(t, id, j, strings.Contains(text, "workflow_run:"))
			}
		})
	}
}

// checkJob holds a job against the rules.
func checkJob(t *testing.T, id string, j workflowJob, afterwards bool) {
	t.Helper()
	if j.Minutes == 0 || len(j.Permissions) == 0 {
		t.Errorf("job %s states no time-out or no permissions", id)
	}
	for name, value := range j.Env {
		if text, ok := value.(string); ok && strings.Contains(text, "secrets.") {
			t.Errorf("job %s: every step sees %s", id, name)
		}
	}
	for _, s := range j.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("job %s: an expression is put into a script: %.60s", id, s.Run)
		}
		if s.Uses != "" && !strings.HasPrefix(s.Uses, "./") && !pinnedTo.MatchString(s.Uses) {
			t.Errorf("job %s: %s is not pinned by its digest", id, s.Uses)
		}
		if strings.HasPrefix(s.Uses, "actions/checkout@") {
			if s.With["persist-credentials"] != false {
				t.Errorf("job %s: the token stays in the checkout", id)
			}
			if afterwards {
				t.Errorf("job %s: a workflow with rights checks out what a stranger wrote", id)
			}
		}
	}
}

// TestExpandedTextsAreCommitted runs the steps of the workflow that commits what
// shared sources make of policies, with a program in the place of gh.
func TestExpandedTextsAreCommitted(t *testing.T) {
	needs.Program(t, "jq", "jq")
	text, err := os.ReadFile("../../policy/starter/files/github-expand.yml")
	if err != nil {
		t.Fatal(err)
	}
	var w workflow
	if err := policy.UnmarshalYAML("github-expand.yml", 1, text, false, &w); err != nil {
		t.Fatal(err)
	}
	dir, temp := t.TempDir(), t.TempDir()
	t.Chdir(dir)
	save(t, "codicil.yaml", "policies: [\"*.md\"]\nversions: label\nvariables: {company: Acme Ltd}\n")
	save(t, "own words.md", "---\nid: terms\ntitle: Terms\nversion: \"1\"\nsource: shared.md\n---\n")
	save(t, "shared.md", "We are {{company}}.\n")
	program := filepath.Join(temp, "bin")
	if err := os.MkdirAll(program, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(program, "gh"), []byte("#!/bin/sh\ncp \"$4\" \"$RUNNER_TEMP/sent.json\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	run := func(script string) {
		t.Helper()
		cmd := exec.Command("bash", "-e", "-o", "pipefail", "-c", script)
		cmd.Env = append(os.Environ(), "PATH="+program+":"+os.Getenv("PATH"), "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+filepath.Join(temp, "output"), "REPO=shop/legal", "BRANCH=words", "SHA=abc")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	run("git init -q && git add . && git -c user.name=a -c user.email=a@example.com commit -q -m words")
	if _, code := runHere([]string{"expand"}); code != exitOK {
		t.Fatalf("expand exits with %d", code)
	}
	step := w.Jobs["expand"].Steps[len(w.Jobs["expand"].Steps)-2].Run
	run(strings.Replace(step, "codicil expand", "true", 1))
	commit := w.Jobs["commit"].Steps
	run(commit[len(commit)-1].Run)
	sent, err := os.ReadFile(filepath.Join(temp, "sent.json"))
	if err != nil {
		t.Fatal(err)
	}
	var body struct {
		Variables struct {
			Input struct {
				ExpectedHeadOid string
				Branch          struct{ BranchName string }
				FileChanges     struct {
					Additions []struct{ Path, Contents string }
				}
			}
		}
	}
	if err := json.Unmarshal(sent, &body); err != nil {
		t.Fatal(err)
	}
	in := body.Variables.Input
	if in.ExpectedHeadOid != "abc" || in.Branch.BranchName != "words" || len(in.FileChanges.Additions) != 1 {
		t.Fatalf("sent %s", sent)
	}
	written, err := base64.StdEncoding.DecodeString(in.FileChanges.Additions[0].Contents)
	if err != nil || in.FileChanges.Additions[0].Path != "own words.md" || !strings.HasSuffix(string(written), "---\n\nWe are Acme Ltd.\n") {
		t.Errorf("sent %q for %s (%v)", written, in.FileChanges.Additions[0].Path, err)
	}
}
