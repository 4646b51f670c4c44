package terminal

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Progress tells people how far long work has come: a bar on a terminal, a
// line a step elsewhere, nothing when they want quiet.
type Progress struct {
	W        io.Writer
	Width    int // 0 when w is no terminal
	Quiet    bool
	Now      func() time.Time
	begun    time.Time
	drawn    time.Time
	stepName string
}

// The bar waits before it shows itself, and does not flicker.
const (
	barDelay = 500 * time.Millisecond
	barPause = 100 * time.Millisecond
)

// Step tells how much of a step is done.
func (p *Progress) Step(name string, done, total int) {
	if p.Quiet {
		return
	}
	if p.Width == 0 {
		if name != p.stepName {
			fmt.Fprintf(p.W, "%s: %d\n", name, total)
		}
		p.stepName = name
		return
	}
	now := p.Now()
	if now.Sub(p.begun) < barDelay || now.Sub(p.drawn) < barPause && done < total {
		return
	}
	p.drawn = now
	fmt.Fprintf(p.W, "\r\x1b[K%s", bar(name, done, total, p.Width))
}

// Done takes the bar away.
func (p *Progress) Done() {
	if !p.Quiet && p.Width > 0 && !p.drawn.IsZero() {
		fmt.Fprint(p.W, "\r\x1b[K")
	}
}

// NewProgress begins long work that is told on w.
func NewProgress(w io.Writer, quiet bool, now func() time.Time) *Progress {
	width, _ := Size(w)
	return &Progress{W: Bare(w), Width: width, Quiet: quiet, Now: now, begun: now()}
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
