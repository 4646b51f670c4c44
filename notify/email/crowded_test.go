package email_test

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/codicil/codicil/notify"
)

func TestListWithRubbishReachesEverybodyElse(t *testing.T) {
	var list strings.Builder
	list.WriteString("email,lang,name\n")
	for i := range 300 {
		if i%100 == 50 {
			list.WriteString("not an address,en,X\n")
		}
		fmt.Fprintf(&list, "p%d@example.org,en,\"P, %d\"\n", i, i)
	}
	var recipients []notify.Recipient
	faults := 0
	for r, err := range notify.Recipients("list.csv", strings.NewReader(list.String())) {
		if err != nil {
			faults++
			continue
		}
		recipients = append(recipients, r)
	}
	if len(recipients) != 300 || faults != 3 {
		t.Fatalf("%d recipients, %d faults", len(recipients), faults)
	}
	relay, addr := newRelay(t, nil, nil)
	to := make([]string, len(recipients))
	for i, r := range recipients {
		to[i] = r.Email
	}
	report, err := newRun(t, "smtp://"+addr, ledgerFile(t), nil, to...).send()
	want(t, report, err, notify.Counts{Accepted: 300})
	if len(relay.accepted) != 300 {
		t.Errorf("%d have a copy", len(relay.accepted))
	}
}

func TestServerThatTakesFewConnectionsGetsFew(t *testing.T) {
	var open, refused atomic.Int32
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	relay, inner := newRelay(t, nil, nil)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if open.Add(1) > 2 {
				refused.Add(1)
				_, _ = conn.Write([]byte("421 4.7.0 too many connections\r\n"))
				open.Add(-1)
				_ = conn.Close()
				continue
			}
			go func() {
				defer open.Add(-1)
				forward(conn, inner)
			}()
		}
	}()
	r := newRun(t, "smtp://"+l.Addr().String(), ledgerFile(t), nil, people(60)...)
	r.options.Connections = 6
	report, err := r.send()
	want(t, report, err, notify.Counts{Accepted: 60})
	if refused.Load() == 0 || len(relay.accepted) != 60 {
		t.Errorf("%d connections were refused, %d people have a copy", refused.Load(), len(relay.accepted))
	}
	if report.Attempts != 60 {
		t.Errorf("%d attempts: a connection that is refused says nothing about a recipient", report.Attempts)
	}
}

// forward joins a connection to a server.
func forward(conn net.Conn, addr string) {
	defer conn.Close()
	server, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	go func() {
		_, _ = io.Copy(server, conn)
		_ = server.Close()
	}()
	_, _ = io.Copy(conn, server)
}
