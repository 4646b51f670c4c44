package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// progress tells people how far long work has come: a bar on a terminal, a
// line a step elsewhere, nothing when they want quiet.
type progress struct {
	w        io.Writer
	columns  int // 0 when w is no terminal
	quiet    bool
	now      func() time.Time
	begun    time.Time
	drawn    time.Time
	stepName string
}

func (a *app) progress() *progress {
	columns, _ := terminal(a.stderr)
	return &progress{w: bare(a.stderr), columns: columns, quiet: a.quiet || a.json, now: a.now, begun: a.now()}
}

// The bar waits before it shows itself, and does not flicker.
const (
	barDelay = 500 * time.Millisecond
	barPause = 100 * time.Millisecond
)

// step tells how much of a step is done.
func (p *progress) step(name string, done, total int) {
	if p.quiet {
		return
	}
	if p.columns == 0 {
		if name != p.stepName {
			fmt.Fprintf(p.w, "%s: %d\n", name, total)
		}
		p.stepName = name
		return
	}
	now := p.now()
	if now.Sub(p.begun) < barDelay || now.Sub(p.drawn) < barPause && done < total {
		return
	}
	p.drawn = now
	fmt.Fprintf(p.w, "\r\x1b[K%s", bar(name, done, total, p.columns))
}

// done takes the bar away.
func (p *progress) done() {
	if !p.quiet && p.columns > 0 && !p.drawn.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// bar draws one line: [#####.....] 51 % pages 1024/2000.
func bar(name string, done, total, columns int) string {
	if total <= 0 {
		return name
	}
	label := fmt.Sprintf(" %3d %% %s %d/%d", 100*done/total, name, done, total)
	room := min(40, columns-len(label)-3)
	if room < 5 {
		return label
	}
	full := room * done / total
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", room-full) + "]" + label
}
