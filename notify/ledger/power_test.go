package ledger

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

// TestPowerLossForgetsTheLastMarksAndNothingElse cuts the write-ahead log where
// a power failure could: behind any octet, since what was not synchronised may
// be on the disk in part. Whatever is left must be a ledger that holds a first
// part of the marks; the people whose marks are gone are due again, and nobody
// is lost.
func TestPowerLossForgetsTheLastMarksAndNothingElse(t *testing.T) {
	const n = 40
	path := file(t)
	l := opened(t, path, Options{PowerSafe: true})
	if _, err := l.Start(ctx, privacy(), each(people(n))); err != nil {
		t.Fatal(err)
	}
	sizes := []int64{size(t, path+"-wal")} // of the log when a mark had been committed
	for _, d := range due(t, l, start) {
		mustMark(t, l, d, accepted(start), time.Time{})
		sizes = append(sizes, size(t, path+"-wal"))
	}
	whole, wal := read(t, path), read(t, path+"-wal")
	random := rand.New(rand.NewPCG(1, 2))
	for range 25 {
		cut := sizes[0] + random.Int64N(int64(len(wal))-sizes[0]+1)
		committed := 0
		for committed < n && sizes[committed+1] <= cut {
			committed++
		}
		after := filepath.Join(t.TempDir(), "ledger.db")
		write(t, after, whole)
		write(t, after+"-wal", wal[:cut])
		left, err := Open(after, Options{})
		if err != nil {
			t.Fatalf("cut behind %d of %d octets: %v", cut, len(wal), err)
		}
		c, err := left.Verify(ctx)
		if got := counts(t, left); err != nil || int(c.Attempts) != committed || got != (notify.Counts{Due: n - committed, Accepted: committed}) {
			t.Errorf("cut behind %d octets, after %d marks: %+v, %+v, %v", cut, committed, c, got, err)
		}
		_ = left.Close()
	}
}

// TestPowerSafeWaitsForTheDisk asks the engine what it does at a commit: with
// FULL, the log is synchronised before Mark returns.
func TestPowerSafeWaitsForTheDisk(t *testing.T) {
	for safe, want := range map[bool]int{false: 1, true: 2} {
		l := opened(t, file(t), Options{PowerSafe: safe})
		var synchronous int
		var journal string
		if err := l.db.QueryRow("SELECT s.synchronous, j.journal_mode FROM pragma_synchronous AS s, pragma_journal_mode AS j").Scan(&synchronous, &journal); err != nil || synchronous != want || journal != "wal" {
			t.Errorf("power safe %v: synchronous is %d, the journal %s, %v", safe, synchronous, journal, err)
		}
	}
}

func size(t *testing.T, name string) int64 {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(fmt.Errorf("write the copy: %w", err))
	}
}
