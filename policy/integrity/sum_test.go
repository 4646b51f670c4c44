package integrity

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy/transparency"
)

func somePins(n int) []Pin {
	pins := make([]Pin, n)
	for i := range pins {
		pins[i] = Pin{
			Ref: fmt.Sprintf("rules@%d", i), SHA256: strings.Repeat(fmt.Sprint(i%10), 64), Effective: "2026-03-01", Commit: fmt.Sprintf("%040x", i), Announced: "2026-02-01", Line: i + 3,
		}
	}
	return pins
}

func entriesOf(pins []Pin) []string {
	list := make([]string, len(pins))
	for i, pin := range pins {
		list[i] = pin.String()
	}
	return list
}

// checkerOf compares the pins, as they are now, with what was kept before.
func checkerOf(t interface{ Fatal(...any) }, now []Pin) *Checker {
	l, err := LogOf(now)
	if err != nil {
		t.Fatal(err)
	}
	return &Checker{Pins: now, File: SumName, Log: &Log{Tree: l}}
}

// TestEveryRewritingIsFoundAndNamed makes any one change to any log, and compares
// it with the checkpoint and the lines of before.
func TestEveryRewritingIsFoundAndNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := somePins(rapid.IntRange(2, 40).Draw(t, "entries"))
		l, err := LogOf(before)
		if err != nil {
			t.Fatal(err)
		}
		cp, err := transparency.NewCheckpoint("legal.example/log", l, l.Size())
		if err != nil {
			t.Fatal(err)
		}
		now := slices.Clone(before)
		at := rapid.IntRange(0, len(now)-1).Draw(t, "at")
		ref := now[at].Ref
		switch rapid.SampledFrom([]string{"text", "day", "commit", "published", "dropped", "swapped", "put in", "grown"}).Draw(t, "rewriting") {
		case "text":
			now[at].SHA256 = strings.Repeat("f", 64)
		case "day":
			now[at].Effective = "2027-01-01"
		case "commit":
			now[at].Commit = strings.Repeat("f", 40)
		case "published":
			now[at].Announced = "2025-01-01"
		case "dropped":
			now = slices.Delete(now, at, at+1)
		case "swapped":
			other := (at + 1) % len(now)
			now[at], now[other] = now[other], now[at]
		case "put in":
			ref = "rules@between"
			now = slices.Insert(now, at, Pin{Ref: ref, SHA256: "0", Effective: "2026-03-01", Commit: "1", Announced: "2026-02-01"})
		case "grown":
			now, ref = append(now, Pin{Ref: "rules@new", SHA256: "0", Effective: "2026-03-01", Commit: "1", Announced: "2026-02-01"}), ""
		}
		c := checkerOf(t, now)
		found, err := c.Holds([]Kept{{Name: "kept", Checkpoint: cp}, {Name: "lines", Entries: entriesOf(before)}}, transparency.Keys{})
		if err != nil {
			t.Fatal(err)
		}
		named := false
		for _, d := range found {
			named = named || strings.Contains(d.Message, " "+ref+",")
		}
		if ref == "" && len(found) > 0 || ref != "" && !named {
			t.Errorf("%s: found %v", ref, found)
		}
		alone, err := c.Holds([]Kept{{Name: "kept", Checkpoint: cp}}, transparency.Keys{})
		if err != nil || (ref == "") != (len(alone) == 0) {
			t.Errorf("by the checkpoint alone: %v, %v", alone, err)
		}
	})
}

// FuzzSum: whatever is in the file, what is read of it and added to it is read
// again, and what was there stays byte for byte.
func FuzzSum(f *testing.F) {
	f.Add([]byte("# c\nrules@1 abc 2026-01-01 def\nrules@2 abc 2026-01-01 def 2026-01-01\n"))
	f.Add([]byte("rules@1 a b c"))
	f.Fuzz(func(t *testing.T, src []byte) {
		pins, err := ParseSum(SumName, src)
		if err != nil {
			return
		}
		more := Pin{Ref: "rules@one-more-that-is-new", SHA256: "a", Effective: "b", Commit: "c", Announced: "d"}
		grown := AppendSum(src, []Pin{more})
		again, err := ParseSum(SumName, grown)
		if err != nil || len(again) != len(pins)+1 || !bytes.HasPrefix(grown, src) {
			t.Fatalf("%q: %d pins, then %d (%v)", src, len(pins), len(again), err)
		}
		for i := range pins {
			if again[i].String() != pins[i].String() {
				t.Errorf("%q: pin %d reads %q, then %q", src, i, pins[i], again[i])
			}
		}
	})
}
