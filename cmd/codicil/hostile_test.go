package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

// hostile is a kind of text that was made to keep a machine busy.
type hostile struct {
	name string
	text func() string
	says string        // the bound that check names with the file; empty where all of it is read
	next func() string // the text of the next version; nil where it stays
}

// small are kinds that pass a bound, or that took long once.
func small() []hostile {
	return []hostile{
		{name: "one line of 50 MB", text: func() string { return strings.Repeat("we share data ", 50<<20/14) }, says: fmt.Sprint(policy.MaxText)},
		{name: "depth of YAML", text: func() string { return "---\nx: " + strings.Repeat("[", 50_000) + "\n---\n" }, says: "more than 100 values within each other"},
		{name: "keys of YAML", text: func() string { return "---\n" + repeated(20_000, "k%d: v\n") + "---\n" }, says: "more than 2000 keys"},
		{name: "aliases of YAML", text: func() string { return "---\na: &a [1]\nb: [" + strings.Repeat("*a, ", 200) + "]\n---\n" }, says: "more than 20 aliases"},
		{name: "table that fills up", text: func() string {
			return "|" + strings.Repeat("a|", 1500) + "\n|" + strings.Repeat("-|", 1500) + "\n" + strings.Repeat("|b|\n", 1500)
		}, says: "more than 100000 cells"},
		{name: "nesting", text: func() string { return strings.Repeat(strings.Repeat("> ", 2000)+"a\n\n", 50) }, says: "more than 50 deep"},
		{name: "marks", text: func() string { return strings.Repeat("*a **b [c ", 20_000) }, says: "more than 10000 marks"},
		{name: "notes", text: func() string { return repeated(5000, "We share[^%d] it.\n\n") + repeated(5000, "[^%d]: Note.\n\n") }},
		{name: "headings of one name", text: func() string { return strings.Repeat("## Head\n\nWe share.\n\n", 2000) }},
		{name: "references", text: func() string {
			return repeated(5000, "[r%d]: https://e.example/\n") + repeated(5000, "See [x][r%d].\n\n")
		}},
	}
}

// large are the kinds of a size that only a machine writes, all of which is read.
func large() []hostile {
	most := func(unit string) func() string {
		return func() string { return strings.Repeat(unit, (policy.MaxText-1000)/len(unit)) }
	}
	return []hostile{
		{name: "60,000 headings", text: func() string { return repeated(60_000, "## %d. Head\n\nWe share it.\n\n") }, says: "more than 20000 headings"},
		{name: "100,000 headings of one name", text: func() string { return strings.Repeat("## Head\n\nWe share.\n\n", 100_000) }, says: "more than 20000 headings"},
		{name: "table of 90,000 cells", text: func() string {
			return "|a|b|c|d|e|f|g|h|i|j|\n|-|-|-|-|-|-|-|-|-|-|\n" + repeated(9_000, "|%d|b|c|d|e|f|g|h|i|j|\n")
		}},
		{name: "20,000 notes", text: func() string { return repeated(20_000, "We share[^%d] it.\n\n") + repeated(20_000, "[^%d]: Note.\n\n") }},
		{name: "80,000 items", text: func() string { return repeated(80_000, "- item %d is ours\n") }, says: "more than 20000 items"},
		{name: "3 MB of items", text: most("- a\n"), says: "more than 20000 items"},
		{name: "100,000 loose items", text: func() string { return strings.Repeat("- a\n\n", 100_000) }, says: "more than 20000 items"},
		{name: "100,000 short paragraphs", text: func() string { return strings.Repeat("We share.\n\n", 100_000) }, says: "more than 50000 paragraphs"},
		{name: "3 MB of bold letters", text: most("**a**\n\n"), says: "more than 50000 paragraphs"},
		{name: "60,000 references", text: func() string {
			return repeated(30_000, "[r%d]: https://e.example/\n") + repeated(30_000, "See [x][r%d].\n\n")
		}},
		{name: "30,000 defined terms", text: func() string { return repeated(30_000, "\"Term%d\" means a thing.\n\n") }},
		{name: "3 MB of sentences in one line", text: most("We share it. ")},
		{name: "3 MB of letters", text: most("a")},
		{name: "3 MB of Chinese", text: most("我们可以分享您的数据。")},
		{name: "3 MB of paragraphs", text: most("We may share the data of your account with our partners for 30 days after its end.\n\n")},
		{name: "3 MB of lines", text: most("We share it with you.\n")},
		{name: "3 MB of brackets", text: most("["), says: "more than 10000 marks"},
		{name: "3 MB of HTML", text: most("<div><span>"), says: "more than 10000 marks"},
		{name: "3 MB of code", text: most("```\n")},
		{name: "3 MB of addresses", text: most("https://e.example/a www.e.example a@b.example ")},
		{name: "3 MB of dates", text: most("Effective 1 May 2020 until 2 June 2031.\n")},
		{name: "3 MB of nothing", text: most("\n")},
		{name: "3 MB of Thai without a space", text: func() string { return drawn(1, 3_000_000, thai, "") }, next: func() string { return drawn(2, 3_000_000, thai, "") }},
		{name: "3 MB of points between letters", text: most("a."), next: most("b.")},
		{name: "3 MB of links that do not end", text: func() string { return repeated(20, "%d "+strings.Repeat("[a]("+strings.Repeat("b", 26), 4990)+"\n\n") }, says: "links stand in words"},
		{name: "3 MB of points between digits", text: most("1."), next: most("2.")},
		{name: "40,000 links to one long address", text: func() string {
			return strings.Repeat("See [a].\n\n", 40_000) + "[a]: https://e.example/" + strings.Repeat("a", 100_000) + "\n"
		}, says: "bytes of addresses"},
		{name: "3 MB of tags that do not end", text: most("x {{ "), next: most("y {{ ")},
		{name: "3 MB of letters with a point", text: most("A.\t"), next: most("B.\t")},
	}
}

// thai are words of a language that puts no space between them.
var thai = strings.Fields("เรา เก็บ รวบรวม ข้อมูล ส่วนบุคคล ของ ท่าน และ อาจ เปิดเผย แก่ บุคคล ภายนอก ภายใน ไม่ ต้อง วัน")

// drawn puts words in an order of that number, up to a size.
func drawn(order uint64, size int, words []string, between string) string {
	random := rand.New(rand.NewPCG(order, 0))
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(words[random.IntN(len(words))] + between)
	}
	return b.String()
}

// repeated repeats a text with its number in it.
func repeated(times int, format string) string {
	var b strings.Builder
	for i := range times {
		b.WriteString(strings.Replace(format, "%d", fmt.Sprint(i+1), 1))
	}
	return b.String()
}

// TestHostileTextsStayWithinTheirBounds runs the verbs on texts that were made to
// keep a machine busy, as a process that may take no more than 10 seconds of the
// processor and little memory. What is not read is named with its file and bound.
func TestHostileTextsStayWithinTheirBounds(t *testing.T) {
	kinds := small()
	if os.Getenv("CODICIL_LONG") != "" {
		kinds = append(kinds, large()...)
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			dir := t.TempDir()
			versioned := func(n int) string {
				text := kind.text
				if n == 2 && kind.next != nil {
					text = kind.next
				}
				if whole := text(); strings.HasPrefix(whole, "---\n") {
					return strings.Replace(whole, "---\n", fmt.Sprintf("---\nversion: %d\n", n), 1)
				}
				return fmt.Sprintf("---\nversion: %d\n---\n# Pets\n\nWe walk for %d days.\n\n%s", n, n, text())
			}
			publishIn(t, dir, "pets.md", "---\nversion: 0\n---\n# Pets\n\nWe walk.\n")
			publishIn(t, dir, "pets.md", versioned(1))
			for _, name := range []string{"pets.md", "pets.html"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(versioned(2)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			said := boundedRun(t, dir, "check")
			if kind.says != "" && !(strings.Contains(said, "pets.md:") && strings.Contains(said, kind.says)) {
				t.Errorf("check does not name the file and %q:\n%.2000s", kind.says, said)
			}
			if os.Getenv("CODICIL_LONG") == "" && kind.says != "" {
				return
			}
			for _, verb := range [][]string{{"list"}, {"log", "pets"}, {"assess", "pets"}, {"diff", "pets"}, {"verify"}, {"import", "pets.md", "-o", "other.txt"}, {"import", "pets.html", "-o", "another.txt"}, {"fix", "--numbering"}, {"build", "-q", "-d", "site"}} {
				boundedRun(t, dir, verb...)
			}
		})
	}
}

// manyKinds are histories of one policy, a commit each, as git fast-import reads them.
func manyKinds() map[string]func(i int) string {
	from := func(year, i int) string {
		return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/4).Format(time.DateOnly)
	}
	text := func(version int, effective string, minutes int) string {
		return fmt.Sprintf("---\nversion: %d\neffective_date: %s\n---\n# Pets\n\nWe walk it for %d minutes.\n", version, effective, minutes)
	}
	on := func(branch string, i int, parents, text string) string {
		return fmt.Sprintf("commit refs/heads/%s\nmark :%d\ncommitter A <a@example.com> %d +0000\ndata 1\nx\n%sM 644 inline pets.md\ndata %d\n%s\n",
			branch, i+1, 946684800+i*21601, parents, len(text), text)
	}
	return map[string]func(i int) string{
		"a label each":  func(i int) string { return on("main", i, "", text(i+1, from(2000, i), i)) },
		"all under one": func(i int) string { return on("main", i, "", text(1, from(2000, 0), i)) },
		"all announced": func(i int) string { return on("main", i, "", text(i+1, from(2100, i), i)) },
		"two by turns":  func(i int) string { return on("main", i, "", text(i%2+1, from(2000, 4*(i%2)), i%2)) },
		"a merge for each": func(i int) string { // of a side that nothing tells from the published line
			switch {
			case i == 0:
				return on("main", i, "", text(i+1, from(2000, i), i))
			case i%2 > 0:
				return on("side", i, fmt.Sprintf("from :%d\n", i), text(i+1, from(2000, i), i))
			}
			return on("main", i, fmt.Sprintf("from :%d\nmerge :%d\n", i-1, i), text(i+1, from(2000, i), i))
		},
	}
}

// TestManyVersionsStayWithinTheirBounds: 60 versions of one policy, or 20,000 with
// CODICIL_LONG, in every verb that reads them, within the bounds of one text.
func TestManyVersionsStayWithinTheirBounds(t *testing.T) {
	many := 60
	if os.Getenv("CODICIL_LONG") != "" {
		many = 20_000
	}
	for name, commit := range manyKinds() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var stream bytes.Buffer
			for i := range many {
				stream.WriteString(commit(i))
			}
			for _, args := range [][]string{{"init", "--quiet", "--initial-branch=main"}, {"fast-import", "--quiet"}, {"reset", "--quiet", "--hard"}} {
				cmd := exec.Command("git", args...)
				cmd.Dir = dir
				if args[0] == "fast-import" {
					cmd.Stdin = &stream
				}
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("git %v: %v\n%s", args, err, out)
				}
			}
			for _, verb := range [][]string{{"list"}, {"verify"}, {"verify", "--update"}, {"verify"}, {"check"}, {"show", "pets"}, {"diff", "pets"}, {"assess", "pets"}, {"log", "pets", "-q"}, {"notify", "pets"}, {"build", "-q", "-d", "site"}} {
				said := boundedRun(t, dir, verb...)
				bounded := name != "all under one" && name != "two by turns" && many > 1500 && (verb[0] == "check" || verb[0] == "build" || verb[0] == "list")
				if named := strings.Contains(said, "no more than 1500 of a policy"); bounded && !named {
					t.Errorf("%v does not name the bound of versions", verb)
				}
			}
		})
	}
}

// publishIn commits a file.
func publishIn(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "--quiet", "--initial-branch=main"}, {"add", name}, {"-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "publish"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
}

// boundedRun runs a verb within bounds, and returns what it said. It ends by itself,
// whatever it finds. Of the 3 GB of addresses the program takes 2 without a use.
func boundedRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	program, err := exec.LookPath("codicil")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", append([]string{"-c", `ulimit -v 3000000; ulimit -t 10; exec "$0" "$@"`, program}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, ".cache"), "GOMAXPROCS=2")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() < 0 || cmd.ProcessState.ExitCode() == 2 || strings.Contains(out.String(), "goroutine ") {
		t.Errorf("codicil %s: %v after %v of the processor\n%.2000s", strings.Join(args, " "), err, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), out.String())
	}
	return out.String()
}
