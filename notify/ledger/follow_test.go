package ledger

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

func follow(t testing.TB, l *Ledger, email string, asked time.Time, policies ...string) {
	t.Helper()
	f := notify.Follower{Recipient: l.Recipient(email), Email: email, Lang: "de", Policies: policies, Confirmed: asked.Add(time.Minute)}
	if err := l.Follow(ctx, f, asked); err != nil {
		t.Fatal(err)
	}
}

func followers(t testing.TB, l *Ledger, policy string) []string {
	t.Helper()
	var list []string
	for r, err := range l.Followers(ctx, policy) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Class != follower || r.Line != len(list)+1 {
			t.Errorf("recipient %+v", r)
		}
		list = append(list, r.Email)
	}
	slices.Sort(list)
	return list
}

func mustLeave(t testing.TB, l *Ledger, email, policy string, at time.Time) {
	t.Helper()
	if err := l.Leave(ctx, l.Recipient(email), policy, []string{"privacy", "terms"}, at); err != nil {
		t.Fatal(err)
	}
}

func TestFollowersAreToldOfWhatTheyFollow(t *testing.T) {
	l := opened(t, file(t), Options{})
	follow(t, l, "ada@example.org", start, "privacy")
	follow(t, l, "bob@example.org", start, notify.AllPolicies)
	follow(t, l, "cyd@example.org", start, "terms")
	if got := followers(t, l, "privacy"); !slices.Equal(got, []string{"ada@example.org", "bob@example.org"}) {
		t.Errorf("followers of privacy: %v", got)
	}
	f, err := l.Follower(ctx, l.Recipient("bob@example.org"))
	if err != nil || f == nil || f.Lang != "de" || !f.Follows("anything") || !f.Confirmed.Equal(start.Add(time.Minute)) {
		t.Errorf("%+v, %v", f, err)
	}
	if f, err := l.Follower(ctx, l.Recipient("nobody@example.org")); f != nil || err != nil {
		t.Errorf("%+v, %v", f, err)
	}
	for range l.Followers(ctx, "privacy") {
		break // must not leave a transaction behind
	}
	follow(t, l, "dee@example.org", start, "privacy")
}

func TestWhoLeavesOnePolicyKeepsTheOthers(t *testing.T) {
	l := opened(t, file(t), Options{})
	follow(t, l, "bob@example.org", start, notify.AllPolicies)
	mustLeave(t, l, "bob@example.org", "privacy", start.Add(time.Hour))
	if got := followers(t, l, "privacy"); len(got) != 0 {
		t.Errorf("followers of privacy: %v", got)
	}
	if got := followers(t, l, "terms"); !slices.Equal(got, []string{"bob@example.org"}) {
		t.Errorf("followers of terms: %v", got)
	}
	suppressed, err := l.Suppressed(ctx, Notice{Policy: "privacy", Class: follower})
	if err != nil || suppressed[string(l.Recipient("bob@example.org"))] != "unsubscribed" {
		t.Errorf("%v, %v", suppressed, err)
	}
}

func TestOldRequestsDoNotBringBackWhoLeft(t *testing.T) {
	l := opened(t, file(t), Options{})
	follow(t, l, "ada@example.org", start, "privacy")
	mustLeave(t, l, "ada@example.org", "", start.Add(time.Hour))
	f, err := l.Follower(ctx, l.Recipient("ada@example.org"))
	if err != nil || f.Email != "" || f.Left.IsZero() || len(f.Policies) != 0 {
		t.Fatalf("%+v, %v", f, err)
	}
	again := notify.Follower{Recipient: f.Recipient, Email: "ada@example.org", Policies: []string{"privacy"}, Confirmed: start.Add(2 * time.Hour)}
	if err := l.Follow(ctx, again, start); !errors.Is(err, notify.ErrLeft) {
		t.Errorf("an old request gave %v", err)
	}
	follow(t, l, "ada@example.org", start.Add(2*time.Hour), "privacy")
	if got := followers(t, l, "privacy"); !slices.Equal(got, []string{"ada@example.org"}) {
		t.Errorf("followers: %v", got)
	}
	suppressed, err := l.Suppressed(ctx, Notice{Policy: "privacy", Class: follower})
	if err != nil || len(suppressed) != 0 {
		t.Errorf("asked again, and still suppressed: %v, %v", suppressed, err)
	}
}

func TestWhatCameInFromOutsideIsAdopted(t *testing.T) {
	key := notify.Key("0123456789abcdef0123456789abcdef")
	register := opened(t, file(t), Options{Key: key})
	l := opened(t, file(t), Options{Key: key})
	mustLeave(t, register, "ada@example.org", "privacy", start)
	if _, err := register.Suppress(ctx, notify.Suppression{Recipient: register.Recipient("bob@example.org"), Reason: "550 no such mailbox", Time: start}); err != nil {
		t.Fatal(err)
	}
	suppressed := func() map[string]string {
		t.Helper()
		if err := l.ImportFrom(ctx, register); err != nil {
			t.Fatal(err)
		}
		list, err := l.Suppressed(ctx, Notice{Policy: "privacy", Class: follower})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if got := suppressed(); len(got) != 2 || got[string(l.Recipient("bob@example.org"))] != "550 no such mailbox" {
		t.Errorf("suppressed: %v", got)
	}
	follow(t, register, "ada@example.org", start.Add(time.Hour), "privacy")
	if got := suppressed(); len(got) != 1 {
		t.Errorf("asked anew, and still suppressed: %v", got)
	}
	if err := l.ImportFrom(ctx, l); err != nil {
		t.Error(err)
	}
}

func TestSharedFileIsOpenToSeveralAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	one := opened(t, path, Options{})
	two := opened(t, path, Options{})
	follow(t, one, "ada@example.org", start, "privacy")
	follow(t, two, "bob@example.org", start, "privacy")
	for _, l := range []*Ledger{one, two} {
		if got := followers(t, l, "privacy"); len(got) != 2 {
			t.Errorf("followers: %v", got)
		}
	}
}

func TestFirstAcknowledgementStays(t *testing.T) {
	l := opened(t, file(t), Options{})
	subject := l.Key().Subject("user-1")
	for i, want := range []bool{true, false} {
		a := notify.Acknowledgement{Subject: subject, Policy: "privacy", Label: "2.0", Digest: "00ff", Shown: "popup", Time: start.Add(time.Duration(i) * time.Hour)}
		if first, err := l.Acknowledge(ctx, a); first != want || err != nil {
			t.Errorf("attempt %d: %t, %v", i+1, first, err)
		}
	}
	list, err := l.Acknowledged(ctx, subject, "privacy")
	if err != nil || len(list) != 1 || !list[0].Time.Equal(start) || list[0].Digest != "00ff" {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := l.Acknowledged(ctx, subject, "terms"); len(list) != 0 || err != nil {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestEventsAreToldOnce(t *testing.T) {
	l := opened(t, file(t), Options{})
	e := notify.Event{ID: "privacy@2.0 announced", Target: "https://hooks.example.com/1", Body: []byte("{}")}
	for _, want := range []bool{true, false} {
		if added, err := l.AddEvent(ctx, e, start); added != want || err != nil {
			t.Fatalf("%t, %v", added, err)
		}
	}
	list, err := l.DueEvents(ctx, start)
	if err != nil || len(list) != 1 || string(list[0].Body) != "{}" || list[0].Attempts != 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := l.MarkEvent(ctx, e, "503 later", start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if list, _ := l.DueEvents(ctx, start); len(list) != 0 {
		t.Errorf("due before its time: %+v", list)
	}
	if list, _ := l.DueEvents(ctx, start.Add(time.Minute)); len(list) != 1 || list[0].Attempts != 1 {
		t.Errorf("not due at its time: %+v", list)
	}
	if err := l.MarkEvent(ctx, e, "", time.Time{}); err != nil {
		t.Fatal(err)
	}
	if list, _ := l.DueEvents(ctx, start.Add(time.Hour)); len(list) != 0 {
		t.Errorf("due after it arrived: %+v", list)
	}
	if err := l.MarkEvent(ctx, notify.Event{ID: "x"}, "", time.Time{}); err == nil {
		t.Error("an unknown event was marked")
	}
	for i := range 2 {
		if since, err := l.Since(ctx, e.Target, start.Add(time.Duration(i)*time.Hour)); err != nil || !since.Equal(start) {
			t.Errorf("since %v, %v", since, err)
		}
	}
}

func follows(t testing.TB, l *Ledger, email string) []string {
	t.Helper()
	f, err := l.Follower(ctx, l.Recipient(email))
	if err != nil || f == nil {
		t.Fatal(f, err)
	}
	return f.Policies
}

func TestChoiceStandsAgainstOlderRequests(t *testing.T) {
	l := opened(t, file(t), Options{})
	ada := l.Recipient("ada@example.org")
	if chosen, err := l.Choose(ctx, ada, "en", []string{"terms"}, start); chosen || err != nil {
		t.Errorf("somebody unknown chose: %v, %v", chosen, err)
	}
	follow(t, l, "ada@example.org", start, "privacy")
	follow(t, l, "ada@example.org", start.Add(time.Second), "terms")
	if got := follows(t, l, "ada@example.org"); !slices.Equal(got, []string{"privacy", "terms"}) {
		t.Errorf("two requests, each confirmed: %v", got)
	}
	if chosen, err := l.Choose(ctx, ada, "fr", []string{"terms"}, start.Add(time.Hour)); !chosen || err != nil {
		t.Errorf("%v, %v", chosen, err)
	}
	follow(t, l, "ada@example.org", start, "privacy")
	if got := follows(t, l, "ada@example.org"); !slices.Equal(got, []string{"terms"}) {
		t.Errorf("an old link was opened again: %v", got)
	}
	follow(t, l, "ada@example.org", start.Add(2*time.Hour), "privacy")
	mustLeave(t, l, "ada@example.org", "privacy", start.Add(3*time.Hour))
	follow(t, l, "ada@example.org", start.Add(2*time.Hour), "privacy")
	if got := follows(t, l, "ada@example.org"); !slices.Equal(got, []string{"terms"}) {
		t.Errorf("an old link brought back what they left: %v", got)
	}
}

func TestErasureLeavesNoAddress(t *testing.T) {
	l := started(t, 2)
	d := due(t, l, start)
	mustMark(t, l, d[0], accepted(start), time.Time{})
	email := d[0].Recipient.Email
	follow(t, l, email, start, "privacy")
	who := l.Recipient(email)
	if _, err := l.Erase(ctx, who, []string{"privacy"}, start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	f, err := l.Follower(ctx, who)
	if err != nil || f.Email != "" || len(f.Policies) != 0 || f.Left.IsZero() {
		t.Errorf("%+v, %v", f, err)
	}
	if n := scan(t, l, "SELECT count(*) FROM delivery WHERE email = '"+email+"'"); n != 0 {
		t.Errorf("%d deliveries still hold the address", n)
	}
	if r, err := l.Record(ctx, "privacy@2.0", email); err != nil || r == nil || r.State != notify.Accepted {
		t.Errorf("the proof is gone: %+v, %v", r, err)
	}
}

func scan(t testing.TB, l *Ledger, query string) (n int) {
	t.Helper()
	if err := l.db.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReturnsReachTheLedgerThatSent(t *testing.T) {
	key := notify.Key("0123456789abcdef0123456789abcdef")
	register := opened(t, file(t), Options{Key: key})
	l := opened(t, file(t), Options{Key: key})
	if _, err := l.Start(ctx, privacy(), each(people(3))); err != nil {
		t.Fatal(err)
	}
	for _, d := range due(t, l, start) {
		mustMark(t, l, d, accepted(start), time.Time{})
	}
	later := start.Add(time.Hour)
	for _, r := range []notify.Bounce{
		{Notice: "privacy@2.0", Recipient: l.Recipient("p0@example.org"), Status: "5.1.1", Reason: "550 5.1.1 <p0@example.org> unknown", Time: later},
		{Recipient: l.Recipient("p1@example.org"), Reason: "550 gone", Time: later},
		{Recipient: l.Recipient("p2@example.org"), Complaint: true, Time: later},
	} {
		if _, err := register.RecordBounce(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := l.ImportFrom(ctx, register); err != nil {
			t.Fatal(err)
		}
	}
	if c := counts(t, l); c != (notify.Counts{Refused: 2, Accepted: 1}) {
		t.Errorf("counts are %+v", c)
	}
	if list, err := l.Suppressed(ctx, privacy()); err != nil || len(list) != 3 || list[string(l.Recipient("p2@example.org"))] != "complaint" {
		t.Errorf("suppressed: %v, %v", list, err)
	}
	if n := scan(t, register, "SELECT count(*) FROM returned WHERE reason LIKE '%@%'"); n != 0 {
		t.Errorf("%d reports still hold an address", n)
	}
}

func TestKeyIsKeptWhereItIsAskedFor(t *testing.T) {
	path := file(t)
	key := notify.Key("0123456789abcdef0123456789abcdef")
	l, err := Open(path, Options{Key: key, KeepKey: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if l := opened(t, path, Options{}); string(l.Key()) != string(key) {
		t.Error("the key was not kept")
	}
}

// TestWhatWasHeardIsNotReadAgain asserts that a ledger takes over what came in from
// outside once: what its operator lifted since stays lifted.
func TestWhatWasHeardIsNotReadAgain(t *testing.T) {
	register, l := opened(t, file(t), Options{}), started(t, 1)
	ada := l.Recipient("ada@example.com")
	if _, err := register.Suppress(ctx, notify.Suppression{Recipient: ada, Source: notify.FromBounce, Reason: "came back", Time: start}); err != nil {
		t.Fatal(err)
	}
	if err := l.ImportFrom(ctx, register); err != nil {
		t.Fatal(err)
	}
	if lifted, _, err := l.Lift(ctx, notify.SuppressionFilter{Recipient: ada}, "the mailbox is there again", start); err != nil || lifted != 1 {
		t.Fatalf("lifted %d, %v", lifted, err)
	}
	before, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.ImportFrom(ctx, register); err != nil {
		t.Fatal(err)
	}
	if after, err := l.Head(ctx); err != nil || after != before {
		t.Errorf("it was taken over again: %+v, then %+v, %v", before, after, err)
	}
}
