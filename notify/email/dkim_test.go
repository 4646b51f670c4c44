package email_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy/notice"
)

// inPEM writes a private key as its file has it, and the record by which the
// domain publishes the public one.
func inPEM(t *testing.T, private crypto.Signer) (file []byte, record string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	file = pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	switch public := private.Public().(type) {
	case ed25519.PublicKey:
		return file, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
	case *rsa.PublicKey:
		der, err := x509.MarshalPKIXPublicKey(public)
		if err != nil {
			t.Fatal(err)
		}
		return file, "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der)
	}
	return file, ""
}

func keys(t *testing.T) map[string]crypto.Signer {
	t.Helper()
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	long, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]crypto.Signer{"Ed25519": ed, "RSA-2048": long}
}

func TestSignaturesAreGoodAndCoverTheWayOut(t *testing.T) {
	for name, private := range keys(t) {
		t.Run(name, func(t *testing.T) {
			file, record := inPEM(t, private)
			signer, err := email.NewSigner("example.com", "s1", file)
			if err != nil {
				t.Fatal(err)
			}
			relay, addr := newRelay(t, nil, nil)
			s, err := email.NewSender(email.Options{
				Server: "smtp://" + addr, From: "privacy@example.com", Sign: signer,
				Messages: []*email.Message{composed(t, changed(t, notice.Follower))},
			})
			if err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			for _, to := range []string{"anna@example.org", "bea@example.org", "cy@example.org"} {
				all.Go(func() {
					session, err := s.Connect(t.Context())
					if err != nil {
						t.Error(err)
						return
					}
					receipt, err := session.Send(t.Context(), notify.Recipient{Email: to, Name: "Jörg ."})
					relay.mu.Lock()
					sum := sha256.Sum256(relay.accepted[to][0])
					relay.mu.Unlock()
					if err != nil || receipt.SHA256 != hex.EncodeToString(sum[:]) {
						t.Errorf("%+v, %v", receipt, err)
					}
				})
			}
			all.Wait()
			for to, copies := range relay.accepted {
				verify(t, copies[0], record)
				spoiled := bytes.Replace(copies[0], []byte("List-Unsubscribe-Post: List"), []byte("List-Unsubscribe-Post: Lost"), 1)
				if found := verified(t, spoiled, record); found[0].Err == nil {
					t.Errorf("%s: a changed List-Unsubscribe-Post goes unnoticed", to)
				}
			}
		})
	}
}

func verified(t *testing.T, eml []byte, record string) []*dkim.Verification {
	t.Helper()
	found, err := dkim.VerifyWithOptions(bytes.NewReader(eml), &dkim.VerifyOptions{
		LookupTXT: func(domain string) ([]string, error) {
			if domain != "s1._domainkey.example.com" {
				t.Errorf("the key is looked for at %s", domain)
			}
			return []string{record}, nil
		},
	})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d signatures, %v", len(found), err)
	}
	return found
}

func verify(t *testing.T, eml []byte, record string) {
	t.Helper()
	found := verified(t, eml, record)[0]
	if found.Err != nil || found.Domain != "example.com" {
		t.Errorf("the signature of %s: %v", found.Domain, found.Err)
	}
	covered := strings.ToLower(strings.Join(found.HeaderKeys, " ") + " ")
	for _, field := range []string{"from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post", "list-id"} {
		if !strings.Contains(covered, field+" ") {
			t.Errorf("%s is not covered by %s", field, covered)
		}
	}
}

func TestBadKeysAreRefusedAndNotTold(t *testing.T) {
	short, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Skip("this Go makes no short keys: ", err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	shortFile, _ := inPEM(t, short)
	curveFile, _ := inPEM(t, curve)
	for name, file := range map[string][]byte{
		"short": shortFile, "another kind": curveFile, "empty": nil, "no PEM": []byte("secret text"),
		"broken": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("secret text")}),
	} {
		if _, err := email.NewSigner("example.com", "s1", file); err == nil || strings.Contains(err.Error(), "secret text") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := email.NewSigner("example.com", "", shortFile); err == nil {
		t.Error("a signer without a selector")
	}
	pkcs1 := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(keys(t)["RSA-2048"].(*rsa.PrivateKey))})
	if _, err := email.NewSigner("example.com", "s1", pkcs1); err != nil {
		t.Errorf("PKCS #1: %v", err)
	}
}
