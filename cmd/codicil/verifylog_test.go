package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/integrity"
)

// fakeAuthority is an authority of time made of openssl, behind HTTP. It returns
// its address and its root.
func fakeAuthority(t *testing.T) (url, root string) {
	t.Helper()
	if skip, err := missing("missing:openssl"); err != nil {
		t.Fatal(err)
	} else if skip {
		t.Skip("openssl is not installed: there is no authority to ask")
	}
	dir := t.TempDir()
	run := func(args ...string) {
		cmd := exec.Command("openssl", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("openssl %v: %v\n%s", args, err, out)
		}
	}
	put := func(name string, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Error(err)
		}
	}
	put("tsa.cnf", []byte("[tsa]\ndefault_tsa = here\n[here]\nserial = serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n[leaf]\nextendedKeyUsage = critical,timeStamping\n"))
	put("serial", []byte("01\n"))
	run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Root of the tests", "-days", "30")
	run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Clock of the tests")
	run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "20", "-extfile", "tsa.cnf", "-extensions", "leaf", "-out", "tsa.pem")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, _ := io.ReadAll(r.Body)
		if r.Header.Get("Content-Type") != "application/timestamp-query" {
			http.Error(w, "no query", http.StatusBadRequest)
			return
		}
		put("query.tsq", query)
		run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "answer.tsr")
		http.ServeFile(w, r, filepath.Join(dir, "answer.tsr"))
	}))
	t.Cleanup(server.Close)
	text, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return server.URL, string(text)
}

// cosigner is a witness: its public key, and what it adds to a checkpoint.
func cosigner(name string) (public string, cosign func(checkpoint string) string) {
	seed := sha256.Sum256([]byte(name))
	private := ed25519.NewKeyFromSeed(seed[:])
	raw := append([]byte{4}, private.Public().(ed25519.PublicKey)...)
	id := sha256.Sum256(append([]byte(name+"\n"), raw...))
	return fmt.Sprintf("%s+%x+%s", name, id[:4], base64.StdEncoding.EncodeToString(raw)), func(checkpoint string) string {
		const at = 1777900000 // 4 May 2026
		body, _, _ := strings.Cut(checkpoint, "\n\n")
		signature := binary.BigEndian.AppendUint64(id[:4:4], at)
		signature = append(signature, ed25519.Sign(private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s\n", at, body))...)
		return checkpoint + "— " + name + " " + base64.StdEncoding.EncodeToString(signature) + "\n"
	}
}

// TestALogIsSignedCosignedAndTimestamped follows a log from its key to what verify
// says of it.
func TestALogIsSignedCosignedAndTimestamped(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	url, root := fakeAuthority(t)
	witness, cosign := cosigner("witness.example/w1")
	l := newLegal(t, append([]publication{{"2026-01-09T10:00:00Z", "codicil.yaml", "base_url: https://example.com/legal\n", ""}}, publications()[:3]...)...)
	keyFile := filepath.Join(t.TempDir(), "log.key")
	environment := map[string]string{"CODICIL_LOG_KEY_FILE": keyFile}
	run := func(args ...string) (string, string) {
		t.Helper()
		out, errs, code := runWith(environment, append([]string{"-C", l.dir}, args...))
		if code != exitOK {
			t.Fatalf("codicil %v: exit code %d\n%s%s", args, code, out, errs)
		}
		return out, errs
	}

	if _, errs, code := runWith(nil, []string{"-C", l.dir, "verify", "--new-key", "log.key"}); code == exitOK || !strings.Contains(errs, "log.key lies in the work tree") {
		t.Errorf("a key is written into the work tree: exit code %d\n%s", code, errs)
	}
	public, _ := run("verify", "--new-key", keyFile)
	if info, err := os.Stat(keyFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info, err)
	}
	l.write("ca.pem", root)
	l.write("codicil.yaml", "base_url: https://example.com/legal\n"+public+"  witnesses: "+witness+"\n  timestamp: {url: \""+url+"\", ca: ca.pem}\n")
	_, errs := run("verify", "--update")
	matches(t, errs, `(?s)pinned 3 versions.*signed a checkpoint of 3 entries.*CN=Clock of the tests says that it existed on 20`)
	if _, errs := run("verify", "--update"); strings.Contains(errs, "signed") || strings.Contains(errs, "existed") {
		t.Errorf("what is done is done again:\n%s", errs)
	}
	l.write("codicil.checkpoint", cosign(l.read("codicil.checkpoint")))
	_, errs = run("verify")
	matches(t, errs, `Proved: git holds the 3 versions of codicil\.sum.* The key of example\.com/legal/log has signed all of them\. witness\.example/w1 saw the log grow up to there on 2026-05-04\. CN=Clock of the tests says that this checkpoint existed on 20.*\(its certificate leads to the configured root\)\. Against everybody who cannot also speak for the witnesses.* Not proved: `)

	var result struct{ Log integrity.Summary }
	out, _ := run("verify", "--json")
	if err := json.Unmarshal([]byte(out), &result); err != nil || result.Log.Size != 3 || result.Log.Signed != 3 || len(result.Log.Cosigned) != 1 || result.Log.Timestamp == "" || result.Log.Statement == "" {
		t.Errorf("%+v, %v", result.Log, err)
	}

	// The site serves the same bytes, and openssl checks them.
	site := filepath.Join(t.TempDir(), "site")
	run("build", "-d", site, "--on", "2026-05-05")
	for name, want := range map[string]string{"checkpoint": l.read("codicil.checkpoint"), "checkpoint.tsr": l.read("codicil.checkpoint.tsr")} {
		if got, err := os.ReadFile(filepath.Join(site, "log", name)); err != nil || string(got) != want {
			t.Errorf("/log/%s is not what git holds: %v", name, err)
		}
	}
	cmd := exec.Command("sh", "-c", `sed '/^$/,$d' log/checkpoint > body && openssl ts -verify -data body -in log/checkpoint.tsr -CAfile "$CA"`)
	cmd.Dir, cmd.Env = site, append(os.Environ(), "CA="+filepath.Join(l.dir, "ca.pem"))
	if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("Verification: OK")) {
		t.Errorf("openssl: %v\n%s", err, out)
	}

	// A version that is not pinned yet is not under the checkpoint, and the site says so.
	l.commit(publications()[3])
	run("build", "-d", site, "--on", "2026-05-05")
	proof, err := os.ReadFile(filepath.Join(site, "log", "proof", "privacy", "2.0.json"))
	if err != nil || !bytes.Contains(proof, []byte(`"included": false`)) {
		t.Errorf("%v\n%s", err, proof)
	}

	// A timestamp of another checkpoint is named, and asked for again.
	l.write("codicil.checkpoint.tsr", l.read("codicil.checkpoint.tsr")+"x")
	if out, _ := run("verify"); !strings.Contains(out, "[log-timestamp]") {
		t.Errorf("a broken timestamp is not named:\n%s", out)
	}
	_, errs = run("verify", "--update")
	matches(t, errs, `(?s)pinned 1 version.*signed a checkpoint of 4 entries.*existed on`)
}

// TestWithoutAKeyNothingIsCalledSigned: the log is good all the same, and says who
// vouches for it: nobody.
func TestWithoutAKeyNothingIsCalledSigned(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	l := newLegal(t, publications()...)
	if _, errs, _ := runWith(nil, []string{"-C", l.dir, "verify"}); !strings.Contains(errs, "nothing is pinned") {
		t.Errorf("nothing is pinned, and verify says\n%s", errs)
	}
	if _, errs, code := runWith(nil, []string{"-C", l.dir, "verify", "--update"}); code != exitOK || strings.Contains(errs, "signed") {
		t.Errorf("exit code %d\n%s", code, errs)
	}
	if _, err := os.Stat(filepath.Join(l.dir, "codicil.checkpoint")); err == nil {
		t.Error("a checkpoint that nobody signed is written")
	}
	_, errs, _ := runWith(nil, []string{"-C", l.dir, "verify"})
	matches(t, errs, `No checkpoint of it is signed\. Against accident and a half-done rewriting only`)

	// The checkpoint of the site holds for whoever keeps it.
	site := filepath.Join(t.TempDir(), "site")
	if _, errs, code := runWith(nil, []string{"-C", l.dir, "build", "-d", site}); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, errs)
	}
	_, errs, code := runWith(nil, []string{"-C", l.dir, "verify", "--checkpoint", filepath.Join(site, "log", "checkpoint")})
	if code != exitOK {
		t.Errorf("exit code %d", code)
	}
	matches(t, errs, `the first 4 entries of the log are those that you kept`)
	l.write("junk", "no checkpoint\n")
	if _, errs, code := runWith(nil, []string{"-C", l.dir, "verify", "--checkpoint", "junk"}); code != exitFailure || !strings.Contains(errs, "keep the file /log/checkpoint") {
		t.Errorf("exit code %d\n%s", code, errs)
	}
}

// TestAnotherKeyDoesNotSign: a slip with the keys is refused before anything is
// written, and no secret is quoted.
func TestAnotherKeyDoesNotSign(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	l := logged(t, "log", publications()[:3]...)
	l.commit(publications()[3])
	other, _ := logKeys(t, "another")
	for name, key := range map[string]string{"another key": other, "no key": "PRIVATE+KEY+example.com+00000000+c2VjcmV0"} {
		out, errs, code := runWith(map[string]string{"CODICIL_LOG_KEY": key}, []string{"-C", l.dir, "verify", "--update"})
		if code != exitFailure || strings.Contains(out+errs, key[strings.LastIndex(key, "+"):]) {
			t.Errorf("%s: exit code %d\n%s%s", name, code, out, errs)
		}
	}
}
