package ledger

import (
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

func TestPeopleOfAZoneArePutOffTogether(t *testing.T) {
	l := opened(t, file(t), Options{})
	list := people(3)
	list[1].Zone = "Asia/Tokyo"
	if _, err := l.Start(ctx, privacy(), each(list)); err != nil {
		t.Fatal(err)
	}
	zones, err := l.Zones(ctx, "privacy@2.0")
	if err != nil || len(zones) != 2 || zones[0] != "" || zones[1] != "Asia/Tokyo" {
		t.Errorf("zones %q, %v", zones, err)
	}
	dawn := start.Add(time.Hour)
	if err := l.PutOff(ctx, "privacy@2.0", map[string]time.Time{"Asia/Tokyo": dawn}); err != nil {
		t.Fatal(err)
	}
	due, _, err := l.Due(ctx, "privacy@2.0", start, 10)
	if err != nil || len(due) != 2 || due[0].Recipient.Zone != "" || due[1].Recipient.Zone != "" {
		t.Fatalf("due %+v, %v", due, err)
	}
	for i, d := range due {
		if err := l.Mark(ctx, "privacy@2.0", d, accepted(start.Add(time.Duration(i)*time.Minute)), time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, next, err := l.Due(ctx, "privacy@2.0", start, 10); err != nil || !next.Equal(dawn) {
		t.Errorf("the next is due at %s, %v", next, err)
	}
	due, _, err = l.Due(ctx, "privacy@2.0", dawn, 10)
	if err != nil || len(due) != 1 || due[0].Recipient.Zone != "Asia/Tokyo" {
		t.Errorf("due at dawn: %+v, %v", due, err)
	}
	if n, err := l.Tries(ctx, "privacy@2.0"); n != 2 || err != nil {
		t.Errorf("%d attempts, %v", n, err)
	}
	if at, err := l.TriedAt(ctx, "privacy@2.0", 2); err != nil || !at.Equal(start.Add(time.Minute)) {
		t.Errorf("the second at %s, %v", at, err)
	}
	if at, err := l.TriedAt(ctx, "privacy@2.0", 3); err != nil || !at.IsZero() {
		t.Errorf("a third at %s, %v", at, err)
	}
	if late, err := l.Late(ctx, "privacy@2.0", start.Add(time.Minute)); err != nil || late != 1 {
		t.Errorf("%d late, %v", late, err)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestASeedIsOnRecordAndNoRecipient(t *testing.T) {
	l := started(t, 2)
	receipt := notify.Receipt{Time: start, MessageID: "1@example.com", SHA256: "ab", Reply: "250 2.0.0 kept for seed@example.net"}
	if err := l.Seed(ctx, "privacy@2.0", "seed@example.net", "wording", receipt); err != nil {
		t.Fatal(err)
	}
	for wording, want := range map[string]bool{"wording": true, "another": false} {
		if had, err := l.Seeded(ctx, "privacy@2.0", "seed@example.net", wording); had != want || err != nil {
			t.Errorf("%s: %t, %v", wording, had, err)
		}
	}
	if c, err := l.Counts(ctx, "privacy@2.0"); err != nil || c.Total() != 2 {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
}
