package ledger

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

func TestBouncesAreRecordedOnce(t *testing.T) {
	l := started(t, 2)
	d := due(t, l, start)
	mustMark(t, l, d[0], accepted(start), time.Time{})
	who := l.Recipient(d[0].Recipient.Email)
	later := start.Add(time.Hour)
	report := notify.Bounce{Notice: "privacy@2.0", Recipient: who, Time: later, Status: "5.1.1", Reason: "550 5.1.1 <p0@example.org> unknown"}
	for i, want := range []bool{true, false} {
		if recorded, err := l.RecordBounce(ctx, report); recorded != want || err != nil {
			t.Errorf("report %d: %v, %v", i, recorded, err)
		}
	}
	report.Recipient = l.Recipient("stranger@example.org")
	if recorded, err := l.RecordBounce(ctx, report); recorded || err != nil {
		t.Errorf("a stranger: %v, %v", recorded, err)
	}
	if c := counts(t, l); c != (notify.Counts{Due: 1, Refused: 1}) {
		t.Errorf("counts are %+v", c)
	}
	r, err := l.Record(ctx, "privacy@2.0", "P0@example.org")
	if err != nil || r.State != notify.Refused || len(r.Attempts) != 2 || r.Attempts[1].Stage != notify.StageBounce || strings.Contains(r.Reason, "p0@") {
		t.Errorf("the record is %+v, %v", r, err)
	}
	if r, err := l.Record(ctx, "privacy@2.0", "stranger@example.org"); r != nil || err != nil {
		t.Errorf("a stranger has a record: %+v, %v", r, err)
	}
	if suppressed, err := l.Suppressed(ctx, privacy()); err != nil || !strings.HasPrefix(suppressed[string(who)], "came back: 550 5.1.1") {
		t.Errorf("suppressed: %v, %v", suppressed, err)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestABounceThatIsNotAboutTheAddressSuppressesNobody(t *testing.T) {
	l := started(t, 1)
	d := due(t, l, start)
	mustMark(t, l, d[0], accepted(start), time.Time{})
	report := notify.Bounce{Recipient: l.Recipient(d[0].Recipient.Email), Time: start, Status: "4.4.7", Reason: "delivery time expired"}
	if recorded, err := l.RecordBounce(ctx, report); !recorded || err != nil {
		t.Errorf("recorded: %v, %v", recorded, err)
	}
	if c := counts(t, l); c.Refused != 1 {
		t.Errorf("the proof says that the person was told: %+v", c)
	}
	if suppressed, err := l.Suppressed(ctx, privacy()); err != nil || len(suppressed) != 0 {
		t.Errorf("suppressed: %v, %v", suppressed, err)
	}
}

func TestAnUnknownMailboxIsSuppressed(t *testing.T) {
	l := started(t, 3)
	other := privacy()
	other.ID, other.Label = "privacy@3.0", "3.0"
	if _, err := l.Start(ctx, other, each(people(3))); err != nil {
		t.Fatal(err)
	}
	d := due(t, l, start)
	for i, enhanced := range []string{"5.1.1", "5.7.1"} {
		a := notify.Attempt{Time: start, State: notify.Refused, Stage: notify.StageRcpt, Code: 550, Enhanced: enhanced, Receipt: notify.Receipt{Reply: "550 " + enhanced + " no"}}
		mustMark(t, l, d[i], a, time.Time{})
	}
	suppressed, err := l.Suppressed(ctx, privacy())
	if why := suppressed[string(l.Recipient("p0@example.org"))]; err != nil || len(suppressed) != 1 || why != "hard bounce: 550 5.1.1 no" {
		t.Errorf("suppressed: %v, %v", suppressed, err)
	}
	if c, err := l.Counts(ctx, "privacy@3.0"); err != nil || c != (notify.Counts{Due: 2, Suppressed: 1}) {
		t.Errorf("the other notice stands at %+v, %v", c, err)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestWhoIsSuppressedOnTheWayIsNotTriedAgain(t *testing.T) {
	l := started(t, 2)
	d := due(t, l, start)
	for _, of := range d {
		if _, err := l.Suppress(ctx, notify.Suppression{Recipient: l.Recipient(of.Recipient.Email), Reason: "unsubscribed", Time: start}); err != nil {
			t.Fatal(err)
		}
	}
	mustMark(t, l, d[0], notify.Attempt{Time: start, State: notify.Due, Stage: notify.StageRcpt, Code: 450}, start.Add(time.Minute))
	mustMark(t, l, d[1], accepted(start), time.Time{})
	if c := counts(t, l); c != (notify.Counts{Accepted: 1, Suppressed: 1}) {
		t.Errorf("counts are %+v", c)
	}
	if left := due(t, l, start.Add(time.Hour)); len(left) != 0 {
		t.Errorf("due again: %+v", left)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestErasingAPersonKeepsTheProof(t *testing.T) {
	l := started(t, 2)
	d := due(t, l, start)
	mustMark(t, l, d[0], accepted(start), time.Time{})
	for i, want := range []int{1, 1, 0} {
		who := l.Recipient(fmt.Sprintf("P%d@example.org", i))
		if e, err := l.Erase(ctx, who, nil, start); e.Notices != want || err != nil {
			t.Errorf("person %d: %+v, %v", i, e, err)
		}
	}
	var kept int
	if err := l.db.QueryRow("SELECT count(*) FROM delivery WHERE email <> '' OR name <> ''").Scan(&kept); err != nil || kept != 0 {
		t.Errorf("%d are still known, %v", kept, err)
	}
	if c := counts(t, l); c != (notify.Counts{Accepted: 1, Suppressed: 1}) {
		t.Errorf("counts are %+v", c)
	}
	if c, err := l.Verify(ctx); err != nil || c.Attempts != 1 {
		t.Errorf("verify: %+v, %v", c, err)
	}
	// Whoever shows the address can still be shown what is on record.
	if r, err := l.Record(ctx, "privacy@2.0", "p0@example.org"); err != nil || r.State != notify.Accepted {
		t.Errorf("the record is %+v, %v", r, err)
	}
}

func TestAHashThatWasNotedDownIsFound(t *testing.T) {
	l := started(t, 2)
	d := due(t, l, start)
	mustMark(t, l, d[0], accepted(start), time.Time{})
	c, err := l.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mustMark(t, l, d[1], accepted(start), time.Time{})
	for head, want := range map[string]int64{c.Head: 2, strings.Repeat("00", 32): 0} {
		if seq, err := l.Find(ctx, head); seq != want || err != nil {
			t.Errorf("%s stands at %d, %v", head, seq, err)
		}
	}
	if _, err := l.Find(ctx, "no hash"); err == nil {
		t.Error("what is no hash was looked for")
	}
}

func TestFollowersLeaveOnePolicyAlone(t *testing.T) {
	l := started(t, 2)
	followers := privacy()
	followers.ID, followers.Class = "privacy@2.0+follower", "follower"
	if _, err := l.Start(ctx, followers, each(people(2))); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Suppress(ctx, notify.Suppression{Recipient: l.Recipient("p1@example.org"), Policy: "privacy", Reason: "unsubscribed", Time: start}); err != nil {
		t.Fatal(err)
	}
	if c := counts(t, l); c.Due != 2 {
		t.Errorf("the notice to account holders: %+v", c)
	}
	if c, err := l.Counts(ctx, followers.ID); err != nil || c != (notify.Counts{Due: 1, Suppressed: 1}) {
		t.Errorf("the notice to followers: %+v, %v", c, err)
	}
	terms := followers
	terms.ID, terms.Policy = "terms@1+follower", "terms"
	if _, err := l.Start(ctx, terms, each(people(2))); err != nil {
		t.Fatal(err)
	}
	if c, err := l.Counts(ctx, terms.ID); err != nil || c.Due != 2 {
		t.Errorf("another policy: %+v, %v", c, err)
	}
	for n, want := range map[*Notice]int{&followers: 1, &terms: 0} {
		if got, err := l.Suppressed(ctx, *n); err != nil || len(got) != want {
			t.Errorf("%s: %v, %v", n.ID, got, err)
		}
	}
	if ids, err := l.Notices(ctx); err != nil || len(ids) != 3 {
		t.Errorf("notices: %v, %v", ids, err)
	}
}

func TestListThatBreaksOffStartsNothing(t *testing.T) {
	l := opened(t, file(t), Options{})
	broken := errors.New("disk error")
	_, err := l.Start(ctx, privacy(), func(yield func(notify.Recipient, error) bool) {
		_ = yield(notify.Recipient{Email: "a@example.org"}, nil) && yield(notify.Recipient{}, broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("started: %v", err)
	}
	if n, err := l.Notice(ctx, "privacy@2.0"); n != nil || err != nil {
		t.Errorf("on record: %+v, %v", n, err)
	}
}

func TestRepliesHoldNoAddress(t *testing.T) {

	for reply, want := range map[string]string{
		"550 5.1.1 <Anna.Bell@Example.org>: unknown":  "550 5.1.1 <[address]>: unknown",
		"550 user anna.bell unknown, ask x@y.example": "550 user [address] unknown, ask [address]",
		"550 \xffbad\x00":         "550 \ufffdbad",
		"250 2.0.0 queued as 4F1": "250 2.0.0 queued as 4F1",
	} {
		if got := withoutAddresses(reply, "anna.bell@example.org"); got != want {
			t.Errorf("%q becomes %q, want %q", reply, got, want)
		}
	}
	if got := withoutAddresses("550 no such user", "no@example.org"); got != "550 no such user" {
		t.Errorf("a short name takes a word away: %q", got)
	}
}

func TestReasonsAreGrouped(t *testing.T) {
	l := started(t, 6)
	d := due(t, l, start)
	refuse := func(i int, reply string) {
		mustMark(t, l, d[i], notify.Attempt{Time: start, State: notify.Refused, Stage: notify.StageRcpt, Code: 550, Receipt: notify.Receipt{Reply: reply}}, time.Time{})
	}
	refuse(0, "550 5.1.1 no user 17")
	refuse(1, "550 5.1.1 no user 18")
	refuse(2, "554 go away")
	mustMark(t, l, d[3], accepted(start), time.Time{})
	p, err := l.Proof(ctx, "privacy@2.0", false)
	if err != nil || p.Chain.Head != "" {
		t.Fatal(p, err)
	}
	var got []string
	for _, r := range p.Reasons {
		got = append(got, string(r.State)+" "+r.Why+" "+strings.Repeat("x", r.Count))
	}
	if want := "due not tried yet xx|refused 550 5.1.1 xx|refused 554 x"; strings.Join(got, "|") != want {
		t.Errorf("reasons: %v", got)
	}
}

// TestEverySchemaIsBroughtUpToDate makes a ledger as each earlier program made
// it, and opens it with this one.
func TestEverySchemaIsBroughtUpToDate(t *testing.T) {
	for version := range len(migrations) {
		path := file(t)
		connect := openSQLite
		if IsURL(path) {
			connect = openPostgres
		}
		db, e, err := connect(path, Options{})
		if err == nil {
			err = e.prepare(db, Options{})
		}
		if err != nil {
			t.Fatal(err)
		}
		old := &Ledger{db: db, engine: e}
		for step := range version {
			if err := old.inTx(ctx, func(tx *tx) error { return e.upgrade(tx, step) }); err != nil {
				t.Fatal(err)
			}
		}
		if version > 0 {
			columns, values := "recipient, reason, time", "'1', 'complaint', 7"
			if version > 1 {
				columns, values = columns+", scope", values+", ''"
			}
			if _, err := db.Exec(`INSERT INTO suppression (` + columns + `) VALUES (` + values + `);
				INSERT INTO notice (id, policy, label, created) VALUES ('terms@1', 'terms', '1', 7)`); err != nil {
				t.Fatal(err)
			}
		}
		_ = e.close(db)
		l := opened(t, path, Options{})
		if _, err := l.Start(ctx, privacy(), each(people(2))); err != nil {
			t.Errorf("schema %d: %v", version, err)
		}
		n, err := l.Notice(ctx, "terms@1")
		if err != nil || version > 0 && n.Class != "service" {
			t.Errorf("schema %d: %+v, %v", version, n, err)
		}
		if s, err := l.Suppressed(ctx, privacy()); err != nil || len(s) != min(version, 1) {
			t.Errorf("schema %d: suppressed %v, %v", version, s, err)
		}
	}
}

func TestNoLedgerIsMadeWhereOneMustExist(t *testing.T) {
	path := file(t)
	if _, err := Open(path, Options{Existing: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opened: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file was made")
	}
}
