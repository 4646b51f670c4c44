package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// A random history is a list of moves, each of them what an editor does or gets
// wrong. A move draws what it needs from a seed of its own, so that a history
// stays what it was when another move is taken out of it.

// move is one step of a random history.
type move struct {
	kind string
	seed uint64
}

func (m move) String() string { return fmt.Sprintf("%s(%d)", m.kind, m.seed) }

// sheet is a policy as an editor has it before them.
type sheet struct {
	head  map[string]string // of the front matter, as written
	body  []string
	fault string // what is wrong with the bytes; empty for nothing
}

func (t *sheet) clone() *sheet {
	return &sheet{maps.Clone(t.head), slices.Clone(t.body), t.fault}
}

// keys is the order of a front matter.
var keys = []string{"title", "id", "lang", "translation_of", "version", "effective_date", "status", "status_reason", "summary", "change", "draft", "aliases"}

// bytes writes the text down, with its fault.
func (t *sheet) bytes() string {
	var head strings.Builder
	for _, k := range keys {
		if v, found := t.head[k]; found {
			fmt.Fprintf(&head, "%s: %s\n", k, v)
		}
	}
	body := strings.Join(t.body, "\n\n") + "\n"
	opening, ending := "---\n", "---\n\n"
	front := head.String()
	switch t.fault {
	case "no opening":
		opening = ""
	case "a dash":
		opening = "—\n"
	case "no end":
		ending = "\n"
	case "a tab":
		front = "title:\n\tx: y\n" + front
	case "curly quotes":
		front = strings.ReplaceAll(front, `"`, "“")
	case "30 February":
		front = "effective_date: 2026-02-30\n" + strings.ReplaceAll(front, "effective_date", "date")
	case "a conflict in the head":
		front = "<<<<<<< HEAD\n" + front + "=======\ntitle: Other\n>>>>>>> side\n"
	case "a conflict in the text":
		body = "<<<<<<< HEAD\n" + body + "=======\nOther words.\n>>>>>>> side\n"
	case "no head":
		return body
	case "latin-1":
		body = "Caf\xe9.\n\n" + body
	case "utf-16":
		return "\xff\xfet\x00e\x00x\x00t\x00\n\x00"
	case "NUL":
		body = "a\x00b\n\n" + body
	case "no words":
		body = ""
	case "headings only":
		body = "# Rules\n"
	case "pointer":
		return "version https://git-lfs.github.com/spec/v1\noid sha256:" + strings.Repeat("4", 64) + "\nsize 12\n"
	case "CRLF":
		return strings.ReplaceAll(opening+front+ending+body, "\n", "\r\n")
	case "nothing":
		return ""
	}
	return opening + front + ending + body
}

var faultsOfBytes = []string{"no opening", "a dash", "no end", "a tab", "curly quotes", "30 February", "a conflict in the head", "a conflict in the text",
	"no head", "latin-1", "utf-16", "NUL", "no words", "headings only", "pointer", "CRLF", "nothing"}

// line is a branch: its texts and its commits.
type line struct {
	texts  map[string]*sheet
	config string
	other  map[string]string // files that are no policies
}

func (l *line) clone() *line {
	c := &line{map[string]*sheet{}, l.config, maps.Clone(l.other)}
	for path, t := range l.texts {
		c.texts[path] = t.clone()
	}
	return c
}

// files is the tree of a line.
func (l *line) files() map[string]string {
	files := maps.Clone(l.other)
	for path, t := range l.texts {
		files[path] = t.bytes()
	}
	if l.config != "" {
		files["codicil.yaml"] = l.config
	}
	return files
}

// pick returns the path of one of the texts.
func (l *line) pick(r *rand.Rand) string {
	paths := slices.Sorted(maps.Keys(l.texts))
	if len(paths) == 0 {
		return ""
	}
	return paths[r.IntN(len(paths))]
}

func body(r *rand.Rand) []string {
	return []string{
		"# Rules of the library", "## 1. Fees", fmt.Sprintf("You pay %d euros a month.", 3+r.IntN(90)),
		"## 2. Letters", fmt.Sprintf("We keep your letters for %d days, and nobody else reads them.", 10+r.IntN(90)),
		"## 3. Leaving", "You may leave at any time, and we erase what we hold about you.",
	}
}

func newSheet(r *rand.Rand, day time.Time) *sheet {
	t := &sheet{head: map[string]string{"title": "Rules"}, body: body(r)}
	switch r.IntN(5) {
	case 0: // no label at all
	case 1:
		t.head["effective_date"] = date(day, r.IntN(40)-5)
	default:
		t.head["version"], t.head["effective_date"] = `"1.0"`, date(day, r.IntN(40)-5)
	}
	return t
}

func date(day time.Time, days int) string { return day.AddDate(0, 0, days).Format(time.DateOnly) }

// moves are the kinds of moves on one text, by name.
var moves = map[string]func(t *sheet, r *rand.Rand, day time.Time){
	"new version": func(t *sheet, r *rand.Rand, day time.Time) {
		t.fault = ""
		t.head["version"] = fmt.Sprintf(`"%d.%d"`, 2+r.IntN(3), r.IntN(3))
		t.head["effective_date"] = date(day, r.IntN(80)-10)
		t.head["summary"] = fmt.Sprintf("The fees change, see clause %d.", r.IntN(9))
		delete(t.head, "status")
		t.body = body(r)
	},
	"other words": func(t *sheet, r *rand.Rand, _ time.Time) { t.body = body(r) },
	"other day":   func(t *sheet, r *rand.Rand, day time.Time) { t.head["effective_date"] = date(day, r.IntN(90)-20) },
	"two days": func(t *sheet, r *rand.Rand, day time.Time) {
		t.head["effective_date"] = "{new: " + date(day, r.IntN(30)) + ", existing: " + date(day, 30+r.IntN(30)) + "}"
	},
	"label only": func(t *sheet, r *rand.Rand, _ time.Time) {
		t.head["version"] = fmt.Sprintf(`"%d.%d"`, r.IntN(4), r.IntN(3))
	},
	"label gone":    func(t *sheet, r *rand.Rand, _ time.Time) { delete(t.head, "version"); delete(t.head, "effective_date") },
	"date gone":     func(t *sheet, _ *rand.Rand, _ time.Time) { delete(t.head, "effective_date") },
	"cancelled":     func(t *sheet, r *rand.Rand, _ time.Time) { t.head["status"] = "cancelled" },
	"withdrawn":     func(t *sheet, r *rand.Rand, _ time.Time) { t.head["status"] = "withdrawn" },
	"stands again":  func(t *sheet, _ *rand.Rand, _ time.Time) { delete(t.head, "status"); t.fault = "" },
	"draft":         func(t *sheet, _ *rand.Rand, _ time.Time) { t.head["draft"] = "true" },
	"draft no more": func(t *sheet, _ *rand.Rand, _ time.Time) { delete(t.head, "draft") },
	"declared": func(t *sheet, r *rand.Rand, _ time.Time) {
		t.head["change"] = []string{"editorial", "major", "nonsense"}[r.IntN(3)]
	},
	"new id": func(t *sheet, r *rand.Rand, _ time.Time) {
		t.head["id"] = []string{"rules", "terms", "index", "api", "Übersicht"}[r.IntN(5)]
	},
	"broken": func(t *sheet, r *rand.Rand, _ time.Time) { t.fault = faultsOfBytes[r.IntN(len(faultsOfBytes))] },
	"mended": func(t *sheet, _ *rand.Rand, _ time.Time) { t.fault = "" },
}

// shifts are the kinds of moves on a line, by name: those that need more than
// one text.
var shifts = map[string]func(l *line, r *rand.Rand, day time.Time){
	"new policy": func(l *line, r *rand.Rand, day time.Time) {
		l.texts[[]string{"terms.md", "legal/privacy.md", "de/rules.md", "rules.de.md", "archive/old.md", "notes/index.md"}[r.IntN(6)]] = newSheet(r, day)
	},
	"translation": func(l *line, r *rand.Rand, day time.Time) {
		if path := l.pick(r); path != "" {
			t := l.texts[path].clone()
			t.head["lang"] = "fr"
			if r.IntN(2) == 0 {
				t.head["translation_of"] = "rules"
			}
			if r.IntN(3) == 0 {
				t.head["version"] = `"7"`
			}
			l.texts["fr/"+path[strings.LastIndexByte(path, '/')+1:]] = t
		}
	},
	"copy": func(l *line, r *rand.Rand, _ time.Time) {
		if path := l.pick(r); path != "" {
			l.texts["copy/"+path[strings.LastIndexByte(path, '/')+1:]] = l.texts[path].clone()
		}
	},
	"deleted": func(l *line, r *rand.Rand, _ time.Time) { delete(l.texts, l.pick(r)) },
	"moved": func(l *line, r *rand.Rand, _ time.Time) {
		path := l.pick(r)
		if path == "" {
			return
		}
		t := l.texts[path]
		delete(l.texts, path)
		id := strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".md")
		switch r.IntN(4) {
		case 0:
			t.head["aliases"] = "[" + id + "]"
		case 1:
			t.head["id"] = id
		case 2:
			l.other["moved/text.txt"] = t.bytes()
			return
		}
		l.texts[[]string{"moved.md", "deep/er/rules.md", "drafts/rules.md", "archive/rules.md"}[r.IntN(4)]] = t
	},
	"configured": func(l *line, r *rand.Rand, _ time.Time) {
		l.config = []string{"", "strict: true\n", "policies: [\"*.md\"]\n", "policies: [\"legal/**\"]\n", "policies: [\"nothing/*.md\"]\n",
			"versions: label\n", "versions: commit\n", "withdrawn: [rules/]\n", "policies: oops: [\n"}[r.IntN(9)]
	},
	"other file": func(l *line, r *rand.Rand, _ time.Time) { l.other["README.txt"] = fmt.Sprint(r.Uint64()) },
}

// randomMoves draws a history.
func randomMoves(seed uint64) []move {
	r := rand.New(rand.NewPCG(seed, 20))
	kinds := append(slices.Sorted(maps.Keys(moves)), slices.Sorted(maps.Keys(shifts))...)
	kinds = append(kinds, "fork", "fork", "pull", "pull", "merge", "merge", "back to an older state", "back to an older state", "clock ahead", "clock behind", "pinned", "pinned", "pinned")
	list := []move{{"new policy", r.Uint64()}}
	for range 2 + r.IntN(5) {
		kind := kinds[r.IntN(len(kinds))]
		if r.IntN(4) == 0 {
			kind = "new version" // what makes the others matter
		}
		list = append(list, move{kind, r.Uint64()})
	}
	return list
}
