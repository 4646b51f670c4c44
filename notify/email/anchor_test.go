package email_test

import (
	"context"
	"fmt"
	htmltemplate "html/template"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	texttemplate "text/template"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy/notice"
)

// anchorRound is how many messages each sender sends in its turn.
const anchorRound = 2000

// anchorSize is what smtp-source sends, in octets: as much as our message has.
const anchorSize = 27_000

// BenchmarkBesideAnchors sends the same number of messages of one size to one
// smtp-sink by three ways in turn: Postfix's smtp-source, which composes and
// records nothing; go-mail with ten connections, which composes and records
// nothing; and ours, which composes and has each mark committed. It reports the
// processor time of each, the server's share left out, and the ratios.
func BenchmarkBesideAnchors(b *testing.B) {
	addr := smtpSink(b)
	ways := map[string]func(*testing.B, string) time.Duration{"smtp-source": bySource, "go-mail": byGoMail, "codicil": byUs}
	spent := map[string]time.Duration{}
	for b.Loop() {
		for name, way := range ways {
			spent[name] += way(b, addr)
		}
	}
	for name, time := range spent {
		b.ReportMetric(time.Seconds()*1e3/float64(b.N*anchorRound), name+"-cpu-ms/message")
	}
	b.ReportMetric(spent["codicil"].Seconds()/spent["smtp-source"].Seconds(), "x-smtp-source")
	b.ReportMetric(spent["go-mail"].Seconds()/spent["codicil"].Seconds(), "x-less-than-go-mail")
}

// smtpSink starts Postfix's server that takes everything.
func smtpSink(b *testing.B) string {
	b.Helper()
	for _, program := range []string{"smtp-sink", "smtp-source"} {
		if _, err := exec.LookPath(program); err != nil {
			b.Skipf("there is no %s (Debian package postfix)", program)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	args := []string{addr, "1024"}
	if syscall.Geteuid() == 0 {
		args = append([]string{"-u", "nobody"}, args...)
	}
	sink := exec.Command("smtp-sink", args...)
	if err := sink.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _, _ = sink.Process.Kill(), sink.Wait() })
	for range 100 {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			return addr
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.Fatal("smtp-sink does not listen")
	return ""
}

func bySource(b *testing.B, addr string) time.Duration {
	b.Helper()
	source := exec.Command("smtp-source", "-d", "-s", "10", "-l", strconv.Itoa(anchorSize), "-m", strconv.Itoa(anchorRound),
		"-f", "privacy@example.com", "-t", "anna@example.org", addr)
	if out, err := source.CombinedOutput(); err != nil {
		b.Fatalf("smtp-source: %v\n%s", err, out)
	}
	return source.ProcessState.UserTime() + source.ProcessState.SystemTime()
}

// long is a summary that makes the message about as large as smtp-source's.
func long() string {
	return strings.Repeat("The notice period becomes shorter, and the list of recipients longer. ", 150)
}

func byUs(b *testing.B, addr string) time.Duration {
	b.Helper()
	to := make([]string, anchorRound)
	for i := range to {
		to[i] = fmt.Sprintf("p%d@example.org", i)
	}
	n := changed(b, notice.ServiceClass)
	n.Summary = long()
	m := composed(b, n)
	if size := len(m.Bytes()); size < anchorSize*9/10 || size > anchorSize*11/10 {
		b.Fatalf("our message has %d octets and smtp-source's %d", size, anchorSize)
	}
	r := newRun(b, "smtp://"+addr, ledgerFile(b), func(o *email.Options) { o.Messages = []*email.Message{m} }, to...)
	defer r.ledger.Close()
	r.options.Connections = 10
	before := cpu(b)
	report, err := r.send()
	if err != nil || report.Counts.Accepted != anchorRound {
		b.Fatal(report.Counts, err)
	}
	return cpu(b) - before
}

func byGoMail(b *testing.B, addr string) time.Duration {
	b.Helper()
	host, port, _ := net.SplitHostPort(addr)
	number, _ := strconv.Atoi(port)
	client, err := gomail.NewClient(host, gomail.WithPort(number), gomail.WithTLSPolicy(gomail.NoTLS), gomail.WithoutNoop())
	if err != nil {
		b.Fatal(err)
	}
	text := texttemplate.Must(texttemplate.New("").Parse("Hello {{.Name}},\n\n" + long()))
	page := htmltemplate.Must(htmltemplate.New("").Parse("<!DOCTYPE html><p>Hello {{.Name}},<p>" + long()))
	numbers := make(chan int)
	before := cpu(b)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			session, err := client.DialToSMTPClientWithContext(context.Background())
			if err != nil {
				b.Error(err)
				return
			}
			for i := range numbers {
				if err := client.SendWithSMTPClient(session, goMail(b, i, text, page)); err != nil {
					b.Error(err)
				}
			}
			_ = client.CloseWithSMTPClient(session)
		})
	}
	for i := range anchorRound {
		numbers <- i
	}
	close(numbers)
	all.Wait()
	return cpu(b) - before
}

func goMail(b *testing.B, i int, text *texttemplate.Template, page *htmltemplate.Template) *gomail.Msg {
	b.Helper()
	m := gomail.NewMsg()
	person := struct{ Name string }{fmt.Sprintf("Person %d", i)}
	m.Subject("Changes to Privacy policy from 1 March 2027")
	for _, err := range []error{
		m.From("privacy@example.com"), m.To(fmt.Sprintf("p%d@example.org", i)),
		m.SetBodyTextTemplate(text, person), m.AddAlternativeHTMLTemplate(page, person),
	} {
		if err != nil {
			b.Fatal(err)
		}
	}
	return m
}
