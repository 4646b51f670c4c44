package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/needs"
)

func TestVerifyReportsPublicationsThatNoSignerSigned(t *testing.T) {
	needs.Program(t, "ssh-keygen", "openssh-client")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	keys := t.TempDir()
	for _, who := range []string{"counsel", "intruder"} {
		if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", filepath.Join(keys, who)).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	l := newLegal(t)
	list := publications()
	publish := func(i int, key string) {
		l.git("", "config", "gpg.format", "ssh")
		l.git("", "config", "user.signingKey", filepath.Join(keys, key))
		l.git("", "config", "commit.gpgSign", map[bool]string{true: "true", false: "false"}[key != ""])
		l.commit(list[i])
	}
	publish(0, "counsel")
	if out, code := l.codicil("verify"); code != exitOK {
		t.Errorf("without signers: exit code %d\n%s", code, out)
	}
	public := (&legal{t: t, dir: keys}).read("counsel.pub")
	l.write("codicil.yaml", "signers:\n  - email: counsel@example.com\n    key: "+strings.TrimSpace(public)+"\n")
	if out, code := l.codicil("verify"); code != exitOK {
		t.Errorf("signed: exit code %d\n%s", code, out)
	}
	publish(2, "intruder")
	publish(3, "")
	out, code := l.codicil("verify")
	if code != exitFindings {
		t.Errorf("exit code %d", code)
	}
	matches(t, out, `privacy@1\.1 was published by commit [0-9a-f]{12}, and no signer has the key SHA256:\S+ \[signature\]`)
	matches(t, out, `privacy@2\.0 was published by commit [0-9a-f]{12}, and the commit is not signed \[unsigned\]`)
	if strings.Contains(out, "privacy@1.0 ") {
		t.Errorf("the signed publication is reported:\n%s", out)
	}

	l.write("codicil.yaml", "signers: [{email: counsel@example.com, key: nowhere.pub}]\n")
	if _, code := l.codicil("verify"); code != exitFailure {
		t.Errorf("a key that cannot be read: exit code %d", code)
	}
	l.write("keys/counsel.pub", public)
	l.write("codicil.yaml", "signers: [{email: counsel@example.com, key: keys/counsel.pub}]\n")
	if out, _ := l.codicil("verify"); strings.Contains(out, "privacy@1.0 ") {
		t.Errorf("the key of a file was not taken:\n%s", out)
	}
}
