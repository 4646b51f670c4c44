package mailing

import (
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

func TestSuppressionsAreReadFromAddressesAndFromAnExport(t *testing.T) {
	t.Parallel()
	l, err := ledger.Open(filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Key: []byte("a key of the test")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	robin := l.Recipient("robin@example.org")
	for name, c := range map[string]struct {
		text string
		want notify.Suppression
	}{
		"an address":               {"robin@example.org\n", notify.Suppression{Source: notify.FromOperator, Reason: "on a list of the operator", Time: now}},
		"an address with a reason": {"email,reason\nRobin@example.org,asked by phone\n", notify.Suppression{Source: notify.FromOperator, Reason: "asked by phone", Time: now}},
		"an address, no reason":    {"robin@example.org,\n", notify.Suppression{Source: notify.FromOperator, Reason: "on a list of the operator", Time: now}},
		"a row of an export": {hex.EncodeToString(robin) + ",lease,bounce,lease@2.0,550 no such user,2027-02-01T08:00:00Z\n",
			notify.Suppression{Policy: "lease", Source: notify.FromBounce, Notice: "lease@2.0", Reason: "550 no such user", Time: time.Date(2027, 2, 1, 8, 0, 0, 0, time.UTC)}},
	} {
		list, err := ReadSuppressions(strings.NewReader(c.text), "list.csv", l, now)
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %+v, %v", name, list, err)
			continue
		}
		got := list[0]
		if string(got.Recipient) != string(robin) || got.Policy != c.want.Policy || got.Source != c.want.Source || got.Notice != c.want.Notice || got.Reason != c.want.Reason || !got.Time.Equal(c.want.Time) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	for _, bad := range []string{"robin@example.org\nnot an address at all\n", hex.EncodeToString(robin) + ",,bounce,,gone,yesterday\n"} {
		if _, err := ReadSuppressions(strings.NewReader(bad), "list.csv", l, now); err == nil || !strings.HasPrefix(err.Error(), "list.csv:") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
