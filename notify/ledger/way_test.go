package ledger

import (
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

// byPhone is a notice by a channel that is not mail.
func byPhone() Notice {
	n := privacy()
	n.ID, n.Channel = "privacy@2.0+via-sms", "sms"
	return n
}

func TestAChannelHasItsOwnAddressesAndSuppressions(t *testing.T) {
	l := opened(t, file(t), Options{})
	list := people(3)
	for i := range list {
		list[i].Address = "+4930" + strings.Repeat("1", 5+i)
	}
	gone := l.Recipient(list[2].Email)
	if _, err := l.Suppress(ctx, notify.Suppression{Recipient: gone, Source: notify.FromBounce, Reason: "came back", Time: start}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Start(ctx, byPhone(), each(list)); err != nil {
		t.Fatal(err)
	}
	due, _, err := l.Due(ctx, byPhone().ID, start, 10)
	if err != nil || len(due) != 3 || due[0].Recipient.Address != list[0].Address {
		t.Fatalf("due %+v, %v", due, err)
	}
	refused := notify.Attempt{Time: start, State: notify.Refused, Stage: notify.StageProgram, Receipt: notify.Receipt{Reply: "no subscriber " + list[0].Address}}
	if err := l.Mark(ctx, byPhone().ID, due[0], refused, time.Time{}); err != nil {
		t.Fatal(err)
	}
	for channel, want := range map[string]int{"": 1, "sms": 1, "push": 0} { // by mail who bounced, by sms who has no number
		n := privacy()
		n.Channel = channel
		held, err := l.Suppressed(ctx, n)
		if err != nil || len(held) != want {
			t.Errorf("by %q %d are held back, want %d: %v", channel, len(held), want, err)
		}
		for _, why := range held {
			if strings.Contains(why, list[0].Address) {
				t.Errorf("the reason holds where the person is reached: %s", why)
			}
		}
	}
	if lifted, again, err := l.Lift(ctx, notify.SuppressionFilter{Notice: byPhone().ID}, "a new gateway", start); err != nil || lifted != 1 || again != 1 {
		t.Errorf("lifted %d, %d due again, %v", lifted, again, err)
	}
	if _, err := l.Erase(ctx, l.Recipient(list[1].Email), []string{"privacy"}, start); err != nil {
		t.Fatal(err)
	}
	due, _, err = l.Due(ctx, byPhone().ID, start, 10)
	if err != nil || len(due) != 2 {
		t.Errorf("after an erasure %d are due, %v", len(due), err)
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestTheFirstRefusalOfAPersonStands(t *testing.T) {
	l := started(t, 2)
	ada := notify.Refusal{Recipient: l.Recipient("ada@example.com"), Version: "privacy@2.0", Time: start}
	at, first, err := l.Decline(ctx, ada)
	if err != nil || !first || !at.Equal(start) {
		t.Fatalf("%v, %t, %v", at, first, err)
	}
	ada.Time = start.Add(time.Hour)
	if at, first, err = l.Decline(ctx, ada); err != nil || first || !at.Equal(start) {
		t.Errorf("the second time: %v, %t, %v", at, first, err)
	}
	if at, err := l.Declined(ctx, "privacy@2.0", l.Recipient("bob@example.com")); err != nil || !at.IsZero() {
		t.Errorf("somebody else: %v, %v", at, err)
	}
	list, last, err := l.Refusals(ctx, "", 0)
	if err != nil || len(list) != 1 || list[0].Version != "privacy@2.0" {
		t.Errorf("%+v, %v", list, err)
	}
	if again, _, err := l.Refusals(ctx, "privacy@2.0", last); err != nil || len(again) != 0 {
		t.Errorf("after it: %+v, %v", again, err)
	}
	if c, err := l.Verify(ctx); err != nil || c.Records != 2 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestARefusalOfTheRegisterReachesTheLedger(t *testing.T) {
	register, l := opened(t, file(t), Options{}), started(t, 1)
	refusal := notify.Refusal{Recipient: l.Recipient("ada@example.com"), Version: "privacy@2.0", Time: start}
	if _, _, err := register.Decline(ctx, refusal); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := l.ImportFrom(ctx, register); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err := l.Refusals(ctx, "privacy@2.0", 0)
	if err != nil || len(list) != 1 || !list[0].Time.Equal(start) {
		t.Errorf("%+v, %v", list, err)
	}
}
