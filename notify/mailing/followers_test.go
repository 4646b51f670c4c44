package mailing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy/notice"
)

func TestFollowersAreTheListOfANoticeToFollowers(t *testing.T) {
	o := newOffice(t)
	o.Config.Email.Unsubscribe = "https://notices.example.org/unsubscribe"
	key, err := o.LedgerKey(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	register, err := o.OpenRegister("", key, false)
	if err != nil {
		t.Fatal(err)
	}
	for name, policies := range map[string][]string{"ann": {"lease"}, "bo": {"terms"}, "cy": {notify.AllPolicies}, "dee": {"lease"}} {
		address := name + "@example.org"
		f := notify.Follower{Recipient: register.Recipient(address), Email: address, Lang: "en", Policies: policies, Confirmed: o.now}
		if err := register.Follow(t.Context(), f, o.now); err != nil {
			t.Fatal(err)
		}
	}
	if err := register.Leave(t.Context(), register.Recipient("dee@example.org"), "", []string{"lease", "terms"}, o.now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	_ = register.Close()
	follower := Options{Class: string(notice.Follower)}
	if got, err := o.send(follower); got != "2 accepted, 0 refused, 0 due" || err != nil || o.in.people() != "ann cy" {
		t.Errorf("%s, %v, told %s", got, err, o.in.people())
	}
	if m := o.mailing(Options{Class: string(notice.ServiceClass)}); m.Plan.Listed > 0 && m.followers != nil {
		t.Error("followers are told what is for account holders")
	}
}

func TestWhoDeclinedIsNamedByTheListAlone(t *testing.T) {
	o := newOffice(t)
	list := o.write("list.csv", people)
	if _, err := o.send(Options{Recipients: list}); err != nil {
		t.Fatal(err)
	}
	l, err := o.UseLedger(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, name := range []string{"bo", "stranger"} {
		if _, _, err := l.Decline(t.Context(), notify.Refusal{Recipient: l.Recipient(name + "@example.org"), Version: "lease@2.0", Time: o.now}); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "declined.csv")
	if err := o.mailing(Options{Recipients: list}).WriteDeclined(t.Context(), l, "lease@2.0", file); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(file)
	if !strings.Contains(string(text), "bo@example.org") || strings.Contains(string(text), "ann@") || !strings.Contains(o.said, "1 person declined, and 1 who are not on the list") {
		t.Errorf("%s\n%s", o.said, text)
	}
	wantError(t, o.mailing(Options{}).WriteDeclined(t.Context(), l, "lease@2.0", file), "name the list with --recipients")
}
