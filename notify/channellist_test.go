package notify

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestAListIsReadForAChannel(t *testing.T) {
	t.Parallel()
	sms := ChannelList{Channel: "sms", Column: "phone"}
	for name, c := range map[string]struct{ list, want string }{
		"known by the address":         {"email,phone\nann@example.org,+4930\n", "ann@example.org at +4930"},
		"without an address":           {"email,phone\n,+4930\n", "sms:+4930 at +4930"},
		"no number":                    {"email,phone\nann@example.org,\n", "without:warning"},
		"a number with a space":        {"email,phone\nann@example.org,+49 30\n", "address:error"},
		"a number without end":         {"email,phone\nann@example.org," + strings.Repeat("1", maxReach+1) + "\n", "address:error"},
		"as long as may be":            {"email,phone\n,1" + strings.Repeat("1", maxReach-1) + "\n", "sms:1" + strings.Repeat("1", maxReach-1) + " at 1" + strings.Repeat("1", maxReach-1)},
		"JSON":                         {`{"email":"ann@example.org","Phone":"+4930"}`, "ann@example.org at +4930"},
		"JSON without a number":        {`{"email":"ann@example.org","phone":null}`, "without:warning"},
		"JSON with the column twice":   {`{"email":"ann@example.org","phone":"+4930","PHONE":"+4931"}`, "row:error"},
		"JSON with one of them empty":  {`{"email":"ann@example.org","phone":"+4930","PHONE":null}`, "ann@example.org at +4930"},
		"a number that is no string":   {`{"email":"ann@example.org","phone":4930}`, "row:error"},
		"a bad address, a good number": {"email,phone\nann at home,+4930\n", "address:error"},
	} {
		var got []string
		for r, err := range sms.Recipients("list", strings.NewReader(c.list), false) {
			var fault *policy.Diagnostic
			switch {
			case errors.As(err, &fault):
				got = append(got, fmt.Sprintf("%s:%s", strings.TrimPrefix(fault.Rule, "recipient-"), fault.Level))
			case err != nil:
				t.Fatal(err)
			default:
				got = append(got, r.Email+" at "+r.Address)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %.80q, want %.80q", name, got, c.want)
		}
	}
}

func TestAPersonIsNamedByAddressOrChannel(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"sms:+4930": "sms:+4930", "Ann@Example.ORG": "Ann@example.org", "sms:": "", "SMS:+4930": "", "sms:+49 30": "", "ann": "", "a" + strings.Repeat("b", 32) + ":1": "", "a" + strings.Repeat("b", 31) + ":1": "a" + strings.Repeat("b", 31) + ":1"} {
		if got, err := Person(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func TestWhatAStatusSaysOfTheAddress(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]bool{"5.1.1": true, "5.2.1": true, "5.2.2": false, "5.7.1": false, "4.1.1": false, "5": false, "": false} {
		if got := BadAddress(status); got != want {
			t.Errorf("%q: %v", status, got)
		}
	}
	for _, c := range []struct {
		a    Attempt
		none bool
	}{
		{Attempt{State: Refused, Stage: StageRcpt, Enhanced: "5.1.1"}, true},
		{Attempt{State: Refused, Stage: StageRcpt, Enhanced: "5.1.10"}, true},
		{Attempt{State: Refused, Stage: StageRcpt, Enhanced: "5.1.4"}, false},
		{Attempt{State: Refused, Stage: StageEnd, Enhanced: "5.1.1"}, false},
		{Attempt{State: Due, Stage: StageRcpt, Enhanced: "5.1.1"}, false},
	} {
		if c.a.NoMailbox() != c.none {
			t.Errorf("%+v: no mailbox is %v", c.a, !c.none)
		}
	}
	for a, want := range map[Attempt]bool{{Stage: StageEnd}: true, {Stage: StageEnd, Code: 250}: false, {Stage: StageRcpt}: false} {
		if a.Doubtful() != want {
			t.Errorf("%+v: in doubt is %v", a, !want)
		}
	}
	if a := (Attempt{State: Refused, Stage: StageProgram}); !a.Unreachable() || (&Attempt{State: Due, Stage: StageProgram}).Unreachable() {
		t.Error("only a refusal by the program makes somebody unreachable")
	}
}
