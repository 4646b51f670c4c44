// Package pdf prints the sheets of package render with a browser: tagged for
// screen readers, with bookmarks from the headings, and with the fonts of the
// system, shaped as every script asks for. No library in Go does the shaping of
// Arabic or Indic letters together with the tags, so the means is Chromium.
//
// The browser is given one page without script and may load nothing. What it
// writes is then settled: times, identity and names are those of the text, so
// that the same text gives the same bytes with the same browser and fonts.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// Variable names the environment variable with the path of the browser.
const Variable = "CODICIL_CHROMIUM"

// What a print may take.
const (
	longest     = 5 * time.Minute // for one text
	largest     = 32 << 20        // bytes of its page
	largestFile = 512 << 20       // bytes of the file
	atOnce      = 2               // texts
	oldest      = 131             // version of Chromium that prints the margins
)

// Printer prints with a browser of its own, which starts with the first text.
type Printer struct {
	program string
	version string
	ctx     context.Context
	browser context.Context // of the running browser
	stop    context.CancelFunc
	start   sync.Once
	failed  error
	slots   chan struct{}
}

// Find returns the browser to print with: that of the environment variable, else
// the first in the path. A fault comes back as a *policy.Diagnostic.
func Find(getenv func(string) string) (string, error) {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"}
	message := "there is no Chromium on this machine, which PDF files are printed with"
	if named := getenv(Variable); named != "" {
		names, message = []string{named}, Variable+" names "+named+", which is no program"
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fault(message, "install Chromium or Chrome (Debian: apt install chromium fonts-noto fonts-noto-cjk), or name its program in "+Variable)
}

func fault(message, hint string) *policy.Diagnostic {
	return &policy.Diagnostic{Level: policy.Error, Message: message, Hint: hint}
}

// New returns a printer that works until ctx ends or it is closed. It asks the
// browser for its version, and starts it only with the first text.
func New(ctx context.Context, program string) (*Printer, error) {
	asking, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	out, err := exec.CommandContext(asking, program, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("ask %s for its version: %w", program, err)
	}
	version := regexp.MustCompile(`(\d+)(\.\d+)+`).FindStringSubmatch(string(out))
	if version == nil {
		return nil, fault(program+" does not say which Chromium it is", "name another program in "+Variable)
	}
	if major, _ := strconv.Atoi(version[1]); major < oldest {
		return nil, fault(fmt.Sprintf("%s is Chromium %s, which does not print what stands in the margins", program, version[0]), fmt.Sprintf("install version %d or later", oldest))
	}
	return &Printer{program: program, version: version[0], ctx: ctx, slots: make(chan struct{}, atOnce)}, nil
}

// Name says what prints, as another version writes other bytes.
func (p *Printer) Name() string { return "Chromium " + p.version }

// Close ends the browser and removes what it has left.
func (p *Printer) Close() {
	if p.stop != nil {
		p.stop()
	}
}

// Print returns the sheets as a PDF file. It may be called concurrently.
func (p *Printer) Print(paper *render.Paper) ([]byte, error) {
	var html bytes.Buffer
	if err := errors.Join(p.ctx.Err(), paper.HTML(&html)); err != nil {
		return nil, err
	}
	if html.Len() > largest {
		return nil, fault(fmt.Sprintf("%s is too long for a PDF file: its page has %d MB, and %d are the most", paper.Reference, html.Len()>>20, largest>>20), "print it from its page")
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-p.ctx.Done():
		return nil, context.Cause(p.ctx)
	}
	data, err := p.print(html.String())
	if err != nil {
		return nil, fmt.Errorf("print %s: %w", paper.Reference, err)
	}
	settled, err := settle(data, paper)
	if err != nil {
		return nil, fmt.Errorf("print %s: what %s wrote: %w", paper.Reference, p.Name(), err)
	}
	return settled, nil
}

// begin starts the browser. It has a folder of its own, which goes with it, no
// script, no network, and no words of the person that runs it.
func (p *Printer) begin() {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(p.program), chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("proxy-server", "127.0.0.1:9"), // nobody listens there
		chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("lang", "en-US"))
	if os.Getenv("TZ") == "" {
		options = append(options, chromedp.Env("TZ=UTC"))
	}
	allocated, end := chromedp.NewExecAllocator(p.ctx, options...)
	quiet := func(string, ...any) {} // what matters comes back as an error
	browser, stop := chromedp.NewContext(allocated, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	p.stop = sync.OnceFunc(func() { stop(); end() })
	if p.failed = chromedp.Do(browser); p.failed != nil {
		p.failed = fmt.Errorf("start %s: %w", p.program, p.failed)
		return
	}
	p.browser = browser
}

func (p *Printer) print(html string) ([]byte, error) {
	if p.start.Do(p.begin); p.failed != nil {
		return nil, p.failed
	}
	tab, stop := chromedp.NewContext(p.browser)
	defer stop()
	tab, cancel := context.WithTimeoutCause(tab, longest, fmt.Errorf("it took more than %s", longest))
	defer cancel()
	data, err := chromedp.Run(tab, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			return nil, err
		}
		tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return nil, err
		}
		set := page.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: html}
		if _, err := chromedp.Call(ctx, page.SetDocumentContent, set); err != nil {
			return nil, err
		}
		return chromedp.PrintToPDF(chromedp.PDFOutlineAndTagged(), chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFStream())(ctx, t)
	})
	if err != nil && tab.Err() != nil {
		return nil, context.Cause(tab)
	}
	if len(data) > largestFile {
		return nil, fmt.Errorf("it has %d MB, and %d are the most", len(data)>>20, largestFile>>20)
	}
	return data, err
}

// pdfText writes words as a text string of a PDF file: UTF-16 in hexadecimal.
func pdfText(words string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, r := range words {
		if r > 0xFFFF {
			r -= 0x10000
			fmt.Fprintf(&b, "%04X%04X", 0xD800+r>>10, 0xDC00+r&0x3FF)
			continue
		}
		fmt.Fprintf(&b, "%04X", r)
	}
	b.WriteString(">")
	return b.String()
}
