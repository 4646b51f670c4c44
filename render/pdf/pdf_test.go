package pdf

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/needs"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

// printer returns a printer, or skips where there is no browser, unless
// CODICIL_REQUIRE asks for it.
func printer(t *testing.T) *Printer {
	t.Helper()
	program, err := Find(os.Getenv)
	if err != nil {
		needs.Missing(t, "chromium", err.Error())
	}
	p, err := New(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// tool runs a program on a PDF file, or skips what asks for it.
func tool(t *testing.T, data []byte, program string, args ...string) string {
	t.Helper()
	needs.Program(t, program, "qpdf or poppler-utils")
	file := filepath.Join(t.TempDir(), "text.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.Replace(a, "FILE", file, 1)
	}
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", program, args, err, out)
	}
	return string(out)
}

const manyScripts = `# Терms of lending

## 1. Bikes {#bikes}

1.1 You return the bike within 14 days; see clause 2.

| What | Days |
|---|---|
| Bike | 14 |
| Helmet | 30 |

- one
- two

## 2. Έκπτωση {#fee}

The fee is 10⁶ euro[^1]. Πληρώνετε 25 ευρώ. Вы платите 25 евро.

تدفع 25 يورو خلال 14 يومًا.

עליך לשלם 25 אירו תוך 14 ימים.

您应在14天内支付25欧元。借りた自転車は14日以内に返却してください。

[^1]: Less 3 % for members.
`

func paper(t *testing.T, text string) *render.Paper {
	t.Helper()
	doc, err := policy.Parse("bikes.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	if err := render.DocumentHTMLShifted(&body, doc, 1); err != nil {
		t.Fatal(err)
	}
	return &render.Paper{
		Title: "Terms of lending", Lang: "en", Label: "Version 2.0 · effective 1 March 2027", Reference: "bikes@2.0",
		Digest: strings.Repeat("0f", 32), Address: "https://example.com/legal/bikes/2.0/", Publisher: `Wheels "and" Sons`,
		Published: time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC), Body: body.Bytes(),
	}
}

func TestSheetsTellWhatTheyAre(t *testing.T) {
	data, err := printer(t).Print(paper(t, manyScripts+strings.Repeat("\nWe lend bikes to everybody who asks.\n", 80)))
	if err != nil {
		t.Fatal(err)
	}
	info := tool(t, data, "pdfinfo", "FILE")
	for _, want := range []string{"Terms of lending", "Version 2.0", "bikes@2.0 sha256:0f0f", `Wheels "and" Sons`, "Tagged:          yes", "Sun Jan 10 09:00:00 2027"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
	text := tool(t, data, "pdftotext", "FILE", "-")
	for _, want := range []string{"within 14 days", "Έκπτωση", "Вы платите 25 евро", "ימים", "您应在14天内支付25欧元", "14日以内", "Less 3 %", "sha256 0f0f", "https://example.com/legal/bikes/2.0/", "2/4", "effective 1 March 2027"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	if check := tool(t, data, "qpdf", "--check", "FILE"); !strings.Contains(check, "No syntax or stream encoding errors") {
		t.Error(check)
	}
	for _, line := range strings.Split(tool(t, data, "pdffonts", "FILE"), "\n")[2:] {
		if fields := strings.Fields(line); len(fields) > 5 && fields[len(fields)-5] != "yes" {
			t.Errorf("a font is not embedded: %s", line)
		}
	}
}

func TestTheSameTextGivesTheSameBytes(t *testing.T) {
	p := printer(t)
	first, err := p.Print(paper(t, manyScripts))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := p.Print(paper(t, "# Other\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")); err != nil {
			t.Fatal(err)
		}
	}
	again, err := p.Print(paper(t, manyScripts))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Error("the same text gave other bytes")
	}
	other, err := printer(t).Print(paper(t, manyScripts))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, other) {
		t.Error("another browser gave other bytes")
	}
}

func TestARedlineIsReadAloud(t *testing.T) {
	before, after := "# Terms\n\nYou return the bike within 14 days.\n", "# Terms\n\nYou return the bike within 30 days.\n"
	docs := make([]*policy.Document, 2)
	for i, text := range []string{before, after} {
		doc, err := policy.Parse("bikes.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		docs[i] = doc
	}
	var body bytes.Buffer
	if err := render.RedlinePaper(&body, redline.Compare(docs[0], docs[1]), render.RedlineOptions{Lang: "en", Shift: 1}); err != nil {
		t.Fatal(err)
	}
	sheets := paper(t, "# Terms\n")
	sheets.Body = body.Bytes()
	data, err := printer(t).Print(sheets)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(tool(t, data, "pdftotext", "-raw", "FILE", "-")), " ")
	if !strings.Contains(text, "deleted: 14") || !strings.Contains(text, "inserted: 30") {
		t.Errorf("the words for those who listen are missing:\n%s", text)
	}
}

func TestAHostilePageLoadsNothing(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	sheets := paper(t, "# Terms\n")
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("the secret word"), 0o600); err != nil {
		t.Fatal(err)
	}
	sheets.Body = []byte(strings.ReplaceAll(`<img src="U/1"><link rel="stylesheet" href="U/2"><iframe src="U/3"></iframe><iframe src="file://`+secret+`"></iframe>
<script>document.body.append("ran")</script><style>@import "U/4"; body { background: url(U/5) } @font-face { font-family: x; src: url(U/6) } p { font-family: x }</style>
<link rel="preconnect" href="U"><link rel="prefetch" href="U/7"><object data="U/8"></object><meta http-equiv="refresh" content="0;url=U/9"><p>still here</p>`, "U", server.URL))
	data, err := printer(t).Print(sheets)
	if err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("the browser asked for something %d times", n)
	}
	text := tool(t, data, "pdftotext", "FILE", "-")
	if strings.Contains(text, "secret word") || strings.Contains(text, "ran\n") || !strings.Contains(text, "still here") {
		t.Errorf("the text is %q", text)
	}
}

func TestWordsInTheMarginsEndNothing(t *testing.T) {
	sheets := paper(t, "# Terms\n"+strings.Repeat("\nWe lend bikes.\n", 80))
	sheets.Title = `a"; } body { display: none } </style><script>\`
	data, err := printer(t).Print(sheets)
	if err != nil {
		t.Fatal(err)
	}
	text := tool(t, data, "pdftotext", "FILE", "-")
	if n := strings.Count(text, `display: none`); n < 2 {
		t.Errorf("the title stands on %d sheets:\n%s", n, text)
	}
	if !strings.Contains(text, "We lend bikes.") {
		t.Error("the text is gone")
	}
}

func TestAPrintEndsWithItsContext(t *testing.T) {
	program, err := Find(os.Getenv)
	if err != nil {
		needs.Missing(t, "chromium", err.Error())
	}
	ctx, cancel := context.WithCancel(t.Context())
	p, err := New(ctx, program)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	long := paper(t, "# Terms\n"+strings.Repeat("\nWe lend bikes.\n", 40_000))
	time.AfterFunc(2*time.Second, cancel)
	if _, err := p.Print(long); err == nil {
		t.Error("it printed on after its context had ended")
	}
	if _, err := p.Print(paper(t, "# Terms\n")); err == nil {
		t.Error("it began a print after its context had ended")
	}
}

func TestFindNamesWhatIsMissing(t *testing.T) {
	_, err := Find(func(name string) string {
		if name == Variable {
			return "/no/such/browser"
		}
		return ""
	})
	d, ok := err.(*policy.Diagnostic)
	if !ok || !strings.Contains(d.Message, "/no/such/browser") || !strings.Contains(d.Hint, "apt install chromium") {
		t.Errorf("error = %v", err)
	}
}
