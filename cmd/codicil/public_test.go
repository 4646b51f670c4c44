package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// startPublic runs serve --public for the rest of a script: public NAME. Its log
// goes to NAME.log, and $URL is where it listens.
func startPublic(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: public NAME")
	}
	log, err := os.Create(ts.MkAbs(args[0] + ".log"))
	ts.Check(err)
	cmd := exec.Command(ts.Getenv("CODICIL"), "serve", "--public", "--listen", "127.0.0.1:0")
	cmd.Dir, cmd.Stderr = ts.MkAbs("."), log
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "CODICIL_TEST_DAY=" + ts.Getenv("CODICIL_TEST_DAY")}
	for _, name := range []string{"LEDGER", "ACKNOWLEDGE", "INTAKE", "WEBHOOK"} {
		cmd.Env = append(cmd.Env, "CODICIL_"+name+"_KEY="+ts.Getenv("CODICIL_"+name+"_KEY"))
	}
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	ts.Check(err)
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(line)
	if address == "" {
		ts.Fatalf("the server says %q", line)
	}
	ts.Setenv("URL", address)
	ts.Setenv("SERVER", args[0])
	ended := make(chan struct{})
	stop := func(signal os.Signal) {
		_ = cmd.Process.Signal(signal)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			_ = cmd.Process.Kill()
		}
	}
	go func() {
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		close(ended)
	}()
	ts.Defer(func() { stop(os.Interrupt) })
	servers.Store(ts.MkAbs("."), stop)
}

// servers are the ways to end those that scripts run.
var servers sync.Map

// stopPublic ends the server of the script: stopserver [kill]. It ends as an
// administrator ends it, or as the machine does when its memory is full.
func stopPublic(ts *testscript.TestScript, _ bool, args []string) {
	stop, ok := servers.Load(ts.MkAbs("."))
	if !ok {
		ts.Fatalf("no server runs")
	}
	signal := os.Interrupt
	if len(args) == 1 {
		signal = os.Kill
	}
	stop.(func(os.Signal))(signal)
}

// readLetter waits for a message with a link to a page: letter FILE PAGE. $LINK
// is that link, at the server of the script, and $TOKEN its token.
func readLetter(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: letter FILE PAGE")
	}
	link := regexp.MustCompile(`https://notices\.example\.com(/` + args[1] + `\?t=([\w-]+))`)
	for range 100 {
		data, _ := os.ReadFile(ts.MkAbs(args[0]))
		// Links are ASCII: of quoted-printable they have soft line breaks and signs of equality.
		text := strings.NewReplacer("=\n", "", "=3D", "=").Replace(string(data))
		if m := link.FindStringSubmatch(text); m != nil {
			ts.Setenv("LINK", ts.Getenv("URL")+m[1])
			ts.Setenv("TOKEN", m[2])
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("no message with a link to %s came", args[1])
}
