package email_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy/notice"
)

// cpu returns the processor time this process has used.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkSplice measures making one recipient's message.
func BenchmarkSplice(b *testing.B) {
	m := composed(b, changed(b, notice.ServiceClass))
	for b.Loop() {
		if _, _, err := m.For(notify.Recipient{Email: "anna@example.org", Name: "Anna Müller"}, noon); err != nil {
			b.Fatal(err)
		}
	}
}

// nowhere is a sender that makes each message and throws it away.
type nowhere struct {
	send func(notify.Recipient) (notify.Receipt, error)
}

func (n nowhere) Connect(context.Context) (notify.Session, error) { return n, nil }
func (n nowhere) Close() error                                    { return nil }
func (n nowhere) Send(_ context.Context, r notify.Recipient) (notify.Receipt, error) {
	return n.send(r)
}

// BenchmarkComposeAndMark measures all but the network: a message of 30 kB
// made for each recipient, and its mark committed.
func BenchmarkComposeAndMark(b *testing.B) {
	n := changed(b, notice.ServiceClass)
	n.Summary = strings.Repeat("The notice period becomes shorter, and the list of recipients longer. ", 150)
	m := composed(b, n)
	to := make([]string, b.N)
	for i := range to {
		to[i] = fmt.Sprintf("p%d@example.org", i)
	}
	r := newRun(b, "smtp://localhost", ledgerFile(b), nil, to...)
	r.options.Connections = 10
	sender := nowhere{func(r notify.Recipient) (notify.Receipt, error) {
		_, receipt, err := m.For(r, noon)
		return receipt, err
	}}
	b.ResetTimer()
	before := cpu(b)
	report, err := notify.Run(context.Background(), "privacy@2.0", sender, r.ledger, r.options)
	if err != nil || report.Counts.Accepted != b.N {
		b.Fatal(report.Counts, err)
	}
	b.ReportMetric(float64(len(m.Bytes())), "octets/message")
	b.ReportMetric((cpu(b)-before).Seconds()*1e3/float64(b.N), "cpu-ms/message")
}

// BenchmarkSend measures a whole run over the loopback, the server's share in
// the same process included.
func BenchmarkSend(b *testing.B) {
	_, addr := newRelay(b, nil, func(s *smtp.Server) {
		s.Backend = smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return sink{}, nil })
	})
	to := make([]string, b.N)
	for i := range to {
		to[i] = fmt.Sprintf("p%d@example.org", i)
	}
	r := newRun(b, "smtp://"+addr, ledgerFile(b), nil, to...)
	r.options.Connections = 10
	b.ResetTimer()
	before := cpu(b)
	report, err := r.send()
	if err != nil || report.Counts.Accepted != b.N {
		b.Fatal(report.Counts, err)
	}
	b.ReportMetric((cpu(b)-before).Seconds()*1e3/float64(b.N), "cpu-ms/message")
}

type sink struct{}

func (sink) Reset()                               {}
func (sink) Logout() error                        { return nil }
func (sink) Mail(string, *smtp.MailOptions) error { return nil }
func (sink) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (sink) Data(r io.Reader) error               { _, err := io.Copy(io.Discard, r); return err }

// BenchmarkPlan measures reading and planning 100,000 recipients.
func BenchmarkPlan(b *testing.B) {
	var list strings.Builder
	list.WriteString("email,lang,name\n")
	for i := range 100_000 {
		fmt.Fprintf(&list, "person.%d@mail%d.example.org,en,Person %d\n", i, i%100, i)
	}
	text := list.String()
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		p, err := notify.NewPlan(changed(b, notice.ServiceClass), notify.Recipients("list.csv", strings.NewReader(text)),
			notify.PlanOptions{Languages: []string{"en"}, Rate: notify.Rate{Count: 600, Per: time.Minute}, Start: time.Unix(0, 0)})
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-kept")
		runtime.KeepAlive(p)
	}
}
