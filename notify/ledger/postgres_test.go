package ledger

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger/ledgertest"
)

// The server of the tests below, while they run, and how many databases it has.
var (
	server    *ledgertest.Server
	databases int
)

// TestPostgres holds the second engine to what the first one promises, and to
// what only it does.
func TestPostgres(t *testing.T) {
	server = ledgertest.Postgres(t)
	defer func() { server = nil }()
	for name, test := range map[string]func(*testing.T){
		"recipients are frozen by the first start":          TestRecipientsAreFrozenByTheFirstStart,
		"one delivery for an address in any case":           TestOneDeliveryForAnAddressInAnyCase,
		"deliveries move as they are marked":                TestDeliveriesMoveAsTheyAreMarked,
		"mark of an unknown delivery fails":                 TestMarkOfAnUnknownDeliveryFails,
		"long replies are cut":                              TestLongRepliesAreCutAtACharacter,
		"marks of many connections are kept":                TestMarksOfManyConnectionsAreAllKept,
		"suppressed people are not due":                     TestSuppressedPeopleAreNotDue,
		"followers leave one policy":                        TestFollowersLeaveOnePolicyAlone,
		"followers are told of what they follow":            TestFollowersAreToldOfWhatTheyFollow,
		"who leaves one policy keeps the others":            TestWhoLeavesOnePolicyKeepsTheOthers,
		"old requests do not bring back who left":           TestOldRequestsDoNotBringBackWhoLeft,
		"what came in from outside is adopted":              TestWhatCameInFromOutsideIsAdopted,
		"a choice stands against older requests":            TestChoiceStandsAgainstOlderRequests,
		"erasure leaves no address":                         TestErasureLeavesNoAddress,
		"returns reach the ledger that sent":                TestReturnsReachTheLedgerThatSent,
		"the first acknowledgement stays":                   TestFirstAcknowledgementStays,
		"events are told once":                              TestEventsAreToldOnce,
		"forgetting keeps the proof":                        TestForgettingAddressesKeepsTheProof,
		"attempts cannot be rewritten":                      TestAttemptsCannotBeRewrittenByAccident,
		"it goes on where it stopped":                       TestLedgerGoesOnWhereItStopped,
		"the key stays the same":                            TestKeyMustStayTheSame,
		"bounces are recorded once":                         TestBouncesAreRecordedOnce,
		"a bounce may be about something else":              TestABounceThatIsNotAboutTheAddressSuppressesNobody,
		"an unknown mailbox is suppressed":                  TestAnUnknownMailboxIsSuppressed,
		"who is suppressed on the way is let be":            TestWhoIsSuppressedOnTheWayIsNotTriedAgain,
		"erasing keeps the proof":                           TestErasingAPersonKeepsTheProof,
		"a noted hash is found":                             TestAHashThatWasNotedDownIsFound,
		"every schema is brought up to date":                TestEverySchemaIsBroughtUpToDate,
		"a list that breaks off starts nothing":             TestListThatBreaksOffStartsNothing,
		"replies hold no address":                           TestRepliesHoldNoAddress,
		"people of a zone are put off together":             TestPeopleOfAZoneArePutOffTogether,
		"a seed is on record and no recipient":              TestASeedIsOnRecordAndNoRecipient,
		"a channel has its own addresses":                   TestAChannelHasItsOwnAddressesAndSuppressions,
		"the first refusal stands":                          TestTheFirstRefusalOfAPersonStands,
		"a refusal of the register reaches the ledger":      TestARefusalOfTheRegisterReachesTheLedger,
		"two processes never have the same delivery":        twoProcesses,
		"a mark that comes too late is refused":             lateMark,
		"claims are renewed, and given up at the end":       claims,
		"claims that are dropped come again or are free":    droppedClaims,
		"all senders share one rate":                        oneRate,
		"the record is what the server said":                TestRecordIsWhatTheServerSaid,
		"who is taken off in mid-send gets nothing":         TestWhoIsTakenOffInMidSendGetsNothing,
		"a restart of the server loses and repeats nothing": restart,
		"a committed mark is known again":                   ambiguous,
		"a ledger of a newer program is refused":            newerSchema,
		"addresses with a password are refused":             passwords,
		"no ledger is made where one must exist":            mustExist,
	} {
		t.Run(name, test)
	}
}

// pair returns two open ledgers on one database, with a notice to n people.
func pair(t *testing.T, n int) (*Ledger, *Ledger) {
	where := file(t)
	a := opened(t, where, Options{})
	if _, err := a.Start(ctx, privacy(), each(people(n))); err != nil {
		t.Fatal(err)
	}
	return a, opened(t, where, Options{})
}

func twoProcesses(t *testing.T) {
	a, b := pair(t, 300)
	seen := map[int64]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, l := range []*Ledger{a, b} {
		all.Go(func() {
			for {
				got := due(t, l, start)
				if len(got) == 0 {
					return
				}
				for _, d := range got {
					mu.Lock()
					seen[d.ID]++
					mu.Unlock()
					if err := l.Mark(ctx, "privacy@2.0", d, accepted(start), time.Time{}); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	for id, times := range seen {
		if times != 1 {
			t.Errorf("delivery %d was handed out %d times", id, times)
		}
	}
	if c, err := a.Verify(ctx); c.Attempts != 300 || err != nil || counts(t, b).Accepted != 300 {
		t.Errorf("verify: %+v, %v", c, err)
	}
}

// expire lets the claims of all processes run out.
func expire(t *testing.T, l *Ledger) {
	t.Helper()
	if _, err := l.db.Exec("UPDATE delivery SET lease_until = 0 WHERE lease_until IS NOT NULL"); err != nil {
		t.Fatal(err)
	}
}

func lateMark(t *testing.T) {
	a, b := pair(t, 2)
	frozen := due(t, a, start)
	if again := due(t, b, start); len(again) != 0 {
		t.Errorf("a claimed delivery is handed out to another: %+v", again)
	}
	expire(t, a)
	taken := due(t, b, start)
	if len(frozen) != 2 || len(taken) != 2 {
		t.Fatalf("claimed %d, then %d", len(frozen), len(taken))
	}
	if err := a.Mark(ctx, "privacy@2.0", frozen[0], accepted(start), time.Time{}); !errors.Is(err, notify.ErrTaken) {
		t.Errorf("a mark by a process whose claim ran out: %v", err)
	}
	busy := notify.Attempt{Time: start, State: notify.Due, Stage: notify.StageRcpt, Code: 450, Receipt: notify.Receipt{MessageID: "late", Reply: "450 busy"}}
	if err := b.Mark(ctx, "privacy@2.0", taken[0], busy, start.Add(time.Hour)); !errors.Is(err, notify.ErrTaken) {
		t.Errorf("a mark of what another has marked: %v", err)
	}
	if c, err := a.Verify(ctx); c.Attempts != 2 || err != nil {
		t.Errorf("the attempts of both are on record: %+v, %v", c, err)
	}
	if c := counts(t, a); c.Accepted != 1 || c.Due != 1 {
		t.Errorf("a later, weaker word undid an acceptance: %+v", c)
	}
}

func droppedClaims(t *testing.T) {
	a, b := pair(t, 5)
	queue := due(t, a, start)
	if got := due(t, a, start); len(got) != 5 {
		t.Errorf("what a process has claimed and dropped is lost to it: %d of 5 come again", len(got))
	}
	if _, err := b.Erase(ctx, b.Recipient(queue[1].Recipient.Email), nil, start); err != nil {
		t.Fatal(err)
	}
	if err := a.Release(ctx, "privacy@2.0", queue[:3]); err != nil {
		t.Fatal(err)
	}
	if got := due(t, b, start); len(got) != 2 {
		t.Errorf("of three released, one of them erased, another process gets %d", len(got))
	}
	expire(t, a)
	if err := a.inTx(ctx, func(tx *tx) error { return tx.recheck() }); err != nil {
		t.Fatal(err)
	}
	if still, err := a.Still(ctx, "privacy@2.0", queue[3]); still || err != nil {
		t.Errorf("a claim that ran out is trusted: %v, %v", still, err)
	}
}

func claims(t *testing.T) {
	a, b := pair(t, 2)
	due(t, a, start)
	_, next, err := b.Due(ctx, "privacy@2.0", start, 10)
	if err != nil || next.Before(time.Now()) {
		t.Errorf("the other is told to come back at %v, %v", next, err)
	}
	expire(t, a)
	if err := a.inTx(ctx, func(tx *tx) error { return a.engine.renew(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
	if got := due(t, b, start); len(got) != 0 {
		t.Errorf("a renewed claim was taken: %+v", got)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got := due(t, b, start); len(got) != 2 {
		t.Errorf("after the first has ended, %d are free", len(got))
	}
}

func restart(t *testing.T) {
	a, _ := pair(t, 100)
	queue := due(t, a, start)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for j := i; j < len(queue); j += 4 {
				if err := a.Mark(ctx, "privacy@2.0", queue[j], accepted(start), time.Time{}); err != nil {
					t.Errorf("mark %d: %v", j, err)
				}
			}
		})
	}
	server.Restart()
	all.Wait()
	if c, err := a.Verify(ctx); c.Attempts != 100 || err != nil || counts(t, a).Accepted != 100 {
		t.Errorf("verify: %+v, %v", c, err)
	}
}

func ambiguous(t *testing.T) {
	a, _ := pair(t, 2)
	d := due(t, a, start)
	mustMark(t, a, d[0], accepted(start), time.Time{})
	err := a.view(ctx, func(tx *tx) error {
		for i, want := range []bool{false, true} {
			record := Attempt{Attempt: accepted(start), Notice: "privacy@2.0", Recipient: a.Recipient(d[i].Recipient.Email)}
			if lacks, err := tx.lacks(ctx, 0, record); lacks != want || err != nil {
				t.Errorf("record %d is missing: %v, %v", i, lacks, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func newerSchema(t *testing.T) {
	where := file(t)
	l := opened(t, where, Options{})
	if _, err := l.db.Exec("UPDATE meta SET value = '99' WHERE name = 'schema'"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(where, Options{}); err == nil || !strings.Contains(err.Error(), "newer codicil") {
		t.Errorf("opened: %v", err)
	}
}

func passwords(t *testing.T) {
	for _, address := range []string{"postgres://me:hunter2@127.0.0.1/x", "postgresql://me:hunter2@127.0.0.1/x"} {
		if _, err := Open(address, Options{}); err == nil || !strings.Contains(err.Error(), "PGPASSWORD") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("opened: %v", err)
		}
	}
	if _, err := Open("postgres://127.0.0.1:port/x", Options{}); err == nil {
		t.Error("a port that is none was accepted")
	}
}

func mustExist(t *testing.T) {
	where := file(t)
	if _, err := Open(where, Options{Existing: true}); err == nil {
		t.Error("a ledger that does not exist was opened")
	}
	_ = opened(t, where, Options{}).Close()
	opened(t, where, Options{Existing: true})
}

func oneRate(t *testing.T) {
	a, b := pair(t, 1)
	var last time.Duration
	for i, l := range []*Ledger{a, b, a, b} {
		wait, shared, err := l.Reserve(ctx, 20*time.Millisecond, 500)
		if err != nil || !shared {
			t.Fatal(shared, err)
		}
		// Each stretch of slots begins where the one before ends, ten seconds on.
		if i > 0 && (wait-last < 5*time.Second || wait-last > 11*time.Second) {
			t.Errorf("reservation %d begins in %v, the one before in %v", i, wait, last)
		}
		last = wait
	}
}
