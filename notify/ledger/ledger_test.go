package ledger

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

var (
	ctx   = context.Background()
	start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
)

// file names a ledger that does not exist yet: a file, or a database while the
// tests of PostgreSQL run.
func file(t testing.TB) string {
	if server != nil {
		databases++
		return server.Address("d" + strconv.Itoa(databases))
	}
	return filepath.Join(t.TempDir(), ".codicil", "ledger.db")
}

func opened(t testing.TB, path string, o Options) *Ledger {
	t.Helper()
	l, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func people(n int) []notify.Recipient {
	list := make([]notify.Recipient, n)
	for i := range list {
		list[i] = notify.Recipient{Email: fmt.Sprintf("p%d@example.org", i), Lang: "en", Name: "P", Line: i + 2}
	}
	return list
}

// each gives a list row by row.
func each(list []notify.Recipient) iter.Seq2[notify.Recipient, error] {
	return func(yield func(notify.Recipient, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func privacy() Notice {
	return Notice{ID: "privacy@2.0", Policy: "privacy", Label: "2.0", Class: "service", Created: start, Texts: []Text{{"en", []byte("text")}, {"de", []byte("Text")}}}
}

// started returns a ledger with a notice to n people.
func started(t testing.TB, n int) *Ledger {
	t.Helper()
	l := opened(t, file(t), Options{})
	if _, err := l.Start(ctx, privacy(), each(people(n))); err != nil {
		t.Fatal(err)
	}
	return l
}

func due(t testing.TB, l *Ledger, now time.Time) []notify.Delivery {
	t.Helper()
	d, _, err := l.Due(ctx, "privacy@2.0", now, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func accepted(at time.Time) notify.Attempt {
	return notify.Attempt{
		Receipt: notify.Receipt{MessageID: "id@example.com", SHA256: "00ff", Reply: "250 2.0.0 queued"},
		Time:    at, State: notify.Accepted,
	}
}

func counts(t testing.TB, l *Ledger) notify.Counts {
	t.Helper()
	c, err := l.Counts(ctx, "privacy@2.0")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustMark(t testing.TB, l *Ledger, d notify.Delivery, a notify.Attempt, retry time.Time) {
	t.Helper()
	if err := l.Mark(ctx, "privacy@2.0", d, a, retry); err != nil {
		t.Fatal(err)
	}
}

func TestNobodyElseCanReadTheLedger(t *testing.T) {
	path := file(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	l := opened(t, path, Options{})
	if _, err := l.Start(ctx, privacy(), each(people(3))); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o", f.Name(), mode)
		}
	}
}

func TestRecipientsAreFrozenByTheFirstStart(t *testing.T) {
	l := started(t, 3)
	again := privacy()
	again.Texts = nil
	ok, err := l.Start(ctx, again, each(people(10)))
	if ok || err != nil {
		t.Fatalf("the second start gives %v, %v", ok, err)
	}
	if c := counts(t, l); c.Total() != 3 {
		t.Errorf("%d deliveries, want 3", c.Total())
	}
	n, err := l.Notice(ctx, "privacy@2.0")
	if err != nil || len(n.Texts) != 2 || string(n.Texts[1].Message) != "Text" || !n.Created.Equal(start) {
		t.Errorf("the record is %+v, %v", n, err)
	}
	if n, err := l.Notice(ctx, "terms@1"); n != nil || err != nil {
		t.Errorf("an unknown notice gives %v, %v", n, err)
	}
}

func TestOneDeliveryForAnAddressInAnyCase(t *testing.T) {
	l := opened(t, file(t), Options{})
	list := []notify.Recipient{{Email: "Anna@example.org"}, {Email: "anna@example.org"}}
	if _, err := l.Start(ctx, privacy(), each(list)); err != nil {
		t.Fatal(err)
	}
	if c := counts(t, l); c.Due != 1 {
		t.Errorf("%d deliveries, want 1", c.Due)
	}
}

func TestDeliveriesMoveAsTheyAreMarked(t *testing.T) {
	l := started(t, 4)
	d := due(t, l, start)
	if len(d) != 4 || d[0].Recipient != people(1)[0] || d[0].State != notify.Due {
		t.Fatalf("due: %+v", d)
	}
	later := start.Add(time.Hour)
	mustMark(t, l, d[0], accepted(start), time.Time{})
	mustMark(t, l, d[1], notify.Attempt{Time: start, State: notify.InDoubt, Stage: notify.StageEnd, Receipt: notify.Receipt{Reply: "EOF"}}, later)
	mustMark(t, l, d[2], notify.Attempt{Time: start, State: notify.Refused, Stage: notify.StageRcpt, Code: 550, Enhanced: "5.1.1", Receipt: notify.Receipt{Reply: "550 5.1.1 unknown"}}, time.Time{})
	mustMark(t, l, d[3], notify.Attempt{Time: start, State: notify.Due, Stage: notify.StageRcpt, Code: 451}, later.Add(time.Hour))
	if got := counts(t, l); got != (notify.Counts{Due: 1, InDoubt: 1, Accepted: 1, Refused: 1}) {
		t.Errorf("counts are %+v", got)
	}
	none, next, err := l.Due(ctx, "privacy@2.0", start, 10)
	if err != nil || none != nil || !next.Equal(later) {
		t.Errorf("due now: %v, next at %v, %v", none, next, err)
	}
	again := due(t, l, later)
	if len(again) != 1 || again[0].Attempts != 1 || again[0].Doubts != 1 || !again[0].Since.Equal(start) || again[0].State != notify.InDoubt {
		t.Errorf("due later: %+v", again)
	}
	failed, err := l.Failed(ctx, "privacy@2.0", 10)
	if err != nil || len(failed) != 3 || failed[1].Reason != "550 5.1.1 unknown" || failed[1].Recipient.Line != 4 {
		t.Errorf("failed: %+v, %v", failed, err)
	}
	p, err := l.Proof(ctx, "privacy@2.0", true)
	if err != nil || p.Tries != 4 || p.Chain.Attempts != 4 || len(p.Chain.Head) != 64 || !p.First.Equal(start) || len(p.Digests()) != 2 {
		t.Errorf("proof: %+v, %v", p, err)
	}
	if p, err := l.Proof(ctx, "terms@1", false); p != nil || err != nil {
		t.Error("a notice that was never started has a proof")
	}
}

func TestMarkOfAnUnknownDeliveryFails(t *testing.T) {
	l := started(t, 1)
	if err := l.Mark(ctx, "privacy@2.0", notify.Delivery{ID: 99}, accepted(start), time.Time{}); err == nil {
		t.Error("a delivery that does not exist was marked")
	}
	if c, err := l.Verify(ctx); c.Attempts != 0 || err != nil {
		t.Errorf("its attempt was kept: %+v, %v", c, err)
	}
}

func TestLongRepliesAreCutAtACharacter(t *testing.T) {
	l := started(t, 1)
	a := accepted(start)
	a.Reply = strings.Repeat("é", 400)
	mustMark(t, l, due(t, l, start)[0], a, time.Time{})
	err := l.Attempts(ctx, "privacy@2.0", func(a Attempt) error {
		if a.Reply != strings.Repeat("é", 256) {
			t.Errorf("the reply has %d octets", len(a.Reply))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMarksOfManyConnectionsAreAllKept(t *testing.T) {
	l := started(t, 200)
	var all sync.WaitGroup
	for chunk := range slices.Chunk(due(t, l, start), 20) {
		all.Go(func() {
			for _, d := range chunk {
				if err := l.Mark(ctx, "privacy@2.0", d, accepted(start), time.Time{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if c := counts(t, l); c.Accepted != 200 {
		t.Errorf("%d are accepted", c.Accepted)
	}
	if c, err := l.Verify(ctx); c.Attempts != 200 || c.Head == "" || err != nil {
		t.Errorf("verify: %+v, %v", c, err)
	}
}

func TestSuppressedPeopleAreNotDue(t *testing.T) {
	l := opened(t, file(t), Options{})
	if _, err := l.Suppress(ctx, notify.Suppression{Recipient: l.Recipient("P1@example.org"), Reason: "hard bounce", Time: start}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Start(ctx, privacy(), each(people(4))); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Suppress(ctx, notify.Suppression{Recipient: l.Recipient("p2@example.org"), Reason: "complaint", Time: start}); err != nil {
		t.Fatal(err)
	}
	if c := counts(t, l); c.Due != 2 || c.Suppressed != 2 {
		t.Errorf("counts are %+v", c)
	}
	failed, err := l.Failed(ctx, "privacy@2.0", 10)
	if err != nil || failed[1].Reason != "hard bounce" || failed[2].Reason != "complaint" {
		t.Errorf("failed: %+v, %v", failed, err)
	}
	suppressed, err := l.Suppressed(ctx, privacy())
	if err != nil || len(suppressed) != 2 || suppressed[string(l.Recipient("p1@EXAMPLE.org"))] != "hard bounce" {
		t.Errorf("suppressed: %v, %v", suppressed, err)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Errorf("verify: %v", err)
	}
}

func TestForgettingAddressesKeepsTheProof(t *testing.T) {
	l := started(t, 2)
	d := due(t, l, start)
	mustMark(t, l, d[0], accepted(start), time.Time{})
	var kept int
	if err := l.Forget(ctx, start); err != nil {
		t.Fatal(err)
	}
	if err := l.db.QueryRow("SELECT count(*) FROM delivery WHERE email <> ''").Scan(&kept); err != nil || kept != 2 {
		t.Errorf("%d addresses are kept, %v; the notice is not older than that", kept, err)
	}
	if err := l.Forget(ctx, start.Add(48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := l.db.QueryRow("SELECT count(*) FROM delivery WHERE email <> ''").Scan(&kept); err != nil || kept != 1 {
		t.Errorf("%d addresses are kept, %v; want that of the one still due", kept, err)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
	err := l.Attempts(ctx, "", func(a Attempt) error {
		if !slices.Equal(a.Recipient, l.Recipient("P0@example.org")) {
			t.Error("the attempt is no longer that of the person who asks about it")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTamperingIsFound(t *testing.T) {
	keep := "DROP TRIGGER attempt_kept; DROP TRIGGER attempt_stays;"
	for name, script := range map[string]string{
		"a reply was changed":           keep + "UPDATE attempt SET reply = '250 fine' WHERE seq = 3",
		"a time was changed":            keep + "UPDATE attempt SET time = time + 1 WHERE seq = 2",
		"an attempt was removed":        keep + "DELETE FROM attempt WHERE seq = 3",
		"the first attempt was removed": keep + "DELETE FROM attempt WHERE seq = 2",
		"the last attempt was removed":  keep + "DELETE FROM attempt WHERE seq = 4",
		"all attempts were removed":     keep + "DELETE FROM attempt",
		"an attempt was put in":         "INSERT INTO attempt SELECT 5, notice, recipient, time, state, stage, code, enhanced, reply, message_id, sha256, hash, 0 FROM attempt WHERE seq = 4",
		"a delivery was set accepted":   "UPDATE delivery SET state = 'accepted' WHERE id = 4",
		"an attempt was not counted":    "UPDATE delivery SET attempts = 0 WHERE id = 1",
		"the start was changed":         "DROP TRIGGER entry_kept; UPDATE entry SET detail = replace(detail, 'service', 'follower') WHERE seq = 1",
		"the start was removed":         "DROP TRIGGER entry_stays; DELETE FROM entry WHERE seq = 1",
		"a recipient was added":         "INSERT INTO delivery (notice, recipient, email, lang, name, line, state) VALUES ('privacy@2.0', x'00', '', '', '', 9, 'suppressed')",
		"a recipient was exchanged":     "UPDATE delivery SET recipient = x'00' WHERE id = 4",
		"an attempt was passed over":    "UPDATE delivery SET last = 0, attempts = 0, state = 'due' WHERE id = 1; UPDATE delivery SET attempts = 2 WHERE id = 2",
		"the numbers were changed":      "UPDATE notice SET accepted = accepted + 1",
		"the head was written anew":     "UPDATE meta SET value = x'00' WHERE name = 'seal'",
	} {
		t.Run(name, func(t *testing.T) {
			l := started(t, 4)
			for _, d := range due(t, l, start)[:3] {
				mustMark(t, l, d, accepted(start), time.Time{})
			}
			if _, err := l.db.Exec(script); err != nil {
				t.Fatal(err)
			}
			_, err := l.Verify(ctx)
			if err == nil {
				t.Fatal("Verify finds nothing")
			}
			t.Log(err)
		})
	}
}

func TestAttemptsCannotBeRewrittenByAccident(t *testing.T) {
	l := started(t, 1)
	mustMark(t, l, due(t, l, start)[0], accepted(start), time.Time{})
	for _, script := range []string{"UPDATE attempt SET code = 0", "DELETE FROM attempt"} {
		if _, err := l.db.Exec(script); err == nil {
			t.Errorf("%s is allowed", script)
		}
	}
}
