package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/codicil/codicil"

// imports is a row of the table.
type imports struct {
	pkg     string
	ours    []string // packages of this module
	modules []string // third-party modules
}

// allowed says, for each package, what it may import. A third-party module is
// with one package only, but for golang.org/x/net and golang.org/x/text: their
// parts are modules of their own in all but name.
var allowed = []imports{
	{"policy", nil, []string{"github.com/goccy/go-yaml", "github.com/BurntSushi/toml", "github.com/yuin/goldmark", "golang.org/x/net", "golang.org/x/text"}},
	{"policy/expand", []string{"policy"}, nil},
	{"policy/history", []string{"policy", "policy/expand"}, []string{"github.com/go-git/go-git/v5", "github.com/go-git/go-billy/v5", "golang.org/x/crypto"}},
	{"policy/redline", []string{"policy"}, []string{"github.com/sergi/go-diff", "github.com/clipperhouse/uax29/v2"}},
	{"policy/materiality", []string{"policy", "policy/redline", "policy/materiality/lexicon"}, nil},
	{"policy/materiality/lexicon", nil, nil},
	{"policy/comparison", []string{"policy", "policy/redline", "policy/materiality"}, nil},
	{"policy/materiality/train", []string{"policy", "policy/redline", "policy/materiality"}, nil},
	{"policy/needs", nil, nil},
	{"policy/repair/numeral", nil, nil},
	{"policy/repair", []string{"policy", "policy/repair/numeral"}, nil},
	{"policy/repair/docx", []string{"policy", "policy/repair/numeral"}, nil},
	{"policy/merge", []string{"policy", "policy/redline", "policy/repair"}, nil},
	{"policy/repair/intake", []string{"policy", "policy/repair", "policy/repair/docx"}, nil},
	{"policy/reading", []string{"policy", "policy/redline", "policy/materiality"}, nil},
	{"policy/reading/ask", []string{"policy", "policy/config", "policy/reading"}, nil},
	{"policy/notice", []string{"policy", "policy/redline", "policy/materiality"}, nil},
	{"policy/review", []string{"policy/expand", "policy/reading", "policy/materiality/lexicon", "policy", "policy/comparison", "policy/redline", "policy/materiality", "policy/notice", "policy/repair"}, nil},
	{"policy/listing", []string{"policy", "policy/materiality", "policy/review"}, nil},
	{"policy/transparency", nil, []string{"golang.org/x/mod", "github.com/digitorus/timestamp", "github.com/digitorus/pkcs7"}},
	{"policy/integrity", []string{"policy", "policy/transparency"}, nil},
	{"policy/worktree", []string{"policy"}, nil},
	{"policy/config", []string{"policy", "policy/materiality", "policy/notice", "policy/review", "policy/transparency", "policy/worktree"}, nil},
	{"policy/starter", []string{"policy", "policy/config", "policy/worktree"}, nil},
	{"render", []string{"policy", "policy/redline"}, nil},
	{"render/email", []string{"policy", "policy/redline", "policy/notice"}, nil},
	{"render/terminal", nil, []string{"golang.org/x/term"}},
	{"render/markdown", []string{"policy", "render"}, nil},
	{"render/pdf", []string{"policy", "render"}, []string{"github.com/chromedp/chromedp", "github.com/chromedp/cdproto"}},
	{"render/docx", []string{"policy", "policy/redline"}, nil},
	{"render/counsel", []string{"policy", "policy/merge", "policy/redline", "policy/repair", "policy/repair/docx", "render", "render/docx"}, nil},
	{"render/report", []string{"policy", "policy/expand", "policy/redline", "policy/materiality", "policy/notice", "policy/reading", "policy/review", "render"}, nil},
	{"policy/workspace", []string{"policy", "policy/comparison", "policy/config", "policy/expand", "policy/history", "policy/integrity", "policy/materiality", "policy/notice", "policy/reading", "policy/redline", "policy/repair", "policy/review", "policy/transparency", "policy/worktree"}, nil},
	{"notify", []string{"policy", "policy/notice"}, []string{"golang.org/x/net"}},
	{"notify/email", []string{"policy", "policy/notice", "render/email", "notify"}, []string{"github.com/wneessen/go-mail", "github.com/emersion/go-msgauth"}},
	{"notify/ledger", []string{"notify"}, []string{"modernc.org/sqlite", "github.com/jackc/pgx/v5"}},
	{"notify/ledger/ledgertest", []string{"policy/needs"}, nil},
	{"notify/proof", []string{"policy", "policy/redline", "render", "notify", "notify/email", "notify/ledger", "render/terminal"}, nil},
	{"notify/channel", []string{"notify"}, nil},
	{"notify/mailing", []string{"notify/channel", "policy", "policy/config", "policy/materiality", "policy/notice", "policy/redline", "policy/review", "policy/worktree", "render", "render/email", "render/terminal", "notify", "notify/email", "notify/ledger", "notify/proof"}, nil},
	{"notify/subscribe", []string{"policy", "policy/notice", "notify"}, nil},
	{"site/tree", []string{"policy"}, []string{"github.com/gofrs/flock", "golang.org/x/sys"}},
	{"site", []string{"policy", "policy/integrity", "policy/transparency", "policy/comparison", "policy/redline", "policy/materiality", "policy/notice", "policy/repair", "render", "render/markdown", "site/tree"}, []string{"github.com/tdewolff/minify/v2", "golang.org/x/text"}},
	{"site/desk", []string{"policy", "policy/worktree", "policy/redline", "policy/materiality", "policy/notice", "policy/reading", "render", "render/email", "site"}, []string{"github.com/fsnotify/fsnotify"}},
	{"cmd/codicil", []string{
		"notify",
		"notify/email",
		"notify/ledger",
		"notify/mailing",
		"notify/proof",
		"notify/subscribe",
		"policy",
		"policy/comparison",
		"policy/config",
		"policy/history",
		"policy/integrity",
		"policy/listing",
		"policy/materiality",
		"policy/notice",
		"policy/reading",
		"policy/reading/ask",
		"policy/redline",
		"policy/repair",
		"policy/repair/docx",
		"policy/repair/intake",
		"policy/review",
		"policy/starter",
		"policy/transparency",
		"policy/workspace",
		"policy/worktree",
		"render",
		"render/counsel",
		"render/docx",
		"render/email",
		"render/pdf",
		"render/report",
		"render/terminal",
		"site",
		"site/desk",
	}, []string{"github.com/spf13/cobra"}},
}

func TestImportsFollowTheArrows(t *testing.T) {
	lines := goList(t, "{{.ImportPath}} {{join .Imports \" \"}}", "./...")
	standard := make(map[string]bool)
	for _, line := range goList(t, "{{.ImportPath}}", "std") {
		standard[line] = true
	}
	for _, line := range lines {
		fields := strings.Fields(line)
		pkg := strings.TrimPrefix(fields[0], module+"/")
		i := slices.IndexFunc(allowed, func(a imports) bool { return a.pkg == pkg })
		if i < 0 {
			t.Errorf("package %s is not in the table", pkg)
			continue
		}
		for _, imported := range fields[1:] {
			if own, ok := strings.CutPrefix(imported, module+"/"); ok {
				if !slices.Contains(allowed[i].ours, own) {
					t.Errorf("%s must not import %s", pkg, own)
				}
			} else if !standard[imported] && !within(imported, allowed[i].modules) {
				t.Errorf("%s must not import %s", pkg, imported)
			}
		}
	}
}

// within reports whether a package belongs to one of the modules.
func within(pkg string, modules []string) bool {
	return slices.ContainsFunc(modules, func(m string) bool {
		return pkg == m || strings.HasPrefix(pkg, m+"/")
	})
}

func goList(t *testing.T, format string, pattern string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", format, pattern)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pattern, err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
