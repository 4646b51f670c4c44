package subscribe

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/codicil/codicil/notify"
)

// limiter counts what each of many names has had lately. It remembers a
// bounded number of them, and nothing on disk.
type limiter struct {
	rate notify.Rate
	now  func() time.Time
	mu   sync.Mutex
	used map[string]*usage
}

// usage is how full the bucket of a name was at a moment.
type usage struct {
	level float64
	at    time.Time
}

// maxNames bounds the memory of a limiter to some 20 MB.
const maxNames = 100_000

func newLimiter(rate notify.Rate, now func() time.Time) *limiter {
	return &limiter{rate: rate, now: now, used: map[string]*usage{}}
}

// take reports whether a name may have one more: a leaky bucket, so that the
// rate holds over any stretch of time. A clock that is set back empties nothing.
func (l *limiter) take(name string) bool {
	if l.rate.Count < 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	u := l.used[name]
	if u == nil {
		if len(l.used) >= maxNames {
			l.sweep(now)
		}
		u = &usage{at: now}
		l.used[name] = u
	}
	u.level, u.at = l.left(u, now), now
	if u.level+1 > float64(l.rate.Count) {
		return false
	}
	u.level++
	return true
}

// left returns how full a bucket still is.
func (l *limiter) left(u *usage, now time.Time) float64 {
	drained := float64(max(now.Sub(u.at), 0)) / float64(l.rate.Per) * float64(l.rate.Count)
	return max(u.level-drained, 0)
}

// sweep forgets empty buckets, and all when none is: better to let a flood
// begin anew than to run out of memory.
func (l *limiter) sweep(now time.Time) {
	for name, u := range l.used {
		if l.left(u, now) == 0 {
			delete(l.used, name)
		}
	}
	if len(l.used) >= maxNames {
		clear(l.used)
	}
}

// Networks reads networks that a key of the configuration lists.
func Networks(key string, list []string) ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for _, text := range list {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %q is not a network such as 10.0.0.0/8", key, text)
		}
		networks = append(networks, prefix)
	}
	return networks, nil
}

// network returns the network that a request comes from. What a proxy says of
// it is believed when the proxy is known.
func (s *Server) network(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, _ := netip.ParseAddr(host)
	if s.trusted(ip) {
		forwarded := r.Header.Values("X-Forwarded-For")
		if len(forwarded) > 0 {
			ip = s.client(ip, strings.Split(strings.Join(forwarded, ","), ","))
		}
	}
	bits := 48
	if ip = ip.Unmap(); ip.Is4() {
		bits = 24
	}
	prefix, _ := ip.WithZone("").Prefix(bits)
	return prefix.String()
}

// client returns the first address of a chain of proxies, from the last back,
// that is no proxy of ours.
func (s *Server) client(proxy netip.Addr, forwarded []string) netip.Addr {
	ip := proxy
	for _, text := range slices.Backward(forwarded) {
		before, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			break
		}
		if ip = before; !s.trusted(ip) {
			break
		}
	}
	return ip
}

// mailbox returns an address as its owner reads it: what follows a plus sign
// names no other mailbox, nor do the dots of the hosts that pass over them.
func mailbox(address string) string {
	local, domain, _ := strings.Cut(strings.ToLower(address), "@")
	local, _, _ = strings.Cut(local, "+")
	if domain == "googlemail.com" {
		domain = "gmail.com"
	}
	if domain == "gmail.com" {
		local = strings.ReplaceAll(local, ".", "")
	}
	return local + "@" + domain
}

// domainOf returns what follows the @.
func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

func (s *Server) trusted(ip netip.Addr) bool {
	if ip.IsLoopback() {
		return true
	}
	for _, p := range s.Proxies {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}
