package intake

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

// Dated is one text of a folder, with its day.
type Dated struct {
	Text
	File string
	Day  policy.Date
}

// ID makes the id of the policy that is kept in a file.
func ID(file string) string {
	return IDFrom(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
}

// IDFrom makes an id of the name of a file or folder.
func IDFrom(name string) string {
	return cmp.Or(policy.IDFrom(name), "policy")
}

// dayInName finds a day in the name of a file: 2023-04-22, 2023_04_22 or 20230422.
var dayInName = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})[-_.]?([0-9]{2})[-_.]?([0-9]{2})(?:[^0-9]|$)`)

// Folder lists the texts of a folder, the oldest first. A text without a
// day, and two of one day, are faults: their order would be a guess.
func Folder(dir string) ([]Dated, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read the texts: %w", err)
	}
	var texts []Dated
	for _, entry := range entries {
		if entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		m := dayInName.FindStringSubmatch(entry.Name())
		if m == nil {
			return nil, policy.Hinted(fmt.Errorf("%s has no day in its name", filepath.Join(dir, entry.Name())), "name it by the day on which it took effect, such as 2023-04-22.docx")
		}
		day, err := policy.ParseDate(strings.Join(m[1:], "-"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, entry.Name()), err)
		}
		texts = append(texts, Dated{File: filepath.Join(dir, entry.Name()), Day: day})
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("there is no text in %s", dir)
	}
	slices.SortFunc(texts, func(x, y Dated) int { return x.Day.Compare(y.Day) })
	for i := range texts[1:] {
		if texts[i].Day == texts[i+1].Day {
			return nil, policy.Hinted(fmt.Errorf("%s and %s are of one day", texts[i].File, texts[i+1].File), "keep one of them, or give one another day")
		}
	}
	return texts, nil
}

// Take makes of a text what was read of it, with id, label and date stated. Label
// and date are no doubt any more: the name of the file says them.
func (d *Dated) Take(read *Text, id string) {
	d.Text = *read
	d.Markdown = withFacts(read.Markdown, id, d.Day)
	d.Repairs = slices.DeleteFunc(d.Repairs, func(r repair.Repair) bool { return r.Open() && r.Rule == "front-matter" })
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

// Commits writes one commit a text as git fast-import reads them. The one who
// imports is author and committer: who wrote an old text is not known.
func Commits(texts []Dated, target, branch, head, who string) *bytes.Buffer {
	var b bytes.Buffer
	name := who[:strings.LastIndexByte(who, '>')+1]
	for i, t := range texts {
		message := fmt.Sprintf("Publish the text of %s\n\nTaken from %s.\n", t.Day, filepath.Base(t.File))
		fmt.Fprintf(&b, "commit refs/heads/%s\n", branch)
		fmt.Fprintf(&b, "author %s %d +0000\n", name, t.Day.Time().Unix()+12*60*60)
		fmt.Fprintf(&b, "committer %s\n", who)
		fmt.Fprintf(&b, "data %d\n%s\n", len(message), message)
		if i == 0 && head != "" {
			fmt.Fprintf(&b, "from %s\n", head)
		}
		fmt.Fprintf(&b, "M 100644 inline %q\ndata %d\n%s\n", target, len(t.Markdown), t.Markdown)
	}
	b.WriteString("done\n")
	return &b
}
