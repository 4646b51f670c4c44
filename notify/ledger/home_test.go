package ledger

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/codicil/codicil/notify"
)

// sentFrom opens a ledger to send from it, notes its end down and closes it.
func sentFrom(path string, o Options) error {
	o.Send = true
	l, err := Open(path, o)
	if err != nil {
		return err
	}
	if _, err := l.Note(ctx); err != nil {
		return err
	}
	return l.Close()
}

func copied(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestACopyMustBeClaimedBeforeItSends(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := sentFrom(path, Options{}); err != nil {
		t.Fatal(err)
	}
	twin := filepath.Join(t.TempDir(), "ledger.db")
	copied(t, path, twin)
	if err := sentFrom(twin, Options{}); !errors.Is(err, ErrCopied) {
		t.Errorf("sending from a copy: %v", err)
	}
	opened(t, twin, Options{}) // reading it is free
	for range 2 {
		if err := sentFrom(twin, Options{Claim: true}); err != nil {
			t.Errorf("a copy that was claimed: %v", err)
		}
	}
	if err := sentFrom(twin, Options{}); err != nil {
		t.Errorf("once claimed, it stays so: %v", err)
	}
	moved := filepath.Join(filepath.Dir(path), "moved.db")
	if err := os.Rename(path, moved); err != nil {
		t.Fatal(err)
	}
	if err := sentFrom(moved, Options{}); err != nil {
		t.Errorf("a ledger that was only renamed: %v", err)
	}
}

func TestALedgerPutBackFromABackupMustBeClaimed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	backup := path + ".backup"
	if err := sentFrom(path, Options{}); err != nil {
		t.Fatal(err)
	}
	copied(t, path, backup)
	l := opened(t, path, Options{Send: true})
	if _, err := l.Start(ctx, privacy(), each(people(2))); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Note(ctx); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	copied(t, backup, path) // over the same file
	if err := sentFrom(path, Options{}); !errors.Is(err, ErrCopied) {
		t.Errorf("what was sent since the backup would be sent again: %v", err)
	}
	if err := sentFrom(path, Options{Claim: true}); err != nil {
		t.Error(err)
	}
}

func TestAnArchivedLedgerIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	l := opened(t, path, Options{})
	if _, err := l.Start(ctx, privacy(), each(people(2))); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	archive := opened(t, path, Options{ReadOnly: true})
	p, err := archive.Proof(ctx, "privacy@2.0", true)
	if err != nil || p.Counts.Due != 2 {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := archive.Suppress(ctx, notify.Suppression{Recipient: []byte("x"), Time: start}); err == nil {
		t.Error("an archived ledger was written")
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("reading has left files: %v", entries)
	}
}
