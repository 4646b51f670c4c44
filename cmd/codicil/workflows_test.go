package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// workflow is what the rules look at in a workflow or an action.
type workflow struct {
	On          any                    `yaml:"on"`
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
	moving   = regexp.MustCompile(`@(main|master|latest)\b|npx --yes|curl [^\n|]*\| *(ba)?sh`)
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
