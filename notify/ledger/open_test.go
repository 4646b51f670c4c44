package ledger

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

func TestLedgerGoesOnWhereItStopped(t *testing.T) {
	path := file(t)
	for _, o := range []Options{{}, {PowerSafe: true}} {
		l := opened(t, path, o)
		if _, err := l.Start(ctx, privacy(), each(people(2))); err != nil {
			t.Fatal(err)
		}
		mustMark(t, l, due(t, l, start)[0], accepted(start), time.Time{})
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Errorf("closing twice: %v", err)
		}
		if err := l.Mark(ctx, "privacy@2.0", notify.Delivery{}, accepted(start), time.Time{}); err == nil {
			t.Error("a closed ledger takes marks")
		}
	}
	l := opened(t, path, Options{})
	if c := counts(t, l); c.Accepted != 2 {
		t.Errorf("counts are %+v", c)
	}
	if c, err := l.Verify(ctx); c.Attempts != 2 || err != nil {
		t.Errorf("verify: %+v, %v", c, err)
	}
}

func TestKeyMustStayTheSame(t *testing.T) {
	path := file(t)
	for _, step := range []struct {
		key  string
		good bool
	}{{"first", true}, {"first", true}, {"second", false}, {"", false}} {
		l, err := Open(path, Options{Key: []byte(step.key)})
		if (err == nil) != step.good {
			t.Errorf("opened with key %q: %v", step.key, err)
		}
		if err == nil && string(l.Key()) != step.key {
			t.Errorf("the key is %q", l.Key())
		}
		if err == nil {
			_ = l.Close()
		}
	}
	own := file(t)
	first := opened(t, own, Options{})
	made := slices.Clone(first.Key())
	_ = first.Close()
	if _, err := Open(own, Options{Key: []byte("other")}); err == nil {
		t.Error("a ledger with a key of its own was opened with another")
	}
	if second := opened(t, own, Options{}); !slices.Equal(second.Key(), made) || len(made) != 32 {
		t.Error("the ledger's own key changed")
	}
}

func TestOnlyLedgersOfOursAreOpened(t *testing.T) {
	for name, prepare := range map[string]string{
		"another program":  "PRAGMA application_id = 7; CREATE TABLE x (y)",
		"a newer ledger":   fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = 99", applicationID),
		"a versioned file": "PRAGMA user_version = 1",
		"plain tables":     "CREATE TABLE x (y)",
	} {
		path := filepath.Join(t.TempDir(), "other.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(prepare); err != nil {
			t.Fatal(err)
		}
		_ = db.Close()
		before, _ := os.ReadFile(path)
		if _, err := Open(path, Options{}); err == nil {
			t.Errorf("the file of %s was opened", name)
		} else if name == "a newer ledger" && !strings.Contains(err.Error(), "newer codicil") {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(path); !slices.Equal(before, after) {
			t.Errorf("the file of %s was changed", name)
		}
	}
	path := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), "not a ledger") {
		t.Errorf("a text file: %v", err)
	}
}

// TestMain lets the test binary stand for a second process.
func TestMain(m *testing.M) {
	if path := os.Getenv("CODICIL_TEST_LEDGER"); path != "" {
		l, err := Open(path, Options{Send: true})
		if err != nil {
			fmt.Print(err)
			os.Exit(3)
		}
		fmt.Print("opened")
		_ = l.Close()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func second(t *testing.T, path string) (string, error) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "CODICIL_TEST_LEDGER="+path)
	out, err := c.Output()
	return string(out), err
}

func TestSecondProcessIsRefusedAndToldWhoHoldsTheLedger(t *testing.T) {
	path := file(t)
	l := opened(t, path, Options{Send: true})
	pid := "process " + strconv.Itoa(os.Getpid())
	if out, err := second(t, path); err == nil || !strings.Contains(out, pid) {
		t.Errorf("the second process says %q (%v), want %q", out, err, pid)
	}
	if _, err := Open(path, Options{Send: true}); err == nil || !strings.Contains(err.Error(), pid) {
		t.Errorf("opened twice in one process: %v", err)
	}
	if _, err := l.Start(ctx, privacy(), each(people(1))); err != nil {
		t.Errorf("the first is disturbed: %v", err)
	}
	// Who only reads, or takes people off, waits for nobody.
	other := opened(t, path, Options{})
	if _, err := other.Erase(ctx, other.Recipient("p0@example.org"), nil, start); err != nil {
		t.Errorf("erasing beside a sender: %v", err)
	}
	if c := counts(t, l); c.Suppressed != 1 {
		t.Errorf("the sender sees %+v", c)
	}
	_ = l.Close()
	if out, err := second(t, path); err != nil {
		t.Errorf("after closing: %q, %v", out, err)
	}
}
