package transparency

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// authority is a timestamping authority made of openssl, in a folder.
type authority struct {
	t   *testing.T
	dir string
}

// newAuthority makes one, with a root of its own.
func newAuthority(t *testing.T) *authority {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed: no timestamp can be made or checked by another program")
	}
	a := &authority{t, t.TempDir()}
	a.write("tsa.cnf", `[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[leaf]
extendedKeyUsage = critical,timeStamping
`)
	a.write("serial", "01\n")
	a.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Root of the tests", "-days", "30")
	a.openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Clock of the tests")
	a.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "20", "-extfile", "tsa.cnf", "-extensions", "leaf", "-out", "tsa.pem")
	return a
}

func (a *authority) write(name, text string) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(a.dir, name), []byte(text), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

func (a *authority) read(name string) []byte {
	a.t.Helper()
	text, err := os.ReadFile(filepath.Join(a.dir, name))
	if err != nil {
		a.t.Fatal(err)
	}
	return text
}

func (a *authority) openssl(args ...string) string {
	a.t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = a.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		a.t.Fatalf("openssl %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// stamp answers a request.
func (a *authority) stamp(c *Checkpoint) []byte {
	a.t.Helper()
	request, err := c.TimestampRequest()
	if err != nil {
		a.t.Fatal(err)
	}
	a.write("request.tsq", string(request))
	a.openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "answer.tsr")
	return a.read("answer.tsr")
}

func TestATimestampIsCheckedByOpensslAndByUs(t *testing.T) {
	a := newAuthority(t)
	c := someCheckpoint(t, "legal.example/log", 4)
	response := a.stamp(c)
	a.write("body", c.Body)
	if out := a.openssl("ts", "-verify", "-data", "body", "-in", "answer.tsr", "-CAfile", "ca.pem"); !strings.Contains(out, "Verification: OK") {
		t.Errorf("openssl says %s", out)
	}
	got, err := c.ReadTimestamp(response, a.read("ca.pem"))
	if err != nil || !got.Trusted || got.Authority != "CN=Clock of the tests" || time.Since(got.At).Abs() > time.Hour {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := c.ReadTimestamp(response, nil); err != nil || got.Trusted {
		t.Errorf("with no roots: %+v, %v", got, err)
	}
	other := newAuthority(t)
	broken := []byte(string(response))
	broken[len(broken)-1] ^= 1
	for name, err := range map[string]error{
		"another checkpoint": second(someCheckpoint(t, "legal.example/log", 5).ReadTimestamp(response, nil)),
		"another root":       second(c.ReadTimestamp(response, other.read("ca.pem"))),
		"another signature":  second(c.ReadTimestamp(broken, nil)),
		"no root at all":     second(c.ReadTimestamp(response, []byte("root"))),
		"cut off":            second(c.ReadTimestamp(response[:len(response)-5], nil)),
	} {
		if err == nil {
			t.Errorf("a timestamp with %s is taken", name)
		}
	}
}
