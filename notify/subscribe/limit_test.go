package subscribe

import (
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

func TestAClockSetBackFillsNoBucket(t *testing.T) {
	now := reported
	l := newLimiter(notify.Rate{Count: 1, Per: time.Hour}, func() time.Time { return now })
	if !l.take("ada") || l.take("ada") {
		t.Fatal("the rate does not hold")
	}
	now = now.Add(-24 * time.Hour)
	if l.take("ada") {
		t.Error("setting the clock back has emptied the bucket")
	}
	now = now.Add(2 * time.Hour)
	if !l.take("ada") {
		t.Error("setting the clock back has filled the bucket for a day")
	}
}

func TestAChainOfProxiesLeadsToTheReader(t *testing.T) {
	s := &Server{}
	s.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for forwarded, want := range map[string]string{
		"198.51.100.7":                        "198.51.100.0/24",
		"198.51.100.7, 10.1.2.3":              "198.51.100.0/24", // two proxies of ours
		"203.0.113.9, 198.51.100.7, 10.1.2.3": "198.51.100.0/24", // what the reader says of themselves counts for nothing
		"nonsense, 10.1.2.3":                  "10.1.2.0/24",
	} {
		r := httptest.NewRequest("POST", "/subscribe", nil)
		r.RemoteAddr = "127.0.0.1:9"
		r.Header.Set("X-Forwarded-For", forwarded)
		if got := s.network(r); got != want {
			t.Errorf("%q comes from %s, want %s", forwarded, got, want)
		}
	}
}
