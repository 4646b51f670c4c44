package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// hostileWords want to be taken for a command by a terminal, by the log of GitHub
// or by that of GitLab.
const hostileWords = "::error::x ##[error]x \x1b[2J\x1b]0;x\x07 \u202eevil \u009b2J section_start:1:a"

// hostileRepo is a repository that has them in every field, in the names of a file,
// an author, a commit and a tag, and at the beginning of lines.
func hostileRepo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	quoted, _ := json.Marshal(hostileWords)
	text := func(version, date, words string) string {
		return "---\nid: pets\nversion: \"" + version + "\"\neffective_date: " + date + "\nlang: en\ntitle: " + string(quoted) + "\nsummary: " + string(quoted) +
			"\nchange_reason: " + string(quoted) + "\napproved_by: " + string(quoted) + "\n---\n\n# Pets\n\n## 1. Data " + hostileWords + "\n\nWe keep it for " + words + ".\n\n" +
			hostileWords + "\n\n::set-output name=a::" + words + "\n\n##[group]" + words + "\n\n[" + hostileWords + "](https://e.example/" + words + ")\n\n| ::error::a |\n|---|\n| ::error::" + words + " |\n"
	}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=" + strings.NewReplacer("\x1b", "", "\x07", "").Replace(hostileWords), "-c", "user.email=a@example.com"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2026-01-05T12:00:00Z", "GIT_COMMITTER_DATE=2026-01-05T12:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	git("init", "--quiet", "--initial-branch=main")
	write("codicil.yaml", "title: "+string(quoted)+"\npolicies: [\"*.md\"]\nbase_url: https://e.example\nemail: {from: a@e.example, postal_address: "+string(quoted)+"}\n")
	for i, words := range []string{"30 days", "90 days"} {
		write("pets.md", text([]string{"1", "2 " + "::error::x"}[i], []string{"2026-01-05", "2026-07-01"}[i], words))
		write("::error::x \x1b[2J\u202e\n::error::y.md", strings.ReplaceAll(text("1", "2026-01-05", words), "id: pets", "id: other"))
		git("add", "-A")
		git("commit", "--quiet", "-m", hostileWords+"\n\n"+hostileWords)
	}
	git("tag", "v1-section_start-\u202e")
	write("pets.md", text("3", "2026-02-05", "10 years"))
	write("list.csv", "address\n=cmd|x@e.example\n")
	return dir
}

// TestNoVerbCommandsWhoReadsIt runs the verbs on such a repository, and reads what they
// say as a terminal and a log do. Their JSON is JSON. The text itself, which show and
// its like print byte for byte, is not looked at.
func TestNoVerbCommandsWhoReadsIt(t *testing.T) {
	t.Parallel()
	dir := hostileRepo(t)
	program, err := exec.LookPath("codicil")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{
		"list", "log pets", "log other", "show pets --format text", "diff", "diff pets", "diff pets@1 pets@2%20::error::x", "diff pets --format text", "assess pets",
		"check", "check --base HEAD~1", "check --base HEAD~1 --format github", "check --base HEAD~1 --format sarif", "check --fix", "rules", "verify", "verify --update", "doctor", "build -d site", "build -d site -v",
		"verify --site site", "embed", "export word pets@1 -o pets.docx", "export ota -o ota", "export hugo -o hugo", "notify pets", "notify pets --out mails", "approve pets", "fix --numbering pets", "proof pets@1", "read pets", "suppressions list", "list --on 2026-08-01", "show nothing", "diff nothing",
	} {
		for _, format := range []string{"", "--json"} {
			args := strings.Fields(verb)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "%20", " ")
			}
			if format != "" {
				args = append(args, format)
			}
			cmd := exec.Command(program, args...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, ".cache"), "CODICIL_TEST_DAY=2026-02-01", "GITHUB_ACTIONS=true")
			var said, results bytes.Buffer
			cmd.Stdout, cmd.Stderr = &results, &said
			var exit *exec.ExitError
			if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			name := strings.Join(args, " ")
			if cmd.ProcessState.ExitCode() == exitUsage {
				t.Errorf("%s is no use of the program: %s", name, said.Bytes())
			}
			if format != "" && results.Len() > 0 && !json.Valid(results.Bytes()) {
				t.Errorf("%s: no JSON:\n%s", name, results.Bytes())
			}
			own := strings.Contains(verb, "--format github")
			for line := range strings.Lines(said.String() + "\n" + results.String()) {
				if start := strings.TrimSpace(line); strings.HasPrefix(start, "::") && !(own && (strings.HasPrefix(start, "::error file=") || strings.HasPrefix(start, "::warning file=") || strings.HasPrefix(start, "::notice file="))) ||
					strings.Contains(line, "##[") || strings.Contains(line, "section_start:") || strings.ContainsAny(line, "\x1b\x07\r\u202e\u009b") {
					t.Errorf("%s: the line %q commands", name, line)
				}
			}
		}
	}
}
