package history

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/needs"
)

// sshKey makes a key pair and returns its file and the public key.
func sshKey(t *testing.T, kind ...string) (file, public string) {
	t.Helper()
	needs.Program(t, "ssh-keygen", "openssh-client")
	file = filepath.Join(t.TempDir(), "key")
	if out, err := exec.Command("ssh-keygen", append([]string{"-q", "-N", "", "-C", "x", "-f", file, "-t"}, kind...)...).CombinedOutput(); err != nil {
		t.Fatalf("ssh-keygen: %v\n%s", err, out)
	}
	text, err := os.ReadFile(file + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	return file, strings.TrimSpace(string(text))
}

// signed commits with a signature and returns the id.
func (r *repo) signed(format, key string) string {
	r.t.Helper()
	r.write("a.md", "Text.\n")
	r.git("add", "-A")
	r.git("-c", "gpg.format="+format, "-c", "user.signingKey="+key, "commit", "-q", "-S", "-m", "signed\n\nwith a body\n")
	return r.git("rev-parse", "HEAD")
}

func TestSSHSignaturesAreChecked(t *testing.T) {
	t.Parallel()
	for _, kind := range [][]string{{"ed25519"}, {"ecdsa"}, {"rsa", "-b", "2048"}} {
		t.Run(kind[0], func(t *testing.T) {
			t.Parallel()
			key, public := sshKey(t, kind...)
			_, other := sshKey(t, "ed25519")
			r := newRepo(t)
			id := r.signed("ssh", key)
			o := open(t, r.dir)
			email, err := o.SignedBy(id, []Signer{{"other@example.com", other}, {"counsel@example.com", public}})
			if err != nil || email != "counsel@example.com" {
				t.Errorf("got %q, %v", email, err)
			}
			if _, err := o.SignedBy(id, []Signer{{"other@example.com", other}}); err == nil || !strings.Contains(err.Error(), "no signer has the key SHA256:") {
				t.Errorf("with another signer: %v", err)
			}
			forged := r.forge(id)
			if _, err := o.SignedBy(forged, []Signer{{"counsel@example.com", public}}); err == nil || !strings.Contains(err.Error(), "does not fit the commit") {
				t.Errorf("with another message: %v", err)
			}
		})
	}
}

// forge writes a commit with other words under the signature of a good one.
func (r *repo) forge(id string) string {
	r.t.Helper()
	raw, err := exec.Command("git", "-C", r.dir, "cat-file", "commit", id).Output()
	if err != nil {
		r.t.Fatal(err)
	}
	return r.object(strings.Replace(string(raw), "with a body", "with a lie", 1))
}

// altered writes a signed commit with a line more in its head.
func (r *repo) altered(id, old, new string) string {
	r.t.Helper()
	raw, err := exec.Command("git", "-C", r.dir, "cat-file", "commit", id).Output()
	if err != nil {
		r.t.Fatal(err)
	}
	return writeObject(r.t, r.dir, "commit", []byte(strings.Replace(string(raw), old, new, 1))).String()
}

// object writes a raw commit.
func (r *repo) object(raw string) string {
	r.t.Helper()
	c := exec.Command("git", "-C", r.dir, "hash-object", "-t", "commit", "-w", "--stdin")
	c.Stdin = strings.NewReader(raw)
	out, err := c.Output()
	if err != nil {
		r.t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestOpenPGPSignaturesAreChecked(t *testing.T) {
	needs.Program(t, "gpg", "gnupg")
	home, err := os.MkdirTemp("", "gpg") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop := exec.Command("gpgconf", "--kill", "all")
		stop.Env = append(os.Environ(), "GNUPGHOME="+home)
		_ = stop.Run()
		_ = os.RemoveAll(home)
	})
	t.Setenv("GNUPGHOME", home)
	gpg := func(arguments ...string) string {
		out, err := exec.Command("gpg", append([]string{"--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""}, arguments...)...).Output()
		if err != nil {
			t.Fatalf("gpg %v: %v", arguments, err)
		}
		return string(out)
	}
	gpg("--quick-generate-key", "counsel@example.com", "ed25519", "sign", "never")
	gpg("--quick-generate-key", "other@example.com", "ed25519", "sign", "never")
	signer := Signer{"counsel@example.com", gpg("--armor", "--export", "counsel@example.com")}
	other := Signer{"other@example.com", gpg("--armor", "--export", "other@example.com")}
	r := newRepo(t)
	id := r.signed("openpgp", "counsel@example.com")
	o := open(t, r.dir)
	if email, err := o.SignedBy(id, []Signer{other, signer}); err != nil || email != signer.Email {
		t.Errorf("got %q, %v", email, err)
	}
	for name, test := range map[string]struct {
		id      string
		signers []Signer
	}{
		"another signer":  {id, []Signer{other}},
		"no such key":     {id, nil},
		"another message": {r.forge(id), []Signer{signer}},
		"another tree":    {r.altered(id, "tree ", "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\ntree "), []Signer{signer}},
		"a second date":   {r.altered(id, "committer ", "committer C <c@example.com> 1900000000 +0000\ncommitter "), []Signer{signer}},
		"a later author":  {r.altered(id, "gpgsig ", "author B <b@example.com> 1900000000 +0000\ngpgsig "), []Signer{signer}},
	} {
		if email, err := o.SignedBy(test.id, test.signers); err == nil || !strings.Contains(err.Error(), "OpenPGP") {
			t.Errorf("%s: got %q, %v", name, email, err)
		}
	}
}

func TestWhatIsNoGoodSignatureIsSaid(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "A\n")
	plain := r.git("rev-parse", "HEAD")
	raw, err := exec.Command("git", "-C", r.dir, "cat-file", "commit", plain).Output()
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, r.dir)
	if _, err := o.SignedBy(plain, nil); !errors.Is(err, ErrUnsigned) {
		t.Errorf("without a signature: %v", err)
	}
	for armour, want := range map[string]string{
		"-----BEGIN SIGNED MESSAGE-----\n MIIE\n -----END SIGNED MESSAGE-----":       "cannot be checked",
		"-----BEGIN SSH SIGNATURE-----\n !\n -----END SSH SIGNATURE-----":            "malformed",
		"-----BEGIN SSH SIGNATURE-----\n U1NIU0lHAAAA\n -----END SSH SIGNATURE-----": "malformed",
		"-----BEGIN PGP SIGNATURE-----\n !\n -----END PGP SIGNATURE-----":            "no signer has an OpenPGP key",
	} {
		id := r.object(strings.Replace(string(raw), "\n\n", "\ngpgsig "+armour+"\n\n", 1))
		if _, err := o.SignedBy(id, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", armour, err, want)
		}
	}
	if _, err := o.SignedBy(strings.Repeat("1", 40), nil); err == nil {
		t.Error("a commit that is not there is signed")
	}
}
