package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/policy/worktree"
)

// dated is one text of a folder, with its day.
type dated struct {
	file     string
	day      policy.Date
	markdown []byte
	repairs  []repair.Repair
}

// importHistory makes the versions of a policy out of a folder of dated texts,
// in order, each a commit on a new branch. The work tree stays as it is.
func (a *app) importHistory(ctx context.Context, dir, output, branch string) error {
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	texts, err := datedTexts(dir)
	if err != nil {
		return err
	}
	id := policyIDFrom(filepath.Base(filepath.Clean(dir)))
	if output == "" {
		output = filepath.Join(cfg.Dir, id+".md")
	} else {
		id = idOf(output)
	}
	if branch == "" {
		branch = "import/" + id
	}
	for i := range texts {
		t := &texts[i]
		read, err := a.convert(ctx, t.file, id, docx.Accept)
		if err != nil {
			return err
		}
		t.markdown, t.repairs = withFacts(read.markdown, id, t.day), read.repairs
		// Label and date are no doubt any more: the name of the file says them.
		t.repairs = slices.DeleteFunc(t.repairs, func(r repair.Repair) bool { return r.Open() && r.Rule == "front-matter" })
	}
	if err := a.commitHistory(ctx, texts, output, branch); err != nil {
		return err
	}
	return a.printHistory(texts, output, branch)
}

// idOf makes the id of the policy that is kept in a file.
func idOf(file string) string {
	return policyIDFrom(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
}

// policyIDFrom makes an id of the name of a file or folder.
func policyIDFrom(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
	return orElse(strings.Join(words, "-"), "policy")
}

// dayInName finds a day in the name of a file: 2023-04-22, 2023_04_22 or 20230422.
var dayInName = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})[-_.]?([0-9]{2})[-_.]?([0-9]{2})(?:[^0-9]|$)`)

// datedTexts lists the texts of a folder, the oldest first. A text without a
// day, and two of one day, are faults: their order would be a guess.
func datedTexts(dir string) ([]dated, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read the texts: %w", err)
	}
	var texts []dated
	for _, entry := range entries {
		if entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		m := dayInName.FindStringSubmatch(entry.Name())
		if m == nil {
			return nil, hinted(fmt.Errorf("%s has no day in its name", filepath.Join(dir, entry.Name())), "name it by the day on which it took effect, such as 2023-04-22.docx")
		}
		day, err := policy.ParseDate(strings.Join(m[1:], "-"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, entry.Name()), err)
		}
		texts = append(texts, dated{file: filepath.Join(dir, entry.Name()), day: day})
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("there is no text in %s", dir)
	}
	slices.SortFunc(texts, func(x, y dated) int { return x.day.Compare(y.day) })
	for i := range texts[1:] {
		if texts[i].day == texts[i+1].day {
			return nil, hinted(fmt.Errorf("%s and %s are of one day", texts[i].file, texts[i+1].file), "keep one of them, or give one another day")
		}
	}
	return texts, nil
}

// withFacts states id, label and date in the front matter, where they are not
// stated already.
func withFacts(markdown []byte, id string, day policy.Date) []byte {
	front, body, _ := policy.SplitFrontMatter(markdown)
	lines := strings.Split(strings.TrimSpace(string(front)), "\n")
	for _, fact := range [][2]string{{"id", id}, {"version", `"` + day.String() + `"`}, {"effective_date", day.String()}} {
		stated := slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, fact[0]+":") })
		if !stated {
			lines = append(lines, fact[0]+": "+fact[1])
		}
	}
	head := strings.TrimSpace(strings.Join(lines, "\n"))
	return slices.Concat([]byte("---\n"+head+"\n---\n\n"), bytes.TrimLeft(body, "\r\n"))
}

// commitHistory writes the commits with git's own importer: all of them, or
// none. A text is written on its day and committed now, as it was.
func (a *app) commitHistory(ctx context.Context, texts []dated, output, branch string) error {
	repo, err := history.Open(".")
	if err != nil {
		return err
	}
	defer repo.Close()
	folder, err := worktree.Relative(repo.Root(), filepath.Dir(output))
	if err != nil {
		return err
	}
	target := path.Join(folder, filepath.Base(output))
	if _, err := os.Stat(output); !errors.Is(err, fs.ErrNotExist) {
		return hinted(fmt.Errorf("%s exists already", output), "name another file with -o; import never writes over a text")
	}
	if _, err := runGit(ctx, ".", nil, "check-ref-format", "--branch", branch); err != nil {
		return usagef("--branch: %q cannot be the name of a branch", branch)
	}
	if _, err := runGit(ctx, ".", nil, "rev-parse", "--verify", "--quiet", "refs/heads/"+branch); err == nil {
		return hinted(fmt.Errorf("there is a branch %s already", branch), "name another with --branch, or remove it with git branch -D "+branch)
	}
	who, err := runGit(ctx, ".", nil, "var", "GIT_COMMITTER_IDENT")
	if err != nil {
		return err
	}
	head, _ := runGit(ctx, ".", nil, "rev-parse", "--verify", "--quiet", "HEAD") // none on an unborn branch
	_, err = runGit(ctx, ".", commitStream(texts, target, branch, head, who), "fast-import", "--quiet", "--done")
	return err
}

// commitStream writes the commits as git fast-import reads them. The one who
// imports is author and committer: who wrote an old text is not known.
func commitStream(texts []dated, target, branch, head, who string) *bytes.Buffer {
	var b bytes.Buffer
	name := who[:strings.LastIndexByte(who, '>')+1]
	for i, t := range texts {
		message := fmt.Sprintf("Publish the text of %s\n\nTaken from %s.\n", t.day, filepath.Base(t.file))
		fmt.Fprintf(&b, "commit refs/heads/%s\n", branch)
		fmt.Fprintf(&b, "author %s %d +0000\n", name, t.day.Time().Unix()+12*60*60)
		fmt.Fprintf(&b, "committer %s\n", who)
		fmt.Fprintf(&b, "data %d\n%s\n", len(message), message)
		if i == 0 && head != "" {
			fmt.Fprintf(&b, "from %s\n", head)
		}
		fmt.Fprintf(&b, "M 100644 inline %q\ndata %d\n%s\n", target, len(t.markdown), t.markdown)
	}
	b.WriteString("done\n")
	return &b
}

// printHistory reports each version with its repairs.
func (a *app) printHistory(texts []dated, output, branch string) error {
	if a.json {
		versions := make([]map[string]any, 0, len(texts))
		for _, t := range texts {
			versions = append(versions, map[string]any{"label": t.day.String(), "from": t.file, "repairs": append([]repair.Repair{}, t.repairs...)})
		}
		return printJSON(a.stdout, map[string]any{"file": output, "branch": branch, "versions": versions})
	}
	for _, t := range texts {
		open := 0
		for _, r := range t.repairs {
			if r.Open() {
				open++
				fmt.Fprintf(a.stdout, "%s: for you: %s [%s]\n", lineOf(t.file, r.Line), r.Message, r.Rule)
			}
		}
		fmt.Fprintf(a.stdout, "%s: version %s, %s, %s left to you\n", t.file, t.day, plural(len(t.repairs)-open, "repair", "repairs"), plural(open, "doubt", "doubts"))
	}
	a.say("%s on branch %s: look at them with `git log -p %s`, then merge it", plural(len(texts), "version", "versions"), branch, branch)
	return nil
}
