package main

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/testscript"
)

// browse opens a page in headless Chromium and does with it what a person
// does: browse ADDRESS [STEP...]. A step is a selector, => and what to write
// into the field, + and a selector, to tick it, or a selector alone, to press it. Then $PAGE is the heading
// of the page that came, and nothing may have been complained of.
func browse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: browse ADDRESS [STEP...]")
	}
	program, err := exec.LookPath("chromium")
	ts.Check(err)
	profile, err := os.MkdirTemp("", "codicil-browse-test")
	ts.Check(err)
	defer os.RemoveAll(profile)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(ctx)
	defer cancel()
	ts.Check(chromedp.Do(ctx, chromedp.Navigate("about:blank"))) // the browser lives as long as the context of its first page
	ctx, end := context.WithTimeout(ctx, time.Minute)
	defer end()
	messages := chromedp.Console(ctx)
	// On a loaded machine the server may cut off a browser that it takes for a
	// slow client; a person then tries again.
	for range 3 {
		ts.Check(chromedp.Do(ctx, chromedp.Navigate(args[0])))
		for _, step := range args[1:] {
			takeStep(ts, ctx, step)
		}
		if !inPage[bool](ts, ctx, `location.protocol === "chrome-error:"`) {
			break
		}
	}
	ts.Setenv("PAGE", inPage[string](ts, ctx, `document.querySelector("h1").innerText`))
	inPage[bool](ts, ctx, `console.info("that is all"), true`)
	for m, err := range messages {
		ts.Check(err)
		if m.Text == "that is all" {
			break
		}
		if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException {
			ts.Fatalf("%s complains: %s", args[0], m.String())
		}
	}
}

// takeStep writes into a field, or presses a button and waits for what comes.
func takeStep(ts *testscript.TestScript, ctx context.Context, step string) {
	if selector, text, writes := strings.Cut(step, "=>"); writes {
		inPage[bool](ts, ctx, `document.querySelector("`+selector+`").value = "`+text+`", true`)
		return
	}
	if selector, ticks := strings.CutPrefix(step, "+"); ticks {
		inPage[bool](ts, ctx, `document.querySelector("`+selector+`").checked = true`)
		return
	}
	inPage[bool](ts, ctx, `window.left = true, setTimeout(() => document.querySelector("`+step+`").click()), true`)
	var err error
	for range 100 {
		// A page that is just being left does not answer: that is no fault of it.
		var arrived bool
		if arrived, err = chromedp.Run(ctx, chromedp.Evaluate[bool](`!window.left && document.readyState === "complete"`)); err == nil && arrived {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("nothing came of pressing %s (%v)", step, err)
}

func inPage[T any](ts *testscript.TestScript, ctx context.Context, expression string) T {
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		ts.Fatalf("%s: %v", expression, err)
	}
	return value
}
