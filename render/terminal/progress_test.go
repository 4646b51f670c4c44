package terminal

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// told returns what progress says of a step of 200 pages, one in 10 ms.
func told(columns int, quiet bool) string {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &Progress{W: &out, Width: columns, Quiet: quiet, Now: func() time.Time { return now }, begun: now}
	for i := 1; i <= 200; i++ {
		now = now.Add(10 * time.Millisecond)
		p.Step("pages", i, 200)
	}
	p.Done()
	return out.String()
}

func TestProgressIsABarOnATerminal(t *testing.T) {
	t.Parallel()
	out := told(60, false)
	frames := strings.Split(out, "\r\x1b[K")
	if len(frames) > 20 {
		t.Errorf("the bar was drawn %d times in two seconds", len(frames))
	}
	if first := frames[1]; !strings.HasPrefix(first, "[#########") || !strings.HasSuffix(first, "  25 % pages 50/200") {
		t.Errorf("the first bar, after half a second, is %q", first)
	}
	if last := frames[len(frames)-2]; strings.Contains(last, ".") || !strings.HasSuffix(last, " 100 % pages 200/200") {
		t.Errorf("the last bar is %q", last)
	}
	if frames[len(frames)-1] != "" {
		t.Error("the bar was not taken away")
	}
	for _, f := range frames {
		if len(f) > 60 {
			t.Errorf("%q is wider than the terminal", f)
		}
	}
}

func TestProgressWithoutRoomForABarIsItsWords(t *testing.T) {
	t.Parallel()
	if out := told(22, false); strings.Contains(out, "#") || !strings.Contains(out, " 100 % pages 200/200") {
		t.Errorf("on 22 columns: %q", out)
	}
}

func TestProgressIsOneLineAStepElsewhere(t *testing.T) {
	t.Parallel()
	if out := told(0, false); out != "pages: 200\n" {
		t.Errorf("got %q", out)
	}
}

func TestProgressSaysNothingWhereQuietIsWanted(t *testing.T) {
	t.Parallel()
	for _, columns := range []int{0, 80} {
		if out := told(columns, true); out != "" {
			t.Errorf("on %d columns: %q", columns, out)
		}
	}
}
